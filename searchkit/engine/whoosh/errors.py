"""Errors that are searchkit's and Whoosh's at once: programs written for either catch them."""

from __future__ import annotations

from whoosh.index import EmptyIndexError, LockError
from whoosh.writing import IndexingError

from searchkit.errors import EngineError, IndexLocked, IndexNotFound


class NoIndex(IndexNotFound, EmptyIndexError):  # type: ignore[misc]
    """There is no index in the folder."""


class WriterLocked(IndexLocked, LockError):  # type: ignore[misc]
    """Another writer has the index."""


class WriterClosed(EngineError, IndexingError):  # type: ignore[misc]
    """A writer is used after its ``commit`` or ``cancel``."""


class Unsupported(EngineError, NotImplementedError):
    """Something that Whoosh does with indexes of its own, and not with segments of arrays."""
