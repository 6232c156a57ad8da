"""The terms of one field of a segment: which there are, and where they occur.

Whoosh asks every field the same questions; searchkit keeps words, identifiers, facets, dates and
numbers each in its own way. As everywhere in Whoosh, deleted documents are still in the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.segment import Segment, combined
from searchkit.engine.snapshot import NO_DAY
from searchkit.engine.whoosh.schema import DayField, NumberField
from searchkit.query.plan import EXACT
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TermPostings:
    """Where a term occurs.

    Invariants: ``documents`` int32, ascending, without repetition; ``weights`` int32, one each, at
    least 1: units of frequency of a word, 1 of anything else.
    """

    documents: IntArray
    weights: IntArray

    @property
    def size_bytes(self) -> int:
        """The memory it takes, about."""
        return 200 + self.documents.nbytes + self.weights.nbytes


NO_POSTINGS = TermPostings(np.zeros(0, np.int32), np.zeros(0, np.int32))


class FieldTerms(Protocol):
    """The terms of a field."""

    @property
    def terms(self) -> Sequence[bytes]:
        """All terms, ascending."""

    def postings(self, term: bytes) -> TermPostings:
        """Where a term occurs; empty where nowhere."""

    def positions(self, term: bytes) -> NDArray[np.int64]:
        """Every place of a term: document number times 2**32 plus position, ascending."""


def _unweighted(documents: NDArray[Any]) -> TermPostings:
    return TermPostings(documents.astype(np.int32), np.ones(len(documents), np.int32))


class _Unplaced:
    """Terms without positions."""

    def positions(self, term: bytes) -> NDArray[np.int64]:  # noqa: ARG002
        return np.zeros(0, dtype=np.int64)


class WordTerms:
    """The stems or the exact terms of a field of words.

    Args:
        segment: what holds the field.
        field: one of ``query.plan.FIELDS``.
    """

    def __init__(self, segment: Segment, field: str) -> None:
        self._segment = segment
        self._field = field

    @cached_property
    def terms(self) -> Sequence[bytes]:
        forms = self._segment.forms
        if self._field in EXACT.values():
            every = np.arange(len(forms.exact), dtype=np.int64)
            numbers, strings = self._segment.having(self._field, every), forms.exact
        else:
            numbers, strings = self._stem_numbers(), forms.stems
        if len(numbers) == len(strings):
            return list(strings)
        return [strings[number] for number in numbers.tolist()]

    def _stem_numbers(self) -> NDArray[np.intp]:
        """The stems of words and chains of the field, and of the parts of its words."""
        stem_rows = self._segment.forms.stem_rows()
        part_rows = self._segment.forms.part_rows()
        forms = np.arange(len(self._segment.forms), dtype=np.uint32)
        is_word = self._segment.words[self._field].has(forms)
        is_chain = self._segment.chains[self._field].has(forms)
        used = np.zeros(len(self._segment.forms.stems), dtype=np.bool_)
        stems, stem_forms = stem_rows.T
        used[stems[is_word[stem_forms] | is_chain[stem_forms]]] = True
        used[part_rows[is_word[part_rows[:, 1]], 0]] = True
        return np.flatnonzero(used)

    def postings(self, term: bytes) -> TermPostings:
        runs = self._segment.postings(self._field, term)
        return TermPostings(*combined(runs, len(self._segment)))

    def positions(self, term: bytes) -> NDArray[np.int64]:
        documents, positions = self._segment.occurrences(self._field, term)
        keys: NDArray[np.int64] = (documents.astype(np.int64) << 32) | positions
        keys.sort()
        return keys


class IdTerms(_Unplaced):
    """The ids of a segment's documents."""

    def __init__(self, segment: Segment) -> None:
        self._documents = segment.documents

    @cached_property
    def terms(self) -> Sequence[bytes]:
        return sorted(self._documents.ids)

    def postings(self, term: bytes) -> TermPostings:
        number = self._documents.number(term)
        return NO_POSTINGS if number is None else _unweighted(np.array([number]))


class FacetTerms(_Unplaced):
    """The values of a facet."""

    def __init__(self, segment: Segment, name: str) -> None:
        self._documents = segment.documents
        encoded = name.encode("utf-8", "replace")
        self._first, self._last = self._documents.facet_range(encoded)
        self._letters = len(encoded) + 1

    @cached_property
    def terms(self) -> Sequence[bytes]:
        values = self._documents.facets[self._first : self._last]
        return [value[self._letters :] for value in values]

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {term: self._first + n for n, term in enumerate(self.terms)}

    def postings(self, term: bytes) -> TermPostings:
        number = self._numbers.get(term)
        if number is None:
            return NO_POSTINGS
        return _unweighted(self._documents.facet_postings(number, number + 1)[0])


class DayTerms(_Unplaced):
    """The days that the dates of documents cover."""

    def __init__(self, segment: Segment, field: DayField) -> None:
        self._first, self._last = segment.documents.first_days, segment.documents.last_days
        self._field = field

    @cached_property
    def _days(self) -> dict[bytes, int]:
        dated = np.unique(np.stack([self._first, self._last], axis=1), axis=0)
        dated = dated[dated[:, 0] != NO_DAY].astype(np.int64)
        days = np.unique(ranges(dated[:, 0], dated[:, 1] - dated[:, 0] + 1))
        return {self._field.day_to_bytes(day): day for day in days.tolist()}

    @property
    def terms(self) -> Sequence[bytes]:
        return list(self._days)

    def postings(self, term: bytes) -> TermPostings:
        day = self._days.get(term)
        if day is None:
            return NO_POSTINGS
        covered = (self._first != NO_DAY) & (self._first <= day) & (self._last >= day)
        return _unweighted(np.flatnonzero(covered))


class NumberTerms(_Unplaced):
    """The numbers of a metadata name."""

    def __init__(self, segment: Segment, name: str, field: NumberField) -> None:
        self._documents, numbers = segment.documents.numbers(name.encode("utf-8", "replace"))
        # There are two zeros, but one term for both.
        self._values = numbers + 0.0
        self._field = field

    @cached_property
    def _numbers(self) -> dict[bytes, float]:
        return {self._field.to_bytes(number): number for number in np.unique(self._values).tolist()}

    @property
    def terms(self) -> Sequence[bytes]:
        return list(self._numbers)

    def postings(self, term: bytes) -> TermPostings:
        number = self._numbers.get(term)
        if number is None:
            return NO_POSTINGS
        return _unweighted(self._documents[self._values == number])
