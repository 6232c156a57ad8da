"""Chunks of text that are one word with marks around it, taken apart many at once.

Nearly nine chunks of ten are: ``Gipfel``, ``Gipfel,``, ``(„Gipfel“).``. Which word a chunk has is
known where it was cut before; what stands around the words is looked up, for that is mostly one of
some hundred rows of marks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.pieces import LONGEST, attaches_full_stop, ends_sentence, opens_sentence
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.known_chunks import CutText
from searchkit.text.numbering import Numbering

# Each is a piece by itself, whatever stands beside it; but for some a full stop: "Dr."
_MARKS = frozenset('"„“”»«›‹()[]{}.,;:!?…–—')
_MOST_MARKS = 16
# What is kept of a row of marks.
_FIRST, _COUNT, _FIT, _CLOSES, _OPENS, _FULL_STOP = range(6)

Places = NDArray[np.intp]


class Words(NamedTuple):
    """Words in a text, each the only one of its chunk.

    Args:
        chunks: which chunks these are.
        begins: where each chunk begins in the text.
        letters: the code points of each chunk.
        forms: the number of each word, by who cut the text.
        starts, ends: where the word stands in its chunk.
    """

    chunks: Places
    begins: IntArray
    letters: IntArray
    forms: IntArray
    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, cut: CutText, chosen: Places) -> Words:
        """Those of some chunks of a text; the others have several, none, or are too long."""
        rows = cut.known.rows(cut.numbers[chosen])
        single = np.flatnonzero((rows.tokens == 1) & (rows.letters <= LONGEST))
        columns = (rows.letters, rows.forms, rows.starts, rows.ends)
        return cls(single, cut.starts[chosen[single]], *(column[single] for column in columns))

    def some(self, chosen: Places) -> Words:
        """Some of them."""
        rest = (column[chosen] for column in self[1:])
        return Words(self.chunks[chosen], *rest)

    def read(self, text: str) -> list[str]:
        """What the words read like."""
        return stretches(text, self.begins + self.starts, self.begins + self.ends)


class ChunkColumns(NamedTuple):
    """Chunks and their pieces, column by column.

    Args:
        counts: how many pieces each chunk has.
        closes, opens: whether a sentence may end, may begin with each chunk.
        letters: the code points of each chunk.
        forms: the number of each piece's form.
        starts, ends: where each piece stands in its chunk.
    """

    counts: IntArray
    closes: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    letters: IntArray
    forms: IntArray
    starts: IntArray
    ends: IntArray


class MarkTable:
    """What stands before and behind words, worked out once.

    Args:
        numbers_of: gives forms their numbers.
    """

    def __init__(self, numbers_of: Callable[[list[str]], IntArray]) -> None:
        self._numbers_of = numbers_of
        self._texts: list[str] = []
        self._numbering = Numbering(self._texts)
        self._rows = GrowingArray(6)
        self._forms = GrowingArray()
        self._numbering.of([""])
        self._learn("")

    def take_apart(
        self, text: str, words: Words, forms: IntArray, small: NDArray[np.bool_]
    ) -> tuple[Places, ChunkColumns]:
        """Those of some words that have marks around them only, and the pieces of their chunks.

        Args:
            text: where the words stand.
            words: in normal form, of letters and digits.
            forms: the number of each.
            small: whether each begins with a small letter.
        """
        # What is longer is not worth keeping.
        longer = np.maximum(words.starts, words.letters - words.ends)
        near = np.flatnonzero(longer <= _MOST_MARKS)
        words, forms = words.some(near), forms[near]
        before = self._around(text, words.begins, words.begins + words.starts)
        behind = self._around(text, words.begins + words.ends, words.begins + words.letters)
        fit = (before[:, _FIT] & behind[:, _FIT]) != 0
        stopped = np.flatnonzero(behind[:, _FULL_STOP])
        attached = map(attaches_full_stop, words.some(stopped).read(text))
        fit[stopped] &= ~np.fromiter(attached, np.bool_, len(stopped))
        chosen = np.flatnonzero(fit)
        words, before, behind = words.some(chosen), before[chosen], behind[chosen]
        taken = near[chosen]
        counts = before[:, _COUNT] + behind[:, _COUNT] + 1
        places = np.cumsum(counts) - counts
        columns = ChunkColumns(
            counts,
            behind[:, _CLOSES] != 0,
            ~small[taken] | (before[:, _OPENS] == 0),
            words.letters,
            *np.empty((3, int(counts.sum())), np.int32),
        )
        self._place_marks(columns, before, places, np.zeros_like(words.starts))
        places += before[:, _COUNT]
        columns.forms[places] = forms[chosen]
        columns.starts[places], columns.ends[places] = words.starts, words.ends
        self._place_marks(columns, behind, places + 1, words.ends)
        return taken, columns

    def _place_marks(
        self, columns: ChunkColumns, rows: IntArray, places: Places, starts: IntArray
    ) -> None:
        """Enter rows of marks as the pieces from some places on."""
        counts = rows[:, _COUNT]
        pieces = ranges(places, counts)
        columns.forms[pieces] = self._forms.view()[ranges(rows[:, _FIRST], counts)]
        columns.starts[pieces] = ranges(starts, counts)
        columns.ends[pieces] = columns.starts[pieces] + 1

    def _around(self, text: str, starts: IntArray, ends: IntArray) -> IntArray:
        """What is known of stretches beside words, a row for each."""
        numbers = np.zeros(len(starts), np.int32)
        some = np.flatnonzero(ends > starts)
        known = len(self._texts)
        numbers[some] = self._numbering.of(stretches(text, starts[some], ends[some]))
        for marks in self._texts[known:]:
            self._learn(marks)
        return self._rows.view()[numbers]

    def _learn(self, marks: str) -> None:
        fit = _MARKS.issuperset(marks)
        forms = [*marks] if fit else []
        closes, opens = ends_sentence(forms), opens_sentence(marks)
        row = [len(self._forms), len(forms), fit, closes, opens, marks.startswith(".")]
        self._forms.extend(self._numbers_of(forms))
        self._rows.extend(np.array([row], np.int32))


def stretches(text: str, starts: IntArray, ends: IntArray) -> list[str]:
    """Stretches of a text, from each start to its end."""
    return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
