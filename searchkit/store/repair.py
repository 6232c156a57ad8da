"""Whether the files of a generation are as they were sealed, and the way back to the one before."""

from __future__ import annotations

from searchkit.errors import IndexCorrupt, StoreError
from searchkit.store.draft import unwritable
from searchkit.store.files import sync
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation
from searchkit.store.manifest import REBUILD, Manifest, hash_fault, size_faults


def file_faults(generation: Generation, *, quick: bool = False) -> dict[str, str]:
    """What is wrong with the files of a generation: a few words for each, by name.

    Args:
        generation: to be read.
        quick: whether sizes suffice; else every byte is read.

    Raises:
        IndexCorrupt, IndexTooOld, IndexTooNew: its manifest cannot be read.
    """
    manifest = Manifest.read(generation.folder)
    faults = size_faults(generation.folder, manifest)
    if manifest.number != generation.number:
        faults["manifest.json"] = f"is of generation {manifest.number}"
    if not quick:
        for name, record in manifest.files.items():
            if name not in faults:
                faults |= hash_fault(generation.folder / name, record)
    return faults


def whole_before(folder: IndexFolder) -> Generation | None:
    """The latest generation before the current one of which every byte is as it was sealed.

    Where it cannot be said which is current, it is the latest of all.
    """
    try:
        current = folder.current().number
    except IndexCorrupt:
        current = None
    for generation in folder.generations():
        if (current is None or generation.number < current) and _is_whole(generation):
            return generation
    return None


def restore(folder: IndexFolder, timeout_s: float) -> Generation:
    """Make the generation before the current one the current one again, if it is whole.

    Args:
        folder: the index.
        timeout_s: seconds to wait for a writer.

    Raises:
        IndexNotFound, IndexPathInvalid: there is no index.
        IndexCorrupt: there is no whole generation to go back to.
        IndexLocked, StoreError: the folder cannot be written.
    """
    if not folder.exists():
        folder.current()  # says what is there instead
    lock = folder.lock(timeout_s)
    try:
        found = whole_before(folder)
        if found is None:
            raise IndexCorrupt(f"{folder.path} has no earlier generation that is whole", REBUILD)
        folder.switch(found)
        sync(folder.path)
        return found
    except OSError as error:
        raise unwritable(folder.path, error) from error
    finally:
        folder.unlock(lock)


def _is_whole(generation: Generation) -> bool:
    try:
        return not file_faults(generation)
    except StoreError:
        return False
