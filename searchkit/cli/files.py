"""Which file a document came from, for terminals that can open it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

# Files that hold one text each; its id is their path without the suffix.
_SUFFIXES = (".txt", ".md", ".markdown", "")


class FileAddresses:
    """Finds the files of documents by their ids.

    Args:
        sources: the folders and files that were indexed.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = [Path(source) for source in sources]

    def address(self, document_id: str) -> str | None:
        """The file as a ``file:`` URI; ``None`` where no file holds just this document."""
        for source in self._sources:
            try:
                found = _file(source, document_id)
                if found:
                    return found.resolve().as_uri()
            except (OSError, ValueError):  # an id may be no possible name of a file
                continue
        return None


def _file(source: Path, document_id: str) -> Path | None:
    if source.is_file():
        return source if source.stem == document_id else None
    for suffix in _SUFFIXES:
        path = source / f"{document_id}{suffix}"
        # An id such as "../x" must not lead out of what was indexed.
        if path.is_file() and path.resolve().is_relative_to(source.resolve()):
            return path
    return None
