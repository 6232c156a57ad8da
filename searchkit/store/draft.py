"""The next generation of an index while it is being written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from numpy.typing import NDArray

from searchkit.errors import IndexCorrupt, StoreError
from searchkit.store.arrays import write_arrays
from searchkit.store.generation import Generation
from searchkit.store.manifest import NAME, REPAIR, FileRecord, Manifest, hash_fault

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Owner(Protocol):
    """What a draft asks of the index folder it is for."""

    path: Path

    def switch(self, generation: Generation) -> None: ...
    def settle(self, generation: Generation) -> None: ...
    def unlock(self, lock: BaseFileLock) -> None: ...


class Draft:
    """The next generation while it is being written; one of ``commit`` and ``abort`` ends it.

    Args:
        folder: the index.
        generation: its number and folder, which exists.
        lock: of the index.
        linked: the files that are second names of files of the generation before, with what its
            manifest says of them.

    Raises:
        IndexCorrupt: a file that had to be copied is damaged.
    """

    def __init__(
        self,
        folder: Owner,
        generation: Generation,
        lock: BaseFileLock,
        linked: Mapping[str, FileRecord],
    ) -> None:
        self._folder = folder
        self._lock = lock
        self.generation = generation
        states = {name: (generation.folder / name).stat() for name in linked}
        # A copy, where links cannot be had, is hashed now, so that damage is not sealed anew, and
        # again in the end: when it is removed, another file may get its number. That of a file with
        # a second name stays taken.
        for name in (name for name, state in states.items() if state.st_nlink == 1):
            if fault := hash_fault(generation.folder / name, linked[name]):
                raise IndexCorrupt(f"{name} in {folder.path} {fault[name]}", REPAIR)
        self._linked = {
            (name, state.st_ino): linked[name]
            for name, state in states.items()
            if state.st_nlink > 1
        }

    def write_text(self, name: str, text: str) -> None:
        """Write a file of the generation, in ASCII.

        Raises:
            StoreError: the disk refused.
        """
        file = self.generation.folder / name
        with self._disk():
            # Never in place: the name may be a second one of a file of the generation before.
            file.unlink(missing_ok=True)
            file.write_text(text, encoding="ascii")

    def write_arrays(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write a file of arrays of the generation. Raises as ``write_text``."""
        file = self.generation.folder / name
        with self._disk():
            file.unlink(missing_ok=True)
            write_arrays(file, arrays)

    def commit(self, manifest: Manifest) -> Generation:
        """Seal the generation and make it the current one.

        Raises:
            StoreError: the disk refused; the old generation stays in force. Where it has refused
                only to confirm the switch, the new one is.
        """
        try:
            with self._disk():
                sealed = replace(manifest, number=self.generation.number, files=self._files())
                self.write_text(NAME, sealed.to_json())
                self._folder.switch(self.generation)
        except BaseException:
            self.abort()
            raise
        try:
            self._folder.settle(self.generation)
        except OSError as error:
            raise StoreError(
                f"the index in {self._folder.path} was changed, but the disk did not confirm it",
                "check the disk, then the index: searchkit check",
            ) from error
        finally:
            self._folder.unlock(self._lock)
        return self.generation

    def abort(self) -> None:
        """Throw the generation away."""
        import shutil  # slow to import, needed for writing only

        shutil.rmtree(self.generation.folder, ignore_errors=True)
        self._folder.unlock(self._lock)

    def _files(self) -> dict[str, FileRecord]:
        """Every file with its record; what is linked is not read again."""
        found = {}
        for file in sorted(self.generation.folder.iterdir()):
            known = self._linked.get((file.name, file.stat().st_ino))
            found[file.name] = known or FileRecord.of(file)
        found.pop(NAME, None)
        return found

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unwritable(self._folder.path, error) from error


def unwritable(path: Path, error: OSError) -> StoreError:
    """What to say when the disk refuses to write."""
    reason = (error.strerror or str(error)).lower()
    return StoreError(
        f"the index in {path} cannot be written: {reason}",
        "free space or correct the permissions; what was there is intact",
    )
