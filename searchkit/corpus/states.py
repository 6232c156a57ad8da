"""What a file was when it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searchkit.corpus.names import escaped
from searchkit.corpus.walk import CorpusFile

if TYPE_CHECKING:
    from hashlib import blake2b


def new_hash() -> blake2b:
    """The hash that digests are made with: BLAKE2b of 16 bytes."""
    from hashlib import blake2b

    return blake2b(digest_size=16)


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file was when it was read.

    Args:
        path: absolute and normalised, undecodable bytes escaped.
        size_bytes: its size as it lies on disk.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
        digest: BLAKE2b of its bytes in 32 hexadecimal digits; empty where it could not be read.

    >>> state = FileState("/texte/a.txt", 3, 0, "")
    >>> FileState.from_list(state.to_list()) == state
    True
    """

    path: str
    size_bytes: int
    mtime_ns: int
    digest: str

    @classmethod
    def of(cls, file: CorpusFile, size_bytes: int, mtime_ns: int, digest: str) -> FileState:
        """The state of a file of a corpus."""
        return cls(escaped(file.path), size_bytes, mtime_ns, digest)

    def to_list(self) -> list[str | int]:
        """The four values, for JSON."""
        return [self.path, self.size_bytes, self.mtime_ns, self.digest]

    @classmethod
    def from_list(cls, values: Sequence[object]) -> FileState:
        """Read what `to_list` gave.

        Raises:
            ValueError: it is something else.
        """
        path, size_bytes, mtime_ns, digest = values
        if not (isinstance(path, str) and isinstance(digest, str)):
            raise ValueError("path and digest of a file state are texts")
        if not (isinstance(size_bytes, int) and isinstance(mtime_ns, int)):
            raise ValueError("size and time of a file state are integers")
        return cls(path, size_bytes, mtime_ns, digest)
