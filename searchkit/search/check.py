"""Whether an index is whole; and the way back when it is not."""

from __future__ import annotations

import os
from dataclasses import dataclass

from searchkit.config import Ranking, Settings
from searchkit.engine.arrays.check import affected_documents
from searchkit.engine.arrays.engine import open_reader
from searchkit.errors import IndexCorrupt
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation
from searchkit.store.manifest import NAME, Manifest
from searchkit.store.repair import file_faults, restore, whole_before

Path = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is wrong with an index.

    Args:
        file: the name of the file in the folder of the generation.
        fault: what is wrong with it, in a few words.
        documents: the ids of documents whose texts are lost; empty where none can be named.
        all_documents: whether every document of the file is affected, or of the index where the
            file is of no single segment.
    """

    file: str
    fault: str
    documents: tuple[str, ...] = ()
    all_documents: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check has found.

    Args:
        generation: the number of the one that was checked.
        files: how many it has.
        size_bytes: of all of them.
        damages: in the order of the names of files; none where the index is whole.
        restorable: the number of the earlier generation that ``restore_index`` goes back to; None
            where there is none, or no need.
    """

    generation: int
    files: int
    size_bytes: int
    damages: tuple[Damage, ...] = ()
    restorable: int | None = None


def check_index(path: Path, *, quick: bool = False) -> CheckReport:
    """Look for damage in an index. Whatever it holds, nothing is changed.

    Args:
        path: the folder of the index.
        quick: whether the manifest and the sizes of the files suffice; else every byte is compared
            with its hash, and what the files say twice with one another.

    Raises:
        IndexNotFound, IndexPathInvalid: there is no index.
        IndexTooOld, IndexTooNew: its files are of another format version.

    >>> check_index(index_path).damages
    ()
    """
    folder = IndexFolder(path)
    try:
        return folder.open_current(lambda generation: _checked(folder, generation, quick))
    except IndexCorrupt as error:
        # Not even what there is can be said.
        damages = (Damage(NAME, error.message, all_documents=True),)
        return CheckReport(folder.current_number(), 0, 0, damages, _restorable(folder))


def restore_index(path: Path, *, settings: Settings | None = None) -> int:
    """Go back to the generation before the current one, if every byte of it is whole.

    Args:
        path: the folder of the index.
        settings: for the time to wait for a writer.

    Returns:
        The number of the generation that is in force now.

    Raises:
        IndexNotFound, IndexPathInvalid: there is no index.
        IndexCorrupt: there is no whole generation to go back to.
        IndexLocked, StoreError: the folder cannot be written.

    >>> path = folder / "restored"
    >>> build_index([Document("a", "Der Gipfel")], path).add([Document("b", "Ein Treffen")]).added
    1
    >>> restore_index(path), open_index(path).stats().documents
    (1, 1)
    """
    limits = (settings or Settings()).limits
    return restore(IndexFolder(path), limits.lock_timeout_s).number


def _checked(folder: IndexFolder, generation: Generation, quick: bool) -> CheckReport:
    manifest = Manifest.read(generation.folder)
    faults = file_faults(generation, quick=quick)
    damages = [_damage(generation, name, fault, quick) for name, fault in sorted(faults.items())]
    if not damages and not quick:
        damages += _contradictions(generation)
    restorable = _restorable(folder) if damages else None
    count = len(manifest.files)
    return CheckReport(generation.number, count, manifest.size_bytes, tuple(damages), restorable)


def _damage(generation: Generation, name: str, fault: str, quick: bool) -> Damage:
    ids = None if quick else affected_documents(generation.folder, name)
    return Damage(name, fault, tuple(ids or ()), ids is None)


def _contradictions(generation: Generation) -> list[Damage]:
    try:
        reader = open_reader(generation.folder, Ranking())
        reader.check()
        reader.close()
    except IndexCorrupt as error:
        return [Damage(generation.folder.name, error.message, all_documents=True)]
    return []


def _restorable(folder: IndexFolder) -> int | None:
    found = whole_before(folder)
    return found.number if found else None
