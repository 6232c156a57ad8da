"""Opens regular files only, counts and hashes what is read of them, and unpacks it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from searchkit.corpus.states import FileState, new_hash

if TYPE_CHECKING:
    from searchkit.corpus.walk import CorpusFile

BLOCK_BYTES = 1 << 18
# A link, pipe or device that took the file's place since it was found must neither be followed nor
# block; the flags a system lacks are left out.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


def open_file(file: CorpusFile) -> MeteredFile:
    """Open a file of a corpus, for use in a ``with`` block.

    A file that was named as a source may be a link; one found in a folder may not.

    Raises:
        OSError: it cannot be opened, or is no regular file any more.
    """
    descriptor = os.open(file.path, _FLAGS | (_NO_LINKS if file.relative else 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is no regular file any more")
    except OSError:
        os.close(descriptor)
        raise
    return MeteredFile(file, descriptor, status)


class MeteredFile:
    """A regular file being read, with a count and a hash of its bytes.

    Args:
        file: the file as it was found.
        descriptor: the open file, at its beginning; closed on leaving the ``with`` block.
        status: what the system said of it on opening.
    """

    def __init__(self, file: CorpusFile, descriptor: int, status: os.stat_result) -> None:
        self._file = file
        self._descriptor = descriptor
        self._at_open = status
        self._hash = new_hash()
        self.read_bytes = 0

    @property
    def size_bytes(self) -> int:
        """The size when it was opened."""
        return self._at_open.st_size

    def read(self, size_bytes: int = BLOCK_BYTES) -> bytes:
        """The next bytes, at most so many; empty at the end.

        Raises:
            OSError: the disk refused, or the file has grown: it might do so for ever.
        """
        if self.read_bytes > self.size_bytes:
            raise _changed()
        block = os.read(self._descriptor, size_bytes)
        self.read_bytes += len(block)
        self._hash.update(block)
        return block

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)

    def check_unchanged(self) -> None:
        """Raise ``OSError`` where the file was written to since it was opened."""
        if not self._is_unchanged():
            raise _changed()

    def state(self) -> FileState:
        """Read what is left and say what the file was; without a digest where that is unknown."""
        try:
            while self.read():
                pass
            known = self._is_unchanged()
        except OSError:
            known = False
        before = self._at_open
        digest = self._hash.hexdigest() if known else ""
        return FileState.of(self._file, before.st_size, before.st_mtime_ns, digest)

    def _is_unchanged(self) -> bool:
        before, now = self._at_open, os.fstat(self._descriptor)
        return (before.st_size, before.st_mtime_ns) == (now.st_size, now.st_mtime_ns)


def _changed() -> OSError:
    return OSError("it changed while it was read")


def unpacked_blocks(raw: MeteredFile, suffix: str) -> Iterator[bytes]:
    """The bytes of a file, unpacked where its suffix ends in ``.gz`` or ``.xz``.

    Args:
        raw: the file, at its beginning.
        suffix: its suffix in lower case.

    Raises:
        OSError: it cannot be read, is damaged, or ends early; what came before has been given.
    """
    if suffix.endswith(".gz"):
        return _gzip_blocks(raw)
    if suffix.endswith(".xz"):
        return _xz_blocks(raw)
    return iter(raw.read, b"")


def _gzip_blocks(raw: MeteredFile) -> Iterator[bytes]:
    import gzip
    import zlib

    with gzip.GzipFile(fileobj=cast(BinaryIO, raw), mode="rb") as unpacked:
        try:
            # read1, not read: what was unpacked before the damage must not be lost with it.
            yield from iter(lambda: unpacked.read1(BLOCK_BYTES), b"")
        except (EOFError, zlib.error) as error:
            raise OSError(f"the packed data are damaged: {error}") from error


def _xz_blocks(raw: MeteredFile) -> Iterator[bytes]:
    import lzma

    with lzma.LZMAFile(cast(BinaryIO, raw)) as unpacked:
        try:
            yield from iter(lambda: unpacked.read1(BLOCK_BYTES), b"")
        except (EOFError, lzma.LZMAError) as error:
            raise OSError(f"the packed data are damaged: {error}") from error
