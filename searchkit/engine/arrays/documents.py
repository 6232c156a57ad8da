"""What a segment holds of a document besides its words: identity, dates, facets, stored bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import Arrays, narrowest
from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.engine.arrays.strings import Strings, string_arrays

IntArray = NDArray[np.int32]

DIGEST_BYTES = 16

#: Between the name and the value of a facet.
SEPARATOR = b"\0"

#: Arrays of compressed bytes, which carry checksums of their own.
COMPRESSED = frozenset({"text.bytes", "entities.bytes"})


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document beside its words.

    Args:
        id, digest, source: who it is, a hash of its content, where it came from.
        first_day, last_day: ordinals of its date, 0 without one.
        facets: every name and value, joined by ``SEPARATOR``, with the number of its mentions in
            the text, at least 1; sorted, none twice.
        numbers: name and value of its numeric metadata.
        head, text, entities: stored bytes; text and entities compressed.
    """

    id: bytes
    digest: bytes
    source: bytes
    first_day: int
    last_day: int
    facets: tuple[tuple[bytes, int], ...]
    numbers: tuple[tuple[bytes, float], ...]
    head: bytes
    text: bytes
    entities: bytes


def document_arrays(rows: Sequence[DocumentRow]) -> Arrays:
    """The arrays of ``DocumentColumns``."""
    ids = [row.id for row in rows]
    order = sorted(range(len(rows)), key=ids.__getitem__)
    sources = sorted({row.source for row in rows})
    source_numbers = {source: number for number, source in enumerate(sources)}
    arrays = string_arrays("id", ids) | string_arrays("source", sources)
    arrays |= {
        "id.order": np.array(order, dtype=np.uint32),
        "digest": np.frombuffer(b"".join(row.digest for row in rows), np.uint8).reshape(
            -1, DIGEST_BYTES
        ),
        "source.numbers": np.array([source_numbers[row.source] for row in rows], np.uint32),
        "first_day": np.array([row.first_day for row in rows], np.int32),
        "last_day": np.array([row.last_day for row in rows], np.int32),
    }
    for part in ("head", "text", "entities"):
        arrays |= string_arrays(part, [getattr(row, part) for row in rows])
    return arrays | _facet_arrays(rows) | _number_arrays(rows)


def _facet_arrays(rows: Sequence[DocumentRow]) -> Arrays:
    """Postings of facet values: all values of one name lie together, and ascend."""
    terms = sorted({term for row in rows for term, _ in row.facets})
    numbers = {term: number for number, term in enumerate(terms)}
    owners = np.repeat(np.arange(len(rows)), [len(row.facets) for row in rows])
    values = np.array([numbers[term] for row in rows for term, _ in row.facets], np.int64)
    mentions = np.array([count for row in rows for _, count in row.facets], np.int64)
    order = np.argsort(values, kind="stable")
    begin = np.searchsorted(values[order], np.arange(len(terms) + 1))
    return string_arrays("facet", terms) | {
        "facet.begin": begin.astype(np.uint32),
        "facet.documents": narrowest(owners[order], np.uint16, np.uint32),
        "facet.mentions": narrowest(mentions[order], np.uint8, np.uint16, np.uint32),
    }


def _number_arrays(rows: Sequence[DocumentRow]) -> Arrays:
    found = sorted(
        (name, number, value) for number, row in enumerate(rows) for name, value in row.numbers
    )
    names = sorted({name for name, _, _ in found})
    counts = dict.fromkeys(names, 0)
    for name, _, _ in found:
        counts[name] += 1
    return string_arrays("number", names) | {
        "number.begin": np.cumsum([0, *counts.values()]).astype(np.uint32),
        "number.documents": np.array([number for _, number, _ in found], np.uint32),
        "number.values": np.array([value for _, _, value in found], np.float64),
    }


