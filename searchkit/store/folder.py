"""An index folder: where generations lie, which is current, how the next one comes about.

index/
    CURRENT               names the generation in force; replaced atomically
    write.lock            held by the one process that writes
    generation-000007/    files that never change once CURRENT names them
    generation-000006/    the one before, kept until the next success
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from searchkit.errors import IndexCorrupt, IndexLocked, IndexNotFound, IndexPathInvalid, StoreError
from searchkit.store.arrays import write_arrays
from searchkit.store.manifest import NAME as MANIFEST_NAME
from searchkit.store.manifest import REBUILD, Manifest

if TYPE_CHECKING:
    from filelock import BaseFileLock

_CURRENT = "CURRENT"
_NEXT = "CURRENT.next"
_LOCK = "write.lock"
_GENERATION = re.compile(r"generation-(\d{6,})")
_KEPT_BEFORE_CURRENT = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of an index: its number, 1 or more, and its folder."""

    number: int
    folder: Path

    @property
    def size_bytes(self) -> int:
        """The size of its files."""
        return sum(file.stat().st_size for file in self.folder.iterdir())


class IndexFolder:
    """The folder of an index, which need not exist yet.

    Args:
        path: the folder; nothing is touched before ``begin``.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def exists(self) -> bool:
        """Whether there is an index.

        Raises:
            IndexPathInvalid: there is something else.
        """
        if not self.path.exists():
            return False
        if not self.path.is_dir():
            raise IndexPathInvalid(
                f"{self.path} is a file, not a folder", "name a folder: --index FOLDER"
            )
        if (self.path / _CURRENT).exists():
            return True
        foreign = [e.name for e in os.scandir(self.path) if not _ours(e.name)]
        if foreign:
            raise IndexPathInvalid(
                f"{self.path} is no index: it holds {sorted(foreign)[0]}",
                "name an empty or new folder: --index FOLDER",
            )
        return False

    def current(self) -> Generation:
        """The generation in force.

        Raises:
            IndexNotFound: there is no index.
            IndexPathInvalid: there is something else.
            IndexCorrupt: the generation that is named is missing.
        """
        if not self.exists():
            raise IndexNotFound(f"there is no index in {self.path}", "make one: searchkit index")
        try:
            name = (self.path / _CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexCorrupt(f"{self.path / _CURRENT} cannot be read", REBUILD) from error
        match = _GENERATION.fullmatch(name)
        if match is None or not (self.path / name).is_dir():
            raise IndexCorrupt(f"{self.path} lacks the generation it names as current", REBUILD)
        return Generation(int(match.group(1)), self.path / name)

    def begin(self, basis: Generation | None, timeout_s: float) -> Draft:
        """Start the next generation, and keep other writers out until it ends.

        Args:
            basis: the generation whose files to start from, which must still be the current one;
                ``None`` to start from nothing.
            timeout_s: seconds to wait for another writer.

        Raises:
            IndexLocked: another writer did not finish in time, or has changed the index.
            StoreError: the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = self._lock(timeout_s)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            if basis and self.current() != basis:
                raise IndexLocked(
                    f"another process has changed the index in {self.path}", "run it again"
                )
            return self._draft(basis, lock)
        except BaseException:
            lock.release()
            raise

    def _draft(self, basis: Generation | None, lock: BaseFileLock) -> Draft:
        current = self.current().number if (self.path / _CURRENT).exists() else 0
        self._remove_litter(current)
        generation = Generation(current + 1, self.path / f"generation-{current + 1:06}")
        try:
            generation.folder.mkdir()
            for file in basis.folder.iterdir() if basis else ():
                link_file(file, generation.folder / file.name)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        return Draft(self, generation, lock)

    def _lock(self, timeout_s: float) -> BaseFileLock:
        from filelock import FileLock, Timeout  # slow to import, needed for writing only

        lock = FileLock(self.path / _LOCK)
        try:
            lock.acquire(timeout=timeout_s)
        except Timeout as error:
            raise IndexLocked(
                f"another process has been writing to {self.path} for {timeout_s:g} s",
                "wait for it to finish and run it again",
            ) from error
        return lock

    def _remove_litter(self, current: int) -> None:
        """Remove what an interrupted writer left, and generations nobody goes back to."""
        import shutil  # as below: slow to import, needed for writing only

        for entry in self.path.iterdir():
            match = _GENERATION.fullmatch(entry.name)
            if match is None:
                continue
            number = int(match.group(1))
            if number > current or number < current - _KEPT_BEFORE_CURRENT:
                shutil.rmtree(entry, ignore_errors=True)

    def switch(self, generation: Generation) -> None:
        """Make a finished generation the current one; the caller holds the lock."""
        for file in generation.folder.iterdir():
            # A file with a second name is one of the generation before, which was synced.
            if file.stat().st_nlink == 1:
                sync(file)
        sync(generation.folder)
        following = self.path / _NEXT
        following.write_text(generation.folder.name + "\n", encoding="ascii")
        sync(following)
        following.replace(self.path / _CURRENT)
        sync(self.path)
        self._remove_litter(generation.number)


class Draft:
    """The next generation while it is being written; one of ``commit`` and ``abort`` ends it."""

    def __init__(self, folder: IndexFolder, generation: Generation, lock: BaseFileLock) -> None:
        self._folder = folder
        self._lock = lock
        self.generation = generation

    def write_text(self, name: str, text: str) -> None:
        """Write a file of the generation, in ASCII."""
        file = self.generation.folder / name
        # Never in place: the name may be a second one of a file of the generation before.
        file.unlink(missing_ok=True)
        file.write_text(text, encoding="ascii")

    def write_arrays(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write a file of arrays of the generation."""
        file = self.generation.folder / name
        file.unlink(missing_ok=True)
        write_arrays(file, arrays)

    def commit(self, manifest: Manifest) -> Generation:
        """Seal the generation and make it the current one.

        Raises:
            StoreError: the disk refused; the old generation stays in force.
        """
        try:
            self.write_text(MANIFEST_NAME, manifest.to_json())
            self._folder.switch(self.generation)
        except OSError as error:
            self.abort()
            raise _unwritable(self._folder.path, error) from error
        self._lock.release()
        return self.generation

    def abort(self) -> None:
        """Throw the generation away."""
        import shutil

        shutil.rmtree(self.generation.folder, ignore_errors=True)
        self._lock.release()


def _ours(name: str) -> bool:
    return name.startswith(".") or name in (_LOCK, _NEXT) or bool(_GENERATION.fullmatch(name))


def link_file(source: Path, target: Path) -> None:
    """The same file under a second name; files of a generation never change, so that is a copy."""
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        import shutil

        shutil.copyfile(source, target)


def sync(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot sync folders, and need not: NTFS journals their entries
    # Windows syncs only what is open for writing.
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> StoreError:
    reason = (error.strerror or str(error)).lower()
    return StoreError(
        f"the index in {path} cannot be written: {reason}",
        "free space or correct the permissions; what was there is intact",
    )
