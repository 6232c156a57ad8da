"""What damaged files and full disks raise, as searchkit's errors: nothing else crosses the port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from searchkit.errors import EngineError, IndexCorrupt, SearchkitError
from searchkit.store.draft import unwritable
from searchkit.store.manifest import REPAIR

# What arrays with wrong numbers in them raise; anything else is a defect and shows as one.
_DAMAGE = (IndexError, ValueError, OverflowError, OSError)


class reading:  # noqa: N801
    """A context in which damage found in passing becomes ``IndexCorrupt``.

    Arrays are verified when they are first used; what a crafted file holds beyond that shows as
    offsets out of range or as bytes that are no text.

    Args:
        folder: of the generation that is read.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, _DAMAGE) and not isinstance(error, SearchkitError):
            raise IndexCorrupt(
                f"the index in {self._folder.parent} is damaged: {type(error).__name__} "
                f"in {self._folder.name}",
                REPAIR,
            ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The disk may refuse; everything else is a defect."""
    try:
        yield
    except (SearchkitError, MemoryError, RecursionError):
        raise
    except OSError as error:
        raise unwritable(folder.parent, error) from error
    except Exception as error:
        raise EngineError(
            f"the engine could not write to {folder.parent}: {type(error).__name__}: {error}",
            "the index is as it was; report this, please",
        ) from error
