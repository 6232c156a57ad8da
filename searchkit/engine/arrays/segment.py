"""One segment: immutable arrays in one file, mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.documents import DocumentColumns
from searchkit.engine.arrays.fields import CHAINS, WORD_FIELDS
from searchkit.engine.arrays.forms import Forms
from searchkit.engine.arrays.integers import SmallIntegers
from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.engine.arrays.postings import FieldPostings
from searchkit.engine.port import WORD_UNITS
from searchkit.query.plan import EXACT, TEXT
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]

_STEMS_OF = {exact: name for name, exact in EXACT.items()}


class Segment(Mapped):
    """What a segment file holds.

    Args:
        arrays: as ``SegmentBuilder`` and ``merged_arrays`` make them.
        opening: so many words at the beginning of a text count one unit more for their stems.
    """

    odd_words: Column[NDArray[Any]] = Column("odd.words")
    odd_lengths: Column[NDArray[Any]] = Column("odd.lengths")
    signatures: Column[NDArray[np.uint16]] = Column("signatures")

    def __init__(self, arrays: Mapping[str, NDArray[Any]], opening: int = 0) -> None:
        super().__init__(arrays)
        self._opening = opening
        self.forms = Forms(arrays)
        self.documents = DocumentColumns(arrays)
        self.words = {name: FieldPostings(arrays, name) for name in WORD_FIELDS}
        self.chains = {name: FieldPostings(arrays, CHAINS[name]) for name in WORD_FIELDS}
        self.gaps = SmallIntegers(arrays, "gaps")

    def __len__(self) -> int:
        return len(self.documents)

    def lengths(self, field: str) -> NDArray[Any]:
        """How many words the field of every document has."""
        return self._arrays[f"{_STEMS_OF.get(field, field)}.lengths"]

    def chains_of(self, field: str) -> FieldPostings:
        """The hyphen chains of a field by the name under which they are stored."""
        return next(self.chains[name] for name, chain in CHAINS.items() if chain == field)

    @cached_property
    def word_starts(self) -> NDArray[np.int64]:
        """The number of each document's first word, counted through all texts."""
        ends = np.cumsum(self.lengths(TEXT), dtype=np.int64)
        return np.concatenate([np.zeros(1, np.int64), ends])

    @cached_property
    def odd_documents(self) -> frozenset[int]:
        """The documents with words that are not as long as their forms: a few."""
        ends = self.word_starts[1:]
        return frozenset(ends.searchsorted(self.odd_words.astype(np.int64), "right").tolist())

    def postings(self, field: str, term: bytes) -> list[tuple[NDArray[Any], IntArray]]:
        """Documents and units of frequency of a term, as runs; a document may be in several."""
        if field in _STEMS_OF:
            number = self.forms.exact.find(term)
            if number < 0:
                return []
            return self.exact_postings(field, number, number + 1)
        number = self.forms.stems.find(term)
        if number < 0:
            return []
        forms = self.forms.of_stem(number)
        words = self.words[field]
        rows = words.rows(forms)
        documents, frequencies = words.of_rows(rows)
        found = [(documents, WORD_UNITS * frequencies), self.chains[field].of_forms(forms)]
        parts = self.forms.with_part(number)
        if parts:
            found.append(self._part_postings(field, parts.forms))
        if field == TEXT and self._opening:
            early = np.repeat(documents, frequencies)[words.before(rows, self._opening)]
            found.append((early, np.ones(len(early), dtype=np.int32)))
        return [run for run in found if len(run[0])]

    def stem_bounds(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """In how many documents a field has each of some stems at most: a document counts for each
        form that has the stem, as a word, in a chain or as a part.
        """
        forms, owners = self.forms.of_stems([self.forms.stems.find(term) for term in terms])
        counts = self.words[field].document_counts(forms)
        counts += self.chains[field].document_counts(forms)
        return np.bincount(owners, counts, len(terms)).astype(np.int64)

    def exact_postings(
        self, field: str, first: int, last: int
    ) -> list[tuple[NDArray[Any], IntArray]]:
        """Documents and units of the exact terms from number ``first`` to ``last``."""
        forms = self.forms.of_exact(first, last)
        documents, frequencies = self.words[_STEMS_OF[field]].of_range(*forms)
        return [(documents, WORD_UNITS * frequencies)] if len(documents) else []

    def number_postings(
        self, field: str, numbers: NDArray[np.int64]
    ) -> list[tuple[NDArray[Any], IntArray]]:
        """The same of exact terms by their numbers, ascending."""
        if not len(numbers):
            return []
        first, last = int(numbers[0]), int(numbers[-1]) + 1
        if last - first == len(numbers):
            return self.exact_postings(field, first, last)
        forms = self.forms.of_exacts(numbers)[0]
        documents, frequencies = self.words[_STEMS_OF[field]].of_forms(forms)
        return [(documents, WORD_UNITS * frequencies)] if len(documents) else []

    def having(self, field: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of some exact terms that occur in a field."""
        forms, owners = self.forms.of_exacts(numbers)
        has = self.words[_STEMS_OF[field]].has(forms)
        return numbers[np.bincount(owners[has], minlength=len(numbers)) > 0]

    def frequency_bounds(self, field: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many documents a field has each of some exact terms at most: a document counts for
        each form.
        """
        forms, owners = self.forms.of_exacts(numbers)
        counts = self.words[_STEMS_OF[field]].document_counts(forms)
        return np.bincount(owners, counts, len(numbers)).astype(np.int64)

    def document_frequencies(
        self, field: str, numbers: NDArray[np.int64], live: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """In how many live documents a field has each of some exact terms."""
        forms, owners = self.forms.of_exacts(numbers)
        placed = self.words[_STEMS_OF[field]].placed(forms)
        keys = (owners[placed.which].astype(np.int64) << 32) | placed.documents
        keys = keys[live[placed.documents]]
        # A document may have a term in several forms.
        keys.sort()
        is_first = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
        return np.bincount(keys[is_first] >> 32, minlength=len(numbers))

    def _part_postings(self, field: str, forms: NDArray[Any]) -> tuple[NDArray[Any], IntArray]:
        """A form that has the part twice counts twice."""
        is_again = forms[1:] == forms[:-1]
        if not is_again.any():
            return self.words[field].of_forms(forms)
        distinct, counts = np.unique(forms, return_counts=True)
        documents, frequencies = self.words[field].of_forms(distinct)
        for twice in distinct[counts > 1].tolist():
            again = self.words[field].of_forms(np.array([twice], dtype=np.uint32))
            documents = np.concatenate([documents, again[0]])
            frequencies = np.concatenate([frequencies, again[1]])
        return documents, frequencies

    def occurrences(self, field: str, term: bytes) -> tuple[NDArray[Any], NDArray[Any]]:
        """Document and position of every word of a term, in no order; parts have no position."""
        words = self.words[_STEMS_OF.get(field, field)]
        placed = words.placed(self.word_forms(field, term))
        places = ranges(placed.places, placed.frequencies)
        return np.repeat(placed.documents, placed.frequencies), words.positions(places)

    def word_forms(self, field: str, term: bytes) -> NDArray[Any]:
        """The forms that are words of a term, ascending."""
        if field in _STEMS_OF:
            number = self.forms.exact.find(term)
            first, last = self.forms.of_exact(number, number + 1) if number >= 0 else (0, 0)
            return np.arange(first, last, dtype=np.uint32)
        number = self.forms.stems.find(term)
        return self.forms.of_stem(number) if number >= 0 else np.zeros(0, np.uint32)


def combined(
    runs: Sequence[tuple[NDArray[Any], IntArray]], documents: int
) -> tuple[IntArray, IntArray]:
    """Several runs as one: documents ascending, their units added up.

    Args:
        runs: documents and units; each document at most once in a run of one form.
        documents: how many the segment has.
    """
    if not runs:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    numbers = runs[0][0] if len(runs) == 1 else np.concatenate([run[0] for run in runs])
    units = runs[0][1] if len(runs) == 1 else np.concatenate([run[1] for run in runs])
    if len(runs) == 1 and (len(numbers) < 2 or bool((numbers[1:] > numbers[:-1]).all())):
        return numbers.astype(np.int32), units
    if len(numbers) * 16 > documents:
        # float64 holds every sum of units exactly.
        dense = np.bincount(numbers, units, documents)
        # Of truth values, NumPy finds the places many times faster than of numbers.
        found = (dense > 0).nonzero()[0]
        return found.astype(np.int32), dense[found].astype(np.int32)
    found, inverse = np.unique(numbers, return_inverse=True)
    return found.astype(np.int32), np.bincount(inverse, units).astype(np.int32)
