"""A Whoosh reader as a ``Snapshot``: postings decoded once, then kept as arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

from searchkit.engine.expand import TermTable
from searchkit.engine.snapshot import (
    FacetColumn,
    IntArray,
    NumberColumn,
    Positions,
    Postings,
)
from searchkit.engine.whoosh.schema import SEPARATOR, length_field
from searchkit.query.plan import ExpansionKind

T = TypeVar("T")


class WhooshSnapshot:
    """What a Whoosh reader holds.

    Whoosh's readers move file positions about, so one thread at a time decodes; what has been
    decoded is shared.

    Args:
        reader: an open Whoosh reader; closed with ``close``.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = threading.RLock()
        self._decoded: dict[tuple[str, ...], Any] = {}
        self.document_limit: int = reader.doc_count_all()
        self.live: NDArray[np.bool_] = np.zeros(self.document_limit, dtype=np.bool_)
        self.live[list(reader.all_doc_ids())] = True

    @property
    def first_days(self) -> IntArray:
        return self._integers("first_day")

    @property
    def last_days(self) -> IntArray:
        return self._integers("last_day")

    def postings(self, field: str, term: str) -> Postings:
        return self._once(("postings", field, term), lambda: self._postings(field, term))

    def positions(self, field: str, term: str) -> Positions:
        return self._once(("positions", field, term), lambda: self._positions(field, term))

    def lengths(self, field: str) -> IntArray:
        return self._integers(length_field(field))

    def expand(
        self,
        field: str,
        kind: ExpansionKind,
        pattern: str,
        edits: int,
        limit: int,
    ) -> list[str]:
        table = self._once(("terms", field), lambda: TermTable(self._terms(field)))
        found = table.expand(kind, pattern, edits)
        if len(found) <= limit:
            return found
        with self._lock:
            frequency = {term: self._reader.doc_frequency(field, term) for term in found}
        return sorted(found, key=lambda term: (-frequency[term], term))[:limit]

    def facet(self, name: str) -> FacetColumn:
        return self._once(("facet", name), lambda: self._facet(name))

    def numbers(self, name: str) -> NumberColumn:
        return self._once(("numbers", name), lambda: self._numbers(name))

    def ids(self, numbers: Sequence[int]) -> list[str]:
        if not numbers:
            return []
        with self._lock:
            column = self._once(("ids",), lambda: self._reader.column_reader("id"))
            return [_text(column[number]) for number in numbers]

    def number(self, document_id: str) -> int | None:
        found = self.postings("id", document_id).documents
        return int(found[0]) if len(found) else None

    def texts(self, field: str) -> list[str]:
        """A column of texts, one per document number."""
        if not self.document_limit:
            return []
        with self._lock:
            column = self._reader.column_reader(field)
            return [_text(column[number]) for number in range(self.document_limit)]

    def stored(self, numbers: Sequence[int]) -> list[bytes]:
        """The stored bytes of documents, in the order asked."""
        with self._lock:
            return [self._reader.stored_fields(number)["stored"] for number in numbers]

    def names(self, field: str) -> list[str]:
        """The names before the separator among the terms of a keyword field, ascending."""
        return sorted({term.partition(SEPARATOR)[0] for term in self._terms(field)})

    def term_count(self, fields: Sequence[str]) -> int:
        """How many different terms the fields have together."""
        return len({term for field in fields for term in self._terms(field)})

    def close(self) -> None:
        self._reader.close()

    def _once(self, key: tuple[str, ...], decode: Callable[[], T]) -> T:
        found = self._decoded.get(key)
        if found is None:
            with self._lock:
                found = self._decoded.setdefault(key, decode())
        result: T = found
        return result

    def _postings(self, field: str, term: str) -> Postings:
        documents, weights = self._decode(field, term, lambda matcher: matcher.weight())
        return Postings(np.array(documents, dtype=np.int32), np.array(weights, dtype=np.int32))

    def _positions(self, field: str, term: str) -> Positions:
        documents, places = self._decode(field, term, lambda matcher: matcher.value_as("positions"))
        counts = [len(found) for found in places]
        flat = [position for found in places for position in found]
        return Positions(
            np.repeat(np.array(documents, dtype=np.int32), counts),
            np.array(flat, dtype=np.int32),
        )

    def _decode(
        self, field: str, term: str, value: Callable[[Any], T]
    ) -> tuple[list[int], list[T]]:
        documents: list[int] = []
        values: list[T] = []
        try:
            matcher = self._reader.postings(field, term.encode())
        except TermNotFound:
            return documents, values
        while matcher.is_active():
            documents.append(matcher.id())
            values.append(value(matcher))
            matcher.next()
        return documents, values

    def _integers(self, field: str) -> IntArray:
        return self._once(("integers", field), lambda: self._integer_column(field))

    def _integer_column(self, field: str) -> IntArray:
        if not self._reader.has_column(field):
            return np.zeros(self.document_limit, dtype=np.int32)
        column = self._reader.column_reader(field)
        return np.fromiter(
            (column[number] for number in range(self.document_limit)),
            dtype=np.int32,
            count=self.document_limit,
        )

    def _terms(self, field: str) -> list[str]:
        return self._once(
            ("lexicon", field), lambda: [_text(term) for term in self._reader.lexicon(field)]
        )

    def _named(self, field: str, name: str) -> list[tuple[str, IntArray]]:
        """The values of a name in a keyword field with live documents, and those documents."""
        prefix = name + SEPARATOR
        found = [term for term in self._terms(field) if term.startswith(prefix)]
        documents = [self.postings(field, term).documents for term in found]
        return [
            (term[len(prefix) :], numbers)
            for term, numbers in zip(found, documents, strict=True)
            if len(numbers)
        ]

    def _facet(self, name: str) -> FacetColumn:
        values = self._named("facet", name)
        return FacetColumn(
            [value for value, _ in values],
            _concatenated([documents for _, documents in values]),
            np.repeat(
                np.arange(len(values), dtype=np.int32),
                [len(documents) for _, documents in values],
            ),
        )

    def _numbers(self, name: str) -> NumberColumn:
        values = self._named("number", name)
        documents = _concatenated([numbers for _, numbers in values])
        numbers = np.repeat([float(value) for value, _ in values], [len(n) for _, n in values])
        order = np.argsort(documents, kind="stable")
        return NumberColumn(documents[order], numbers[order].astype(np.float64))


def _concatenated(arrays: list[IntArray]) -> IntArray:
    return np.concatenate([*arrays, np.zeros(0, dtype=np.int32)]).astype(np.int32)


def _text(term: bytes | str) -> str:
    return term.decode() if isinstance(term, bytes) else term
