"""The word forms of a segment: what each is, and which terms it counts for.

A document is stored as forms. The terms that are searched are groups of forms: an exact term is
the forms that differ in case only, a stem the forms it is the stem of, and compounds count half for
the stems of their parts. So nothing has to be stored once for every field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import SmallIntegers, bounds_of, spacing
from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.engine.arrays.strings import Lines
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PartRows:
    """The compounds that have a stem as a part: forms ascending, and where the part stands."""

    forms: NDArray[np.uint32]
    starts: NDArray[np.uint8]
    ends: NDArray[np.uint8]


class Forms(Mapped):
    """The forms of a segment, mapped.

    Invariants: forms are numbered in the order of their exact terms, so that an exact term, and all
    that begin alike, are a range of numbers.
    """

    letters: Column[NDArray[np.uint8]] = Column("form.letters")
    part_counts: Column[NDArray[np.uint8]] = Column("form.parts")
    cases: Column[NDArray[np.uint8]] = Column("form.case")
    _other_forms: Column[NDArray[Any]] = Column("other.forms")
    _stem_forms: Column[NDArray[Any]] = Column("stem.forms")
    _part_stems: Column[NDArray[Any]] = Column("part.stems")
    _part_begin: Column[NDArray[Any]] = Column("part.begin")
    _part_forms: Column[NDArray[Any]] = Column("part.forms")
    _part_starts: Column[NDArray[Any]] = Column("part.starts")
    _part_ends: Column[NDArray[Any]] = Column("part.ends")

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(arrays)
        self.exact = Lines(arrays, "exact")
        self.stems = Lines(arrays, "stem")
        self.others = Lines(arrays, "other")
        self._exact_counts = SmallIntegers(arrays, "exact.forms")
        self._stem_counts = SmallIntegers(arrays, "stem.counts")

    def __len__(self) -> int:
        return len(self.cases)

    @cached_property
    def _exact_begin(self) -> NDArray[np.uint32]:
        return bounds_of(self._exact_counts.slice(0, len(self._exact_counts)))

    @cached_property
    def _stem_begin(self) -> NDArray[np.uint32]:
        return bounds_of(self._stem_counts.slice(0, len(self._stem_counts)))

    def of_exact(self, first: int, last: int) -> tuple[int, int]:
        """The range of forms of the exact terms from number ``first`` to ``last``."""
        return int(self._exact_begin[first]), int(self._exact_begin[last])

    def of_exacts(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        """The forms of exact terms, ascending; and for each form, which of the terms is its."""
        begin = self._exact_begin[numbers].astype(np.int64)
        counts = self._exact_begin[numbers + 1] - begin
        return ranges(begin, counts), np.repeat(np.arange(len(numbers)), counts)

    def of_stem(self, stem: int) -> NDArray[np.uint32]:
        """The forms of a stem, ascending."""
        begin, end = int(self._stem_begin[stem]), int(self._stem_begin[stem + 1])
        forms: NDArray[np.uint32] = self._stem_forms[begin:end]
        return forms

    def of_stems(self, stems: Sequence[int]) -> tuple[NDArray[Any], NDArray[np.intp]]:
        """The forms that have some stems, whole or as a part; and which of the stems each has.

        Args:
            stems: numbers of stems; -1 has no forms.
        """
        wanted = np.array(stems, np.int64)
        known = np.flatnonzero(wanted >= 0)
        places = np.searchsorted(self._part_stems, wanted[known])
        is_part = places < len(self._part_stems)
        is_part[is_part] = self._part_stems[places[is_part]] == wanted[known[is_part]]
        found = []
        for forms, begin, which, rows in (
            (self._stem_forms, self._stem_begin, known, wanted[known]),
            (self._part_forms, self._part_begin, known[is_part], places[is_part]),
        ):
            first = begin[rows].astype(np.int64)
            counts = begin[rows + 1] - first
            found.append((forms[ranges(first, counts)], np.repeat(which, counts)))
        (whole, of_whole), (parts, of_parts) = found
        return np.concatenate([whole, parts]), np.concatenate([of_whole, of_parts])

    def with_part(self, stem: int) -> PartRows | None:
        """The compounds that have a stem as a part; None where there are none."""
        place = int(np.searchsorted(self._part_stems, np.uint32(stem)))
        if place == len(self._part_stems) or self._part_stems[place] != stem:
            return None
        rows = slice(int(self._part_begin[place]), int(self._part_begin[place + 1]))
        return PartRows(self._part_forms[rows], self._part_starts[rows], self._part_ends[rows])

    def exact_numbers(self) -> IntArray:
        """The number of every form's exact term."""
        counts = spacing(self._exact_begin)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    def kinds(self, other_ranks: NDArray[Any]) -> NDArray[np.int64]:
        """How each form is written; those of case ``OTHER`` by their ranks, given in order."""
        return form_kinds(self.cases, self._other_forms, other_ranks)

    def stem_rows(self) -> IntArray:
        """Number of a stem and of a form it is the stem of, ascending; shape (n, 2)."""
        counts = spacing(self._stem_begin)
        return row_columns(np.repeat(np.arange(len(counts)), counts), self._stem_forms)

    def part_rows(self) -> IntArray:
        """Number of a stem, of a form it is a part of, and where that begins and ends in the form,
        ascending; shape (n, 4).
        """
        stems = np.repeat(self._part_stems, spacing(self._part_begin))
        return row_columns(stems, self._part_forms, self._part_starts, self._part_ends)


def form_kinds(
    cases: NDArray[np.uint8], others: NDArray[Any], other_ranks: NDArray[Any]
) -> NDArray[np.int64]:
    """What tells the forms of one exact term apart: their case, and of ``others``, which have the
    case ``OTHER``, their ranks.
    """
    kinds = cases.astype(np.int64)
    kinds[others] += other_ranks
    return kinds


def row_columns(*columns: NDArray[Any]) -> IntArray:
    """Columns as an int32 array of their rows."""
    return np.stack([column.astype(np.int32) for column in columns], axis=1)