class DocumentColumns(Mapped):
    """The documents of a segment, mapped."""

    _order: Column[NDArray[Any]] = Column("id.order")
    _digests: Column[NDArray[Any]] = Column("digest")
    _source_numbers: Column[NDArray[Any]] = Column("source.numbers")
    first_days: Column[IntArray] = Column("first_day")
    last_days: Column[IntArray] = Column("last_day")
    _facet_begin: Column[NDArray[Any]] = Column("facet.begin")
    _facet_documents: Column[NDArray[Any]] = Column("facet.documents")
    _facet_mentions: Column[NDArray[Any]] = Column("facet.mentions")
    _number_begin: Column[NDArray[Any]] = Column("number.begin")
    _number_documents: Column[NDArray[Any]] = Column("number.documents")
    _number_values: Column[NDArray[Any]] = Column("number.values")

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(arrays)
        self.ids = Strings(arrays, "id")
        self._sources = Strings(arrays, "source")
        self._stored = {part: Strings(arrays, part) for part in ("head", "text", "entities")}
        self.facets = Strings(arrays, "facet")
        self.number_names = Strings(arrays, "number")

    def __len__(self) -> int:
        return len(self.ids)

    def number(self, document_id: bytes) -> int | None:
        """The number of a document, deleted or not; None where there is none of that id."""
        place = bisect_left(self._order, document_id, key=lambda n: self.ids[int(n)])
        if place == len(self._order):
            return None
        number = int(self._order[place])
        return number if self.ids[number] == document_id else None

    def origin(self, number: int) -> tuple[bytes, bytes]:
        """Source and digest of a document."""
        return self._sources[int(self._source_numbers[number])], self._digests[number].tobytes()

    def origins(self) -> tuple[list[bytes], list[bytes], list[str]]:
        """Ids, sources and digests in hexadecimal, of all documents in the order of numbers."""
        sources = list(self._sources)
        digits = self._digests.tobytes().hex()
        width = 2 * DIGEST_BYTES
        return (
            list(self.ids),
            [sources[n] for n in self._source_numbers.tolist()],
            [digits[at : at + width] for at in range(0, len(digits), width)],
        )

    def stored(self, part: str, numbers: Sequence[int]) -> list[bytes]:
        """Stored bytes of documents, as they lie there: ``head``, ``text`` or ``entities``."""
        return self._stored[part].take(numbers)

    def facet_range(self, name: bytes) -> tuple[int, int]:
        """Which of ``facets`` are values of a name."""
        prefix = name + SEPARATOR
        return bisect_left(self.facets, prefix), bisect_left(self.facets, name + b"\1")

    def facet_names(self) -> Iterator[bytes]:
        """The names of all facets, ascending."""
        place = 0
        while place < len(self.facets):
            name = self.facets[place].partition(SEPARATOR)[0]
            yield name
            place = self.facet_range(name)[1]

    def facet_postings(self, first: int, last: int) -> tuple[NDArray[Any], IntArray]:
        """Documents of the values from ``first`` to ``last``; for each, which value, from 0."""
        bounds = self._facet_begin[first : last + 1].astype(np.int64)
        ordinals = np.repeat(np.arange(last - first, dtype=np.int32), np.diff(bounds))
        return self._facet_documents[bounds[0] : bounds[-1]], ordinals

    def facet_mentions(self, first: int, last: int) -> NDArray[Any]:
        """How often each document of ``facet_postings`` names its value."""
        bounds = self._facet_begin[first : last + 1].astype(np.int64)
        return self._facet_mentions[bounds[0] : bounds[-1]]

    def numbers(self, name: bytes) -> tuple[NDArray[Any], NDArray[np.float64]]:
        """Documents, ascending, and values of a name with numbers."""
        place = self.number_names.find(name)
        if place < 0:
            return np.zeros(0, np.uint32), np.zeros(0, np.float64)
        rows = slice(int(self._number_begin[place]), int(self._number_begin[place + 1]))
        return self._number_documents[rows], self._number_values[rows]

    def row(self, number: int, facets: Sequence[tuple[tuple[bytes, int], ...]]) -> DocumentRow:
        """A document as it was given; ``facets`` are those of all documents."""
        source, digest = self.origin(number)
        return DocumentRow(
            self.ids[number],
            digest,
            source,
            int(self.first_days[number]),
            int(self.last_days[number]),
            facets[number],
            self._numbers_of(number),
            *(self.stored(part, [number])[0] for part in ("head", "text", "entities")),
        )

    def rows(self, live: NDArray[np.bool_]) -> list[DocumentRow]:
        """The live documents as they were given, in order."""
        facets: list[list[tuple[bytes, int]]] = [[] for _ in range(len(self))]
        postings = self.facet_postings(0, len(self.facets))
        mentions = self.facet_mentions(0, len(self.facets))
        terms = list(self.facets)
        columns = (column.tolist() for column in (*postings, mentions))
        for document, ordinal, count in zip(*columns, strict=True):
            facets[document].append((terms[ordinal], count))
        tuples = [tuple(found) for found in facets]
        return [self.row(number, tuples) for number in np.flatnonzero(live).tolist()]

    def _numbers_of(self, number: int) -> tuple[tuple[bytes, float], ...]:
        found = []
        for name in self.number_names:
            documents, values = self.numbers(name)
            place = int(np.searchsorted(documents, number))
            if place < len(documents) and documents[place] == number:
                found.append((name, float(values[place])))
        return tuple(found)
