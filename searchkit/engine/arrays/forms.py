"""The word forms of a segment: what each is, and which terms it counts for.

A document is stored as forms. The terms that are searched are groups of forms: an exact term is
the forms that differ in case only, a stem the forms it is the stem of, and compounds count half for
the stems of their parts. So nothing has to be stored once for every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import (
    Arrays,
    SmallIntegers,
    bounds_of,
    small_integer_arrays,
    spacing,
)
from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.engine.arrays.strings import Lines, line_arrays
from searchkit.text.growing import ranges
from searchkit.text.lexicon import Lexicon

IntArray = NDArray[np.int32]

# How a form is made from its exact term.
SAME, CAPITALISED, OTHER = 0, 1, 2
MAX_LETTERS = 255


@dataclass(frozen=True, slots=True)
class FormColumns:
    """Forms and what is known of them, in columns.

    Args:
        exact_terms: the distinct exact terms, UTF-8.
        exact: int32, for each form which of them is its.
        cases: uint8, ``SAME``, ``CAPITALISED`` or ``OTHER``.
        others: the forms of case ``OTHER`` themselves, in order.
        letters: uint8, code points of each form, 255 for more.
        part_counts: uint8, parts of each form.
        stems: the distinct stems, of forms and of parts.
        stem_rows: int32, shape (n, 2): number of a stem, number of a form it is the stem of.
        part_rows: int32, shape (n, 4): number of a stem, number of a form that it is a part of,
            where the part begins and ends in the form.
    """

    exact_terms: Sequence[bytes]
    exact: IntArray
    cases: NDArray[np.uint8]
    others: Sequence[bytes]
    letters: NDArray[np.uint8]
    part_counts: NDArray[np.uint8]
    stems: Sequence[bytes]
    stem_rows: IntArray
    part_rows: IntArray

    @classmethod
    def of_lexicon(cls, lexicon: Lexicon, numbers: IntArray) -> FormColumns:
        """Some forms of a lexicon; row ``i`` is the form ``numbers[i]``."""
        forms = [lexicon.forms[n] for n in numbers.tolist()]
        exact_numbers, exact = _ranked(lexicon.exact_terms(numbers), len(lexicon.terms))
        exact_texts = [lexicon.terms[n] for n in exact_numbers.tolist()]
        cases = _cases(forms, exact_texts, exact)
        second = lexicon.second_stems(numbers)
        has_second = np.flatnonzero(second >= 0)
        parts = lexicon.parts(numbers)
        every_form = np.arange(len(forms), dtype=np.int32)
        terms = np.concatenate([lexicon.stems(numbers), second[has_second], parts.terms])
        stem_numbers, stem = _ranked(terms, len(lexicon.terms))
        whole = len(forms) + len(has_second)
        counts = np.bincount(parts.words, minlength=len(forms))
        return cls(
            [text.encode() for text in exact_texts],
            exact,
            cases,
            [forms[n].encode() for n in np.flatnonzero(cases == OTHER).tolist()],
            np.minimum([*map(len, forms)], MAX_LETTERS).astype(np.uint8),
            np.minimum(counts, 255).astype(np.uint8),
            [lexicon.terms[n].encode() for n in stem_numbers.tolist()],
            _rows(stem[:whole], np.concatenate([every_form, has_second])),
            _rows(stem[whole:], parts.words, parts.starts, parts.ends),
        )

    def chosen(self, used: NDArray[np.bool_]) -> FormColumns:
        """Some of the forms, with what belongs to them."""
        ranks = (np.cumsum(used) - 1).astype(np.int32)
        exact_numbers, exact = np.unique(self.exact[used], return_inverse=True)
        is_other = used[self.cases == OTHER]
        stem_rows = self.stem_rows[used[self.stem_rows[:, 1]]]
        part_rows = self.part_rows[used[self.part_rows[:, 1]]]
        stem_numbers, stem = np.unique(
            np.concatenate([stem_rows[:, 0], part_rows[:, 0]]), return_inverse=True
        )
        return FormColumns(
            [self.exact_terms[n] for n in exact_numbers.tolist()],
            exact.astype(np.int32),
            self.cases[used],
            [other for other, keep in zip(self.others, is_other.tolist(), strict=True) if keep],
            self.letters[used],
            self.part_counts[used],
            [self.stems[n] for n in stem_numbers.tolist()],
            _rows(stem[: len(stem_rows)], ranks[stem_rows[:, 1]]),
            _rows(stem[len(stem_rows) :], ranks[part_rows[:, 1]], part_rows[:, 2], part_rows[:, 3]),
        )


def _ranked(numbers: IntArray, bound: int) -> tuple[NDArray[np.intp], IntArray]:
    """The distinct ones of some numbers below a bound, ascending; and which of them each is."""
    used = np.zeros(bound, np.bool_)
    used[numbers] = True
    ranks = np.cumsum(used, dtype=np.int32) - 1
    return np.flatnonzero(used), ranks[numbers]


def _cases(forms: Sequence[str], exact: Sequence[str], numbers: NDArray[Any]) -> NDArray[np.uint8]:
    rows = zip(forms, map(exact.__getitem__, numbers.tolist()), strict=True)
    return np.fromiter(
        (
            SAME if form == term else CAPITALISED if form == term[:1].upper() + term[1:] else OTHER
            for form, term in rows
        ),
        np.uint8,
        len(forms),
    )


def _rows(*columns: NDArray[Any]) -> IntArray:
    return np.stack([column.astype(np.int32) for column in columns], axis=1)


def form_arrays(columns: Sequence[FormColumns]) -> tuple[Arrays, list[IntArray]]:
    """The forms of several sources as those of one segment.

    Returns:
        The arrays of ``Forms``; and for each source, the numbers its forms get.
    """
    exact_terms, exact_ranks = _united([source.exact_terms for source in columns])
    others, other_ranks = _united([source.others for source in columns])
    stems, stem_ranks = _united([source.stems for source in columns])
    kinds = OTHER + len(others)
    keys = [
        ranks[source.exact].astype(np.int64) * kinds + _kinds(source, others_of_source)
        for source, ranks, others_of_source in zip(columns, exact_ranks, other_ranks, strict=True)
    ]
    unique, first, inverse = np.unique(np.concatenate(keys), return_index=True, return_inverse=True)
    bounds = np.cumsum([0, *map(len, keys)])
    numbers = [inverse[begin:end].astype(np.int32) for begin, end in pairwise(bounds.tolist())]
    exact, kind = np.divmod(unique, kinds)
    arrays = line_arrays("exact", exact_terms)
    counts = np.bincount(exact, minlength=len(exact_terms))
    arrays |= small_integer_arrays("exact.forms", counts, bits=4)
    arrays["form.case"] = np.minimum(kind, OTHER).astype(np.uint8)
    arrays["form.letters"] = np.concatenate([source.letters for source in columns])[first]
    arrays["form.parts"] = np.concatenate([source.part_counts for source in columns])[first]
    is_other = np.flatnonzero(kind >= OTHER)
    arrays["other.forms"] = is_other.astype(np.uint32)
    arrays |= line_arrays("other", [others[n] for n in (kind[is_other] - OTHER).tolist()])
    arrays |= line_arrays("stem", stems)
    arrays |= _stem_arrays(columns, stem_ranks, numbers, len(stems))
    arrays |= _part_arrays(columns, stem_ranks, numbers)
    return arrays, numbers


def _united(sources: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[IntArray]]:
    """All distinct strings ascending; and for each source, the numbers its strings get."""
    if len(sources) == 1:
        order = sorted(range(len(sources[0])), key=sources[0].__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        return list(map(sources[0].__getitem__, order)), [ranks]
    united = sorted(set().union(*sources))
    number = dict(zip(united, range(len(united)), strict=True))
    return united, [
        np.fromiter(map(number.__getitem__, source), np.int32, len(source)) for source in sources
    ]


def _kinds(source: FormColumns, other_ranks: IntArray) -> NDArray[np.int64]:
    """What tells the forms of one exact term apart: their case, then their letters."""
    kinds = source.cases.astype(np.int64)
    kinds[source.cases == OTHER] += other_ranks
    return kinds


def _stem_arrays(
    columns: Sequence[FormColumns],
    ranks: Sequence[IntArray],
    numbers: Sequence[IntArray],
    count: int,
) -> Arrays:
    rows = np.concatenate(
        [
            (stem_ranks[source.stem_rows[:, 0]].astype(np.int64) << 32)
            | form_numbers[source.stem_rows[:, 1]]
            for source, stem_ranks, form_numbers in zip(columns, ranks, numbers, strict=True)
        ]
    )
    # Sorted by hand: np.unique() without further arrays goes by hashes first, which is slower.
    rows.sort()
    rows = rows[np.diff(rows, prepend=-1) != 0]
    counts = np.bincount(rows >> 32, minlength=count)
    return small_integer_arrays("stem.counts", counts, bits=4) | {
        "stem.forms": (rows & 0xFFFFFFFF).astype(np.uint32),
    }


def _part_arrays(
    columns: Sequence[FormColumns], ranks: Sequence[IntArray], numbers: Sequence[IntArray]
) -> Arrays:
    rows = np.concatenate(
        [
            np.stack(
                [
                    stem_ranks[source.part_rows[:, 0]],
                    form_numbers[source.part_rows[:, 1]],
                    source.part_rows[:, 2],
                    source.part_rows[:, 3],
                ],
                axis=1,
            )
            for source, stem_ranks, form_numbers in zip(columns, ranks, numbers, strict=True)
        ]
    )
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    if len(columns) > 1 and len(rows):
        rows = rows[np.concatenate([[True], (np.diff(rows[:, :3], axis=0) != 0).any(axis=1)])]
    stems, begin = np.unique(rows[:, 0], return_index=True)
    return {
        "part.stems": stems.astype(np.uint32),
        "part.begin": np.append(begin, len(rows)).astype(np.uint32),
        "part.forms": rows[:, 1].astype(np.uint32),
        # A form is at most as long as the splitter looks into, which fits.
        "part.starts": rows[:, 2].astype(np.uint8),
        "part.ends": rows[:, 3].astype(np.uint8),
    }


@dataclass(frozen=True, slots=True)
class PartRows:
    """The compounds that have a stem as a part: forms ascending, and where the part stands."""

    forms: NDArray[np.uint32]
    starts: NDArray[np.uint8]
    ends: NDArray[np.uint8]


class Spelling(NamedTuple):
    """A form. Of one exact term, that in lower case comes first, then that with a capital."""

    exact: str
    case: int
    text: str


class Forms(Mapped):
    """The forms of a segment, mapped.

    Invariants: forms are numbered in the order of their exact terms, so that an exact term, and all
    that begin alike, are a range of numbers.
    """

    letters: Column[NDArray[np.uint8]] = Column("form.letters")
    part_counts: Column[NDArray[np.uint8]] = Column("form.parts")
    _cases: Column[NDArray[np.uint8]] = Column("form.case")
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
        self._others = Lines(arrays, "other")
        self._exact_counts = SmallIntegers(arrays, "exact.forms")
        self._stem_counts = SmallIntegers(arrays, "stem.counts")

    def __len__(self) -> int:
        return len(self._cases)

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

    def written(self, counts: NDArray[np.int64]) -> tuple[list[str], list[int]]:
        """How each exact term is mostly written.

        Args:
            counts: occurrences of every form.

        Returns:
            Of exact terms that occur, ascending, the commonest forms, and how often all forms do.
        """
        exact = self.exact_numbers()
        # Of equally frequent forms the one in lower case comes first, for its number is smallest.
        order = np.lexsort((-counts, exact))
        best = order[np.concatenate([[True], exact[order][1:] != exact[order][:-1]])[: len(order)]]
        totals = np.bincount(exact, counts, len(self.exact)).astype(np.int64)
        used = best[totals[exact[best]] > 0]
        return self._texts(used), totals[exact[used]].tolist()

    def counted(self, counts: NDArray[np.int64]) -> Iterator[tuple[Spelling, int]]:
        """Every form that occurs, and how often, in the order of forms; ``counts`` as above."""
        used = np.flatnonzero(counts)
        terms = self.exact.texts()
        exact = map(terms.__getitem__, self.exact_numbers()[used].tolist())
        cases, texts = self._cases[used].tolist(), self._texts(used)
        spelt = map(Spelling, exact, cases, texts)
        yield from zip(spelt, counts[used].tolist(), strict=True)

    def _texts(self, forms: NDArray[np.intp]) -> list[str]:
        """Forms as they are written."""
        terms = self.exact.texts()
        texts = [*map(terms.__getitem__, self.exact_numbers()[forms].tolist())]
        cases = self._cases[forms]
        for place in np.flatnonzero(cases == CAPITALISED).tolist():
            term = texts[place]
            texts[place] = term[0].upper() + term[1:]
        others = dict(zip(self._other_forms.tolist(), self._others.texts(), strict=True))
        places = np.flatnonzero(cases == OTHER)
        for place, form in zip(places.tolist(), forms[places].tolist(), strict=True):
            texts[place] = others[form]
        return texts

    def columns(self) -> FormColumns:
        """Everything, to be united with the forms of other segments."""
        stem_counts = spacing(self._stem_begin)
        part_counts = spacing(self._part_begin)
        return FormColumns(
            list(self.exact),
            self.exact_numbers(),
            self._cases,
            list(self._others),
            self.letters,
            self.part_counts,
            list(self.stems),
            _rows(np.repeat(np.arange(len(stem_counts)), stem_counts), self._stem_forms),
            _rows(
                np.repeat(self._part_stems, part_counts),
                self._part_forms,
                self._part_starts,
                self._part_ends,
            ),
        )
