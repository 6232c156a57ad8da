"""A disk that fails: every call that changes something can be counted, stopped or refused."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Stopped(BaseException):
    """The process would have ended here. No handler of errors is meant for it."""


class Disk:
    """Watches the calls that change files below a folder.

    Args:
        root: the folder.
        at: the number of the call before which something happens, from 0; None for never.
        happens: raises what is to happen; once a process has ended, every further call raises.
    """

    def __init__(
        self, root: Path, at: int | None = None, happens: Callable[[], BaseException] = Stopped
    ) -> None:
        self._root = str(root)
        self._at = at
        self._happens = happens
        self._synced = {file.stat().st_ino for file in _files(root)}
        self.calls: list[str] = []

    def call(self, kind: str, path: object) -> None:
        """Something is about to be done to a path."""
        name = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
        if not str(name).startswith(self._root):
            return
        number = len(self.calls)
        self.calls.append(f"{kind} {Path(str(name)).name}")
        ended = self._happens is Stopped and self._at is not None and number > self._at
        if number == self._at or ended:
            raise self._happens()

    def unsynced(self) -> list[Path]:
        """The files that have changed and not reached the disk."""
        return [f for f in _files(Path(self._root)) if f.stat().st_ino not in self._synced]

    @contextmanager
    def watching(self) -> Iterator[Disk]:
        """Put the watch in place of the calls of ``os`` and ``io``."""
        before = {name: getattr(os, name) for name in _CALLS}
        plain_open, fsync, os_open = io.open, os.fsync, os.open
        opened: dict[int, str] = {}

        def watched(name: str) -> Callable[..., Any]:
            def call(path: Any, *args: Any, **kwargs: Any) -> Any:
                # rmtree names what it removes within an open folder.
                full = opened.get(kwargs.get("dir_fd") or -1)
                self.call(name, os.path.join(full, path) if full else path)  # noqa: PTH118
                return before[name](path, *args, **kwargs)

            return call

        def watched_open(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if any(letter in mode for letter in "wxa+"):
                self.call("open", file)
                new = plain_open(file, mode, *args, **kwargs)
                if str(file).startswith(self._root):
                    self._synced.discard(os.fstat(new.fileno()).st_ino)
                    return _watched_file(new, self, file)
                return new
            return plain_open(file, mode, *args, **kwargs)

        def watched_os_open(path: Any, *args: Any, **kwargs: Any) -> int:
            descriptor = os_open(path, *args, **kwargs)
            if isinstance(path, str | os.PathLike):
                opened[descriptor] = os.fspath(path)  # type: ignore[assignment]
            return descriptor

        def watched_fsync(descriptor: int) -> None:
            path = opened.get(descriptor, "")
            self.call("sync", path)
            fsync(descriptor)
            self._synced.add(os.fstat(descriptor).st_ino)

        replaced: dict[str, Any] = {name: watched(name) for name in _CALLS}
        try:
            for name, function in replaced.items():
                setattr(os, name, function)
            io.open, os.fsync, os.open = watched_open, watched_fsync, watched_os_open  # type: ignore[assignment]
            yield self
        finally:
            for name, function in before.items():
                setattr(os, name, function)
            io.open, os.fsync, os.open = plain_open, fsync, os_open


_CALLS = ("link", "mkdir", "replace", "rename", "rmdir", "unlink")


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def _watched_file(opened: Any, disk: Disk, path: Any) -> Any:
    """The file, whose every write is a call; without a patch, its own type has no room for one."""

    class Watched:
        def write(self, content: Any) -> int:
            disk.call("write", path)
            return int(opened.write(content))

        def __getattr__(self, name: str) -> Any:
            return getattr(opened, name)

        def __enter__(self) -> Watched:
            return self

        def __exit__(self, *_: object) -> None:
            opened.close()

    return Watched()
