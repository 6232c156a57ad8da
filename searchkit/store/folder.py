"""An index folder: where generations lie, which is current, how the next one comes about.

index/
    CURRENT               names the generation in force; replaced atomically
    write.lock            held by the one process that writes
    write.holder          the number of that process; means nothing while the lock is free
    generation-000007/    files that never change once CURRENT names them
    generation-000006/    the one before, kept until the next success
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from searchkit.errors import IndexCorrupt, IndexLocked, IndexNotFound, IndexPathInvalid, StoreError
from searchkit.store.draft import Draft, unwritable
from searchkit.store.files import link_file, sync
from searchkit.store.generation import Generation, open_manifest
from searchkit.store.manifest import REPAIR, FileRecord

if TYPE_CHECKING:
    from filelock import BaseFileLock

_CURRENT = "CURRENT"
_NEXT = "CURRENT.next"
_LOCK = "write.lock"
_HOLDER = "write.holder"
_GENERATION = re.compile(r"generation-(\d{6,})")
_KEPT_BEFORE_CURRENT = 1
# A reader tries again so often where a writer has moved on meanwhile.
_ATTEMPTS = 100

# No name of a generation is longer.
_LONGEST_NAME = 64

T = TypeVar("T")


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
        name = self._named()
        match = _GENERATION.fullmatch(name)
        folder = self.path / name
        # A link may lead anywhere, and its target may change.
        if match is None or folder.is_symlink() or not folder.is_dir():
            raise IndexCorrupt(f"{self.path} lacks the generation it names as current", REPAIR)
        return Generation(int(match.group(1)), folder)

    def _named(self) -> str:
        """What the file says that names the current generation."""
        try:
            with (self.path / _CURRENT).open(encoding="ascii") as file:
                return file.read(_LONGEST_NAME).strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexCorrupt(f"{self.path / _CURRENT} cannot be read", REPAIR) from error

    def open_current(self, opening: Callable[[Generation], T]) -> T:
        """Open the generation in force. Where it goes while it is being opened, because a writer
        has committed twice meanwhile, the one then in force is opened.

        Args:
            opening: opens all files of a generation.

        Raises:
            IndexCorrupt: the generation in force cannot be opened.
            StoreError: what ``current`` and ``opening`` raise; writers never stop.
        """
        for _ in range(_ATTEMPTS):
            name = self._named() if self.exists() else ""
            try:
                return opening(self.current())
            except IndexCorrupt:
                if self._named() == name:
                    raise
        raise StoreError(f"the index in {self.path} is written all the time", "try again")

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
        lock = self.lock(timeout_s)
        try:
            if basis and self.current() != basis:
                raise IndexLocked(
                    f"another process has changed the index in {self.path}", "run it again"
                )
            return self._draft(basis, lock)
        except BaseException as error:
            self.unlock(lock)
            if isinstance(error, OSError):
                raise unwritable(self.path, error) from error
            raise

    def _draft(self, basis: Generation | None, lock: BaseFileLock) -> Draft:
        # A rebuild mends an index whose current generation is lost: its number is not used again.
        current = self.current_number()
        self._remove_litter(current)
        generation = Generation(current + 1, self.path / f"generation-{current + 1:06}")
        generation.folder.mkdir()
        linked: Mapping[str, FileRecord] = {}
        if basis:
            linked = open_manifest(basis).files
            for name in linked:
                link_file(basis.folder / name, generation.folder / name)
        return Draft(self, generation, lock, linked)

    def current_number(self) -> int:
        """The number of the current generation, whole or not; 0 where there is none."""
        if not (self.path / _CURRENT).exists():
            return 0
        with suppress(IndexCorrupt):
            match = _GENERATION.fullmatch(self._named())
            if match:
                return int(match.group(1))
        # What it was cannot be read: nothing that might be it is thrown away.
        return max((generation.number for generation in self.generations()), default=0)

    def lock(self, timeout_s: float) -> BaseFileLock:
        """Keep writers out; raises what ``begin`` does."""
        from filelock import FileLock, Timeout  # slow to import, needed for writing only

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK)
            lock.acquire(timeout=timeout_s)
        except Timeout as error:
            raise IndexLocked(
                f"{self._holder()} has been writing to {self.path} for {timeout_s:g} s",
                "wait for it to finish and run it again",
            ) from error
        except OSError as error:
            raise unwritable(self.path, error) from error
        # The lock file itself is emptied by whoever waits for it.
        with suppress(OSError):
            (self.path / _HOLDER).write_text(str(os.getpid()), encoding="ascii")
        return lock

    def unlock(self, lock: BaseFileLock) -> None:
        """Let writers in again."""
        try:
            with suppress(OSError):
                (self.path / _HOLDER).unlink(missing_ok=True)
        finally:
            lock.release()

    def _holder(self) -> str:
        try:
            return f"process {int((self.path / _HOLDER).read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return "another process"

    def _remove_litter(self, current: int) -> None:
        """Remove what an interrupted writer left, and generations nobody goes back to."""
        import shutil  # slow to import, needed for writing only

        for entry in self.path.iterdir():
            match = _GENERATION.fullmatch(entry.name)
            if match is None:
                continue
            number = int(match.group(1))
            if number > current or number < current - _KEPT_BEFORE_CURRENT:
                if entry.is_symlink():
                    entry.unlink()
                shutil.rmtree(entry, ignore_errors=True)

    def switch(self, generation: Generation) -> None:
        """Make a finished generation the current one; the caller holds the lock.

        Raises:
            OSError: the disk refused; the old generation is in force.
        """
        for file in generation.folder.iterdir():
            # A file with a second name is one of the generation before, which was synced.
            if file.stat().st_nlink == 1:
                sync(file)
        sync(generation.folder)
        following = self.path / _NEXT
        following.write_text(generation.folder.name + "\n", encoding="ascii")
        sync(following)
        # What is named must be there first.
        sync(self.path)
        following.replace(self.path / _CURRENT)

    def settle(self, generation: Generation) -> None:
        """Wait until the switch to a generation has reached the disk, and tidy up.

        Raises:
            OSError: the disk did not confirm it.
        """
        sync(self.path)
        with suppress(OSError):
            self._remove_litter(generation.number)

    def generations(self) -> list[Generation]:
        """All that lie in the folder, the latest first, whole or not."""
        found = []
        for entry in self.path.iterdir():
            match = _GENERATION.fullmatch(entry.name)
            if match and entry.is_dir() and not entry.is_symlink():
                found.append(Generation(int(match.group(1)), entry))
        return sorted(found, key=lambda generation: -generation.number)


def _ours(name: str) -> bool:
    return (
        name.startswith(".") or name in (_LOCK, _HOLDER, _NEXT) or bool(_GENERATION.fullmatch(name))
    )
