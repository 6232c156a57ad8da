"""Entities by a trained tagger: a conditional random field whose features look at single forms.

What a form adds to the labels of itself and of its neighbours is worked out once per form
(``piece_table``); a text then costs look-ups, a few array gathers and the decoding of those
stretches in which anything could be a name.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.decode import Scores, decode
from searchkit.extract.features import OFFSETS
from searchkit.extract.piece_table import PieceTable
from searchkit.extract.protocol import Mention
from searchkit.extract.tagger_model import SCALE, TYPES, TaggerModel
from searchkit.text.growing import ranges

Places = NDArray[np.int64]

# No neighbours make up for more than this.
_CERTAIN = 8 * SCALE
_SPACE_TABLE = 0x3002
_LINE_FEED = 10


class Tagger:
    """Finds names; what it learned of forms it keeps.

    Args:
        model: the weights.
    """

    def __init__(self, model: TaggerModel) -> None:
        self._steps = model.transitions
        self.table = PieceTable(model)

    def tag(self, text: str) -> list[Mention]:
        """The names in a text, in order, none overlapping another."""
        chunks = text.split()
        if not chunks:
            return []
        table = self.table
        numbers = table.numbers(chunks)
        chunk_starts, new_line = chunk_places(text)
        first = table.chunk_first.view()
        begin = first[numbers]
        count = first[numbers + 1] - begin
        pieces = ranges(begin, count)
        forms = table.piece_form.view()[pieces]
        marks = table.chunk_marks.view()[numbers]
        opens = new_line
        opens[1:] |= (marks[:-1] & 1 != 0) & (marks[1:] & 2 != 0)
        # Two boundaries before each sentence, and two at the end.
        places = np.arange(len(forms)) + np.repeat(2 * np.cumsum(opens), count)
        padded = np.zeros(int(places[-1]) + 3, dtype=np.int32)
        padded[places] = forms
        hopeful = np.flatnonzero(table.form_traits.view()[forms] & 1)
        kept, labels, follows = self._labels(padded, places[hopeful])
        words = hopeful[kept]
        heads, tails = _names(labels, follows)
        starts = table.piece_start.view()[pieces]
        ends = table.piece_end.view()[pieces]
        base = np.repeat(chunk_starts, count)
        from_ = (starts + base)[words[heads]].tolist()
        to = (ends + base)[words[tails]].tolist()
        kinds = ((labels[heads] - 1) // 2).tolist()
        return [
            (start, end, TYPES[kind])
            for start, end, kind in zip(from_, to, kinds, strict=True)
            if kind < 3
        ]

    def _labels(
        self, padded: NDArray[np.int32], places: Places
    ) -> tuple[Places, Places, NDArray[np.bool_]]:
        """Which of some words may be names, their labels, and which follow on one another."""
        rows = self.table.rows
        scores: Scores = rows[0][padded[places + OFFSETS[0]]].astype(np.int32)
        for n, offset in enumerate(OFFSETS[1:], start=1):
            scores += rows[n][padded[places + offset]]
        kept = np.flatnonzero(scores[:, 1:].max(axis=1) > scores[:, 0] - _CERTAIN)
        places, scores = places[kept], scores[kept]
        follows = np.zeros(len(places), dtype=np.bool_)
        follows[1:] = places[1:] == places[:-1] + 1
        leads = np.ones(len(places), dtype=np.bool_)
        leads[:-1] = ~follows[1:]
        # What stands around a stretch is no name, or no word at all.
        inner = np.flatnonzero(~follows & (padded[places - 1] != 0))
        scores[inner] += self._steps[0]
        inner = np.flatnonzero(leads & (padded[places + 1] != 0))
        scores[inner] += self._steps[:, 0]
        return kept, decode(scores, follows, self._steps), follows


def _names(labels: Places, follows: NDArray[np.bool_]) -> tuple[Places, Places]:
    """The first and the last word of every name."""
    kinds = (labels + 1) // 2
    goes_on = follows & (labels % 2 == 0) & (labels > 0)
    goes_on[1:] &= kinds[1:] == kinds[:-1]
    named = labels > 0
    heads = np.flatnonzero(named & ~goes_on)
    ends = named.copy()
    ends[:-1] &= ~goes_on[1:]
    return heads, np.flatnonzero(ends)


def chunk_places(text: str) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Where each chunk of ``text.split()`` begins, and whether it is the first of a line.

    >>> [found.tolist() for found in chunk_places("Ein Wort\\nnoch")]
    [[0, 4, 9], [True, False, True]]
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    space = _is_space()[np.minimum(points, np.uint32(_SPACE_TABLE - 1))]
    begins = ~space
    begins[1:] &= space[:-1]
    starts = np.flatnonzero(begins)
    lines = np.searchsorted(np.flatnonzero(points == _LINE_FEED), starts)
    first = np.ones(len(starts), dtype=np.bool_)
    first[1:] = lines[1:] != lines[:-1]
    return starts.astype(np.int32), first


@cache
def _is_space() -> NDArray[np.bool_]:
    """What ``str.split`` cuts at, over the code points up to the last of them."""
    return np.array([chr(n).isspace() for n in range(_SPACE_TABLE)], dtype=np.bool_)
