"""Word forms in columns, as they come from a lexicon or from a segment, not yet in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.forms import Forms, IntArray, row_columns
from searchkit.text.lexicon import Lexicon
from searchkit.text.word_forms import OTHER

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
        exact_numbers, exact = _ranked(lexicon.exact_terms(numbers), len(lexicon.terms))
        writings = lexicon.writings(numbers)
        others = numbers[writings == OTHER]
        second = lexicon.second_stems(numbers)
        has_second = np.flatnonzero(second >= 0)
        parts = lexicon.parts(numbers)
        every_form = np.arange(len(numbers), dtype=np.int32)
        terms = np.concatenate([lexicon.stems(numbers), second[has_second], parts.terms])
        stem_numbers, stem = _ranked(terms, len(lexicon.terms))
        whole = len(numbers) + len(has_second)
        counts = np.bincount(parts.words, minlength=len(numbers))
        return cls(
            [lexicon.terms[n].encode() for n in exact_numbers.tolist()],
            exact,
            writings.astype(np.uint8),
            [lexicon.forms[n].encode() for n in others.tolist()],
            np.minimum(lexicon.letters()[numbers], MAX_LETTERS).astype(np.uint8),
            np.minimum(counts, 255).astype(np.uint8),
            [lexicon.terms[n].encode() for n in stem_numbers.tolist()],
            row_columns(stem[:whole], np.concatenate([every_form, has_second])),
            row_columns(stem[whole:], parts.words, parts.starts, parts.ends),
        )

    @classmethod
    def of_forms(cls, forms: Forms) -> FormColumns:
        """The forms of a segment, in their order."""
        return cls(
            list(forms.exact),
            forms.exact_numbers(),
            forms.cases,
            list(forms.others),
            forms.letters,
            forms.part_counts,
            list(forms.stems),
            forms.stem_rows(),
            forms.part_rows(),
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
            row_columns(stem[: len(stem_rows)], ranks[stem_rows[:, 1]]),
            row_columns(
                stem[len(stem_rows) :], ranks[part_rows[:, 1]], part_rows[:, 2], part_rows[:, 3]
            ),
        )


def _ranked(numbers: IntArray, bound: int) -> tuple[NDArray[np.intp], IntArray]:
    """The distinct ones of some numbers below a bound, ascending; and which of them each is."""
    used = np.zeros(bound, np.bool_)
    used[numbers] = True
    ranks = np.cumsum(used, dtype=np.int32) - 1
    return np.flatnonzero(used), ranks[numbers]
