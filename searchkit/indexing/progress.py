"""How far an update has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of an update.

    Args:
        documents: read so far.
        read_bytes: of the files, read so far; 0 for documents given by a program.
        size_bytes: of all files; 0 where that is not known.
    """

    documents: int
    read_bytes: int
    size_bytes: int


ProgressCallback = Callable[[Progress], None]
