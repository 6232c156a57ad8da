"""Entities by a trained tagger: a conditional random field whose features look at single forms.

What a form adds to the labels of itself and of its neighbours is worked out once per form
(``piece_table``); a text then costs look-ups, a few array gathers and the decoding of those
stretches in which anything could be a name.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.decode import Bounds, decode, following, highest
from searchkit.extract.features import OFFSETS
from searchkit.extract.piece_table import CLOSES, OPENS, PiecesOf, PieceTable, Traits
from searchkit.extract.protocol import KINDS, Mention
from searchkit.extract.tagger_model import LABELS, TYPES, TaggerModel
from searchkit.text.chunks import Chunks, chunk_starts, cut_at_spaces
from searchkit.text.growing import offsets
from searchkit.text.known_chunks import CutText

Places = NDArray[np.int64]

_LINE_FEED = 10


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text as its pieces, and the names in it.

    Attributes:
        forms: the number of each piece's form in the table.
        starts, ends: where each piece stands in the text.
        mentions: the names, in order, none overlapping another.
        sureness: of each mention, how far it is above being no name, in units of ``1 / SCALE``;
            below 0 only where another name stands right before it.
    """

    forms: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    mentions: list[Mention]
    sureness: NDArray[np.int64]


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
        chunks = cut_at_spaces([text])
        pieces = self.table.pieces(self.table.numbers(chunks))
        return self._tagged(pieces, chunk_starts(chunks, pieces.letters), line_starts(chunks))

    def tag_cut(self, text: str, cut: CutText) -> TaggedText:
        """What ``tag`` finds, in less time.

        Args:
            text: any text.
            cut: what it was cut into before.
        """
        pieces = self.table.pieces(self.table.numbers_of_cut(text, cut))
        lines = np.fromiter(map(len, text.split("\n")), np.int64)
        first = np.zeros(len(cut.starts) + 1, dtype=np.bool_)
        first[np.searchsorted(cut.starts, offsets(lines + 1)[:-1])] = True
        return self._tagged(pieces, cut.starts, first[:-1])

    def _tagged(
        self, pieces: PiecesOf, begins: NDArray[np.int32], opens: NDArray[np.bool_]
    ) -> TaggedText:
        """The names among the pieces of chunks that begin in places, some of them lines."""
        counts, forms = pieces.counts, pieces.forms
        base = np.repeat(begins, counts)
        starts, ends = pieces.starts + base, pieces.ends + base
        opens[1:] |= (pieces.marks[:-1] & CLOSES != 0) & (pieces.marks[1:] & OPENS != 0)
        # Two boundaries before each sentence, and two at the end.
        places = np.arange(len(forms)) + np.repeat(2 * np.cumsum(opens), counts)
        padded = np.zeros(len(forms) + 2 * int(opens.sum()) + 2, dtype=np.int32)
        padded[places] = forms
        words, labels, follows, gains = self._labels(padded)
        heads, tails = _names(labels, follows)
        names = np.flatnonzero(labels[heads] <= 2 * len(KINDS))
        heads, tails = heads[names], tails[names]
        total = np.append(0, np.cumsum(gains))
        kinds = [TYPES[kind] for kind in ((labels[heads] - 1) // 2).tolist()]
        from_, to = starts[words[heads]].tolist(), ends[words[tails]].tolist()
        mentions = [*zip(from_, to, kinds, strict=True)]
        return TaggedText(forms, starts, ends, mentions, total[tails + 1] - total[heads])

    def _labels(
        self, padded: NDArray[np.int32]
    ) -> tuple[Places, Places, NDArray[np.bool_], NDArray[np.int32]]:
        """Which of the words between boundaries may be names, their labels, which follow on one
        another, and what the labels gain.
        """
        beside = _summed(self.table.rows, padded)
        words = padded[2:-2] != 0
        kept = self._bounds.possible(highest(beside), words)
        follows = following(kept)
        leads = np.ones(len(kept), dtype=np.bool_)
        leads[:-1] = ~follows[1:]
        scores = np.zeros((len(kept), len(LABELS)), dtype=np.int32)
        scores[:, 1:] = beside[kept]
        # What stands around a stretch is no name, or no word at all.
        scores[np.flatnonzero(~follows & (padded[kept + 1] != 0))] += self._steps[0]
        scores[np.flatnonzero(leads & (padded[kept + 3] != 0))] += self._steps[:, 0]
        labels = decode(scores, follows, self._steps)
        numbers = np.cumsum(words)[kept] - 1
        return numbers, labels, follows, _gains(scores, labels, follows, self._steps)


def _gains(
    scores: NDArray[np.int32], labels: Places, follows: NDArray[np.bool_], steps: NDArray[np.int32]
) -> NDArray[np.int32]:
    """How far the label of each word is above ``O``, the steps to it and from a name included.

    Summed over the words of a name: how much worse the sequence were without the name.
    """
    gains = scores[np.arange(len(labels)), labels] - scores[:, 0]
    beside = steps - steps[0, 0]
    inner = np.flatnonzero(follows)
    gains[inner] += beside[labels[inner - 1], labels[inner]]
    after = inner[labels[inner] == 0]
    gains[after - 1] += beside[labels[after - 1], 0]
    return gains


def _summed(rows: NDArray[np.int16], padded: NDArray[np.int32]) -> NDArray[np.int16]:
    """What the forms around each place add up to; of all places but two at either end."""
    size = max(len(padded) - len(OFFSETS) + 1, 0)
    total: NDArray[np.int16] = rows[0].take(padded[:size], axis=0)
    for n in range(1, len(OFFSETS)):
        total += rows[n].take(padded[n : n + size], axis=0)
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


def line_starts(chunks: Chunks) -> NDArray[np.bool_]:
    """Whether each chunk is the first of a line.

    >>> line_starts(cut_at_spaces(["Ein Wort\\nnoch"])).tolist()
    [True, False, True]
    """
    content = np.frombuffer(chunks.content, np.uint8)
    first = np.zeros(len(chunks) + 1, dtype=np.bool_)
    first[0] = True
    first[np.searchsorted(chunks.begins, np.flatnonzero(content == _LINE_FEED))] = True
    return first[:-1]
