"""What Whoosh raises, as searchkit's errors: nothing of it crosses the port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchkit.errors import EngineError, IndexCorrupt, SearchkitError, StoreError

_REBUILD = "rebuild it: searchkit index --rebuild"


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Whoosh checks nothing: a damaged file shows as any error of any module."""
    try:
        yield
    except (SearchkitError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise IndexCorrupt(
            f"the index in {folder.parent} is damaged: {type(error).__name__} in {folder.name}",
            _REBUILD,
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The disk may refuse; everything else is a defect."""
    try:
        yield
    except (SearchkitError, MemoryError, RecursionError):
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(
            f"the index in {folder.parent} cannot be written: {reason}",
            "free space or correct the permissions; the index is as it was",
        ) from error
    except Exception as error:
        raise EngineError(
            f"the engine could not write to {folder.parent}: {type(error).__name__}: {error}",
            "the index is as it was; report this, please",
        ) from error
