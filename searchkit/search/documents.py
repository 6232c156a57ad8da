"""The documents of an open index as they were stored, those that were read last kept."""

from __future__ import annotations

from collections.abc import Sequence
from sys import getsizeof

from searchkit.engine.cache import Cache
from searchkit.engine.port import EngineReader, StoredParts
from searchkit.engine.stored import (
    Head,
    decode_document,
    decode_entities,
    decode_head,
    decode_text,
)
from searchkit.model import Entity, StoredDocument

# To restore the texts of a page takes a seventh of its time. Whoever narrows a query down or pages
# back sees documents again that were read just before. Kept in UTF-8, half the memory of Python's
# texts: some 3,000 articles. Where no document comes again, keeping them costs a page 2 %.
_TEXTS_BYTES = 16 << 20
_HEADS_BYTES = 4 << 20


class Documents:
    """Reads the documents of one state of an index.

    Any number of threads may read at once. A state never changes, so that what is kept is true.

    Args:
        reader: has the documents.
    """

    def __init__(self, reader: EngineReader) -> None:
        self._reader = reader
        self._texts: Cache[bytes] = Cache(_TEXTS_BYTES, getsizeof)
        self._heads: Cache[Head] = Cache(_HEADS_BYTES, _head_size)

    def heads(self, numbers: Sequence[int]) -> list[Head]:
        """What hits show of some documents, in the order asked."""
        return self._heads.get_all(numbers, self._read_heads)

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """The texts of some documents, in the order asked."""
        return [*map(decode_text, self._texts.get_all(numbers, self._read_texts))]

    def entities(self, numbers: Sequence[int]) -> list[tuple[Entity, ...]]:
        """What some documents name, in the order asked."""
        return [*map(decode_entities, self._reader.fetch(numbers, "entities"))]

    def document(self, number: int) -> StoredDocument:
        """A document as it is stored."""
        head, text, entities = (
            self._reader.fetch([number], part)[0] for part in ("head", "text", "entities")
        )
        return decode_document(StoredParts(head, text, entities))

    def _read_heads(self, numbers: Sequence[int]) -> list[Head]:
        return [*map(decode_head, self._reader.fetch(numbers, "head"))]

    def _read_texts(self, numbers: Sequence[int]) -> list[bytes]:
        return self._reader.fetch(numbers, "text")


def _head_size(head: Head) -> int:
    """The memory that a head takes, about."""
    parts = (head, head.id, head.title, head.date, head.metadata)
    return sum(map(getsizeof, (*parts, *head.metadata.values())))
