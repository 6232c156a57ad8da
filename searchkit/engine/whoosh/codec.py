"""Segments of arrays through the eyes of Whoosh's readers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import Schema
from whoosh.reading import TermInfo, TermNotFound

from searchkit.engine.cache import Cache
from searchkit.engine.expand import TermTable
from searchkit.engine.whoosh.documents import ArrayPerDocumentReader
from searchkit.engine.whoosh.matcher import PostingMatcher
from searchkit.engine.whoosh.schema import (
    ID_FIELD,
    DayField,
    NumberField,
    ValueField,
    WordField,
)
from searchkit.engine.whoosh.segment import ArraySegment
from searchkit.engine.whoosh.terms import (
    DayTerms,
    FacetTerms,
    FieldTerms,
    IdTerms,
    NumberTerms,
    TermPostings,
    WordTerms,
)
from searchkit.query.plan import ExpansionKind

# Memory for the postings of the latest terms of a segment: Whoosh asks for each several times.
_POSTINGS_BYTES = 4 << 20


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of arrays. They are written by ``ArrayIndexWriter``, not through a codec.

    Args:
        schema: of the index.
    """

    length_stats = True

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:  # noqa: ARG002
        """The terms of a segment."""
        return ArrayTermsReader(segment, self._schema)

    def per_document_reader(
        self,
        storage: Any,  # noqa: ARG002
        segment: ArraySegment,
    ) -> ArrayPerDocumentReader:
        """The documents of a segment."""
        return ArrayPerDocumentReader(segment, self._schema)

    def automata(self, storage: Any, segment: ArraySegment) -> ArrayAutomata:  # noqa: ARG002
        """What finds terms similar to a word."""
        return ArrayAutomata()


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields of a segment.

    Args:
        segment: the segment.
        schema: of the index.
    """

    def __init__(self, segment: ArraySegment, schema: Schema) -> None:
        self._arrays = segment.arrays
        self._fields = {
            name: schema[name] for name in sorted(schema.names()) if schema[name].format
        }
        self._known: dict[str, FieldTerms] = {}
        self._tables: dict[str, TermTable] = {}
        self._postings: Cache[TermPostings] = Cache(_POSTINGS_BYTES, lambda each: each.size_bytes)

    def _field_terms(self, name: str) -> FieldTerms:
        if name not in self._known:
            self._known[name] = self._made(name, self._fields[name])
        return self._known[name]

    def _made(self, name: str, field: Any) -> FieldTerms:
        if isinstance(field, WordField):
            return WordTerms(self._arrays, name)
        if isinstance(field, DayField):
            return DayTerms(self._arrays, field)
        if isinstance(field, NumberField):
            return NumberTerms(self._arrays, name, field)
        assert isinstance(field, ValueField)
        return IdTerms(self._arrays) if name == ID_FIELD else FacetTerms(self._arrays, name)

    def _postings_of(self, name: str, term: bytes) -> TermPostings:
        return self._postings.get((name, term), lambda: self._field_terms(name).postings(term))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        return name in self._fields and len(self._postings_of(name, text).documents) > 0

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self._fields:
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of one field from a prefix on."""
        terms = self.field(fieldname).terms
        return ((fieldname, terms[n]) for n in range(bisect_left(terms, prefix), len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def field(self, name: str) -> FieldTerms:
        """The terms of a field.

        Raises:
            TermNotFound: there is no such field.
        """
        if name not in self._fields:
            raise TermNotFound(f"No field {name!r}")
        return self._field_terms(name)

    def matching(self, name: str, kind: ExpansionKind, pattern: str, edits: int = 0) -> list[bytes]:
        """The terms of a field that a pattern stands for, ascending; see ``TermTable.expand``."""
        terms = self.field(name).terms
        if name not in self._tables:
            lines = (term.replace(b"\n", b" ") for term in terms)
            self._tables[name] = TermTable(b"".join(line + b"\n" for line in lines))
        return [terms[n] for n in self._tables[name].expand(kind, pattern, edits).tolist()]

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        if (fieldname, text) not in self:
            raise TermNotFound(f"{fieldname}:{text!r}")
        found = self._postings_of(fieldname, text)
        lengths = np.ones(1, np.int32)
        if isinstance(self._fields[fieldname], WordField):
            lengths = self._arrays.lengths(fieldname)[found.documents]
        return TermInfo(
            weight=float(found.weights.sum()),
            df=len(found.documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(found.weights.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._postings_of(fieldname, text).weights.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings_of(fieldname, text).documents)

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> PostingMatcher:
        if (fieldname, text) not in self:
            raise TermNotFound(f"{fieldname}:{text!r}")
        found = self._postings_of(fieldname, text)
        has_places = format_ is not None and format_.supports("positions")
        terms = self._field_terms(fieldname)
        return PostingMatcher(
            found.documents.tolist(),
            found.weights.astype(np.float64).tolist(),
            term=(fieldname, text),
            format=format_,
            scorer=scorer,
            places=(lambda: terms.positions(text)) if has_places else None,
        )

    def indexed_field_names(self) -> Iterable[str]:
        return [name for name in self._fields if self._field_terms(name).terms]


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks through the terms of a field."""

    def __init__(self, reader: ArrayTermsReader, name: str, field: Any) -> None:
        self._terms = reader.field(name).terms
        self._field = field
        self._reader = reader
        self._name = name
        self._at = 0

    def is_valid(self) -> bool:
        return self._at < len(self._terms)

    def term(self) -> bytes | None:
        return self._terms[self._at] if self.is_valid() else None

    def text(self) -> Any:
        """The current term as the field reads it; None behind the last."""
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, string: Any) -> Any:
        """Go to a term, or the first behind where it would be."""
        self._at = bisect_left(self._terms, self._field.to_bytes(string))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def term_info(self) -> TermInfo:
        return self._reader.term_info(self._name, self._terms[self._at])

    def matching(self, kind: ExpansionKind, pattern: str, edits: int = 0) -> list[bytes]:
        """The terms that a pattern stands for, ascending; see ``TermTable.expand``."""
        return self._reader.matching(self._name, kind, pattern, edits)


class ArrayAutomata(base.Automata):  # type: ignore[misc]
    """Finds similar terms in one scan over all terms, in place of an automaton."""

    def terms_within(
        self, fieldcur: ArrayCursor, uterm: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        """The terms within a distance that begin with the first letters of the word.

        Args:
            fieldcur: of the field.
            uterm: the word.
            maxdist: the largest optimal string alignment distance.
            prefix: how many of its letters a term must begin with.
        """
        found = (term.decode() for term in fieldcur.matching("fuzzy", uterm, maxdist))
        return (term for term in found if term.startswith(uterm[:prefix]))
