"""Entities by a trained tagger: a conditional random field whose features look at single forms.

What a form adds to the labels of itself and of its neighbours is worked out once per form
(``piece_table``); a text then costs look-ups, a few array gathers and the decoding of those
stretches in which anything could be a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.decode import Bounds, best_other, decode, following
from searchkit.extract.features import OFFSETS
from searchkit.extract.piece_table import CLOSES, OPENS, PieceTable, Traits
from searchkit.extract.protocol import KINDS, Mention
from searchkit.extract.tagger_model import TYPES, TaggerModel
from searchkit.text.growing import ranges

Places = NDArray[np.int64]

_SPACE_TABLE = 0x3002
_LINE_FEED = 10


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text as its pieces, and the names in it.

    Attributes:
        forms: the number of each piece's form in the table.
        starts, ends: where each piece stands in the text.
        mentions: the names, in order, none overlapping another.
        sureness: of each mention, how far it is above being no name, in units of ``1 / SCALE``.
    """

    forms: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    mentions: list[Mention]
    sureness: list[int]


class Tagger:
    """Finds names; what it learned of forms it keeps.

    Args:
        model: the weights.
        traits: further facts about forms, as numbers of 32 bits; see ``PieceTable``.
    """

    def __init__(self, model: TaggerModel, traits: Traits | None = None) -> None:
        self._steps = model.transitions
        self._bounds = Bounds.of(model.transitions)
        self.table = PieceTable(model, traits)

    def tag(self, text: str) -> TaggedText:
        """The pieces of a text and the names in it.

        Args:
            text: any text; the time grows with its length, the memory with its different words.
        """
        chunks = text.split()
        numbers = self.table.numbers(chunks)
        starts, opens = chunk_places(text)
        first = self.table.chunk_first.view()
        counts = first[numbers + 1] - first[numbers]
        pieces = ranges(first[numbers], counts)
        forms = self.table.piece_form.view()[pieces]
        base = np.repeat(starts, counts)
        starts = self.table.piece_start.view()[pieces] + base
        ends = self.table.piece_end.view()[pieces] + base
        marks = self.table.chunk_marks.view()[numbers]
        opens[1:] |= (marks[:-1] & CLOSES != 0) & (marks[1:] & OPENS != 0)
        # Two boundaries before each sentence, and two at the end.
        places = np.arange(len(forms)) + np.repeat(2 * np.cumsum(opens), counts)
        padded = np.zeros(len(forms) + 2 * int(opens.sum()) + 2, dtype=np.int32)
        padded[places] = forms
        words, labels, follows, gains = self._labels(padded, places)
        heads, tails = _names(labels, follows)
        names = np.flatnonzero(labels[heads] <= 2 * len(KINDS))
        heads, tails = heads[names], tails[names]
        total = np.append(0, np.cumsum(gains))
        kinds = [TYPES[kind] for kind in ((labels[heads] - 1) // 2).tolist()]
        from_, to = starts[words[heads]].tolist(), ends[words[tails]].tolist()
        mentions = [*zip(from_, to, kinds, strict=True)]
        return TaggedText(forms, starts, ends, mentions, (total[tails + 1] - total[heads]).tolist())

    def _labels(
        self, padded: NDArray[np.int32], places: Places
    ) -> tuple[Places, Places, NDArray[np.bool_], NDArray[np.int32]]:
        """Which of some words may be names, their labels, which follow on one another, and how
        far each label is above ``O``.
        """
        outer = (padded[places - 1] == 0) | (padded[places + 1] == 0)
        scores = _summed(self.table.rows, padded, places)
        kept = self._bounds.possible(best_other(scores), places, outer)
        places, scores = places[kept], scores[kept]
        follows = following(places)
        leads = np.ones(len(places), dtype=np.bool_)
        leads[:-1] = ~follows[1:]
        # What stands around a stretch is no name, or no word at all.
        inner = np.flatnonzero(~follows & (padded[places - 1] != 0))
        scores[inner] += self._steps[0]
        inner = np.flatnonzero(leads & (padded[places + 1] != 0))
        scores[inner] += self._steps[:, 0]
        labels = decode(scores, follows, self._steps)
        return kept, labels, follows, scores[np.arange(len(labels)), labels] - scores[:, 0]


def _summed(
    rows: NDArray[np.int16], padded: NDArray[np.int32], places: Places
) -> NDArray[np.int32]:
    """What the forms around each place add up to."""
    total: NDArray[np.int32] = rows[0][padded[places + OFFSETS[0]]].astype(np.int32)
    for n, offset in enumerate(OFFSETS[1:], start=1):
        total += rows[n][padded[places + offset]]
    return total


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
