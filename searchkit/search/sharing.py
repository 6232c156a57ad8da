"""A reader that remembers what it looked up, for the queries of one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from searchkit.engine.port import (
    EngineReader,
    EngineResult,
    EngineStatistics,
    Origin,
    SearchRequest,
)
from searchkit.query.plan import Expansion

# Words and patterns remembered; a batch may be endless.
_REMEMBERED = 100_000


class SharedReader:
    """An ``EngineReader`` that answers questions about words from memory the second time.

    Args:
        reader: answers them the first time; its snapshot never changes, so that the answers hold.
    """

    def __init__(self, reader: EngineReader) -> None:
        self._reader = reader
        self._frequency = lru_cache(_REMEMBERED)(reader.document_frequency)
        self._expanded = lru_cache(_REMEMBERED // 100)(reader.expand)
        self._counts = reader.statistics()

    def search(self, request: SearchRequest) -> EngineResult:
        """Passed on: a batch seldom asks the same twice."""
        return self._reader.search(request)

    def fetch(self, numbers: Sequence[int]) -> list[bytes]:
        """Passed on."""
        return self._reader.fetch(numbers)

    def number(self, document_id: str) -> int | None:
        """Passed on."""
        return self._reader.number(document_id)

    def expand(self, node: Expansion) -> list[str]:
        """Remembered."""
        return self._expanded(node)

    def document_frequency(self, field: str, term: str) -> int:
        """Remembered."""
        return self._frequency(field, term)

    def origins(self) -> Mapping[str, Origin]:
        """Passed on."""
        return self._reader.origins()

    def statistics(self) -> EngineStatistics:
        """Remembered."""
        return self._counts

    def close(self) -> None:
        """Passed on."""
        self._reader.close()
