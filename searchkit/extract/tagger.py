"""Entities by a trained tagger: a conditional random field whose features look at single forms.

What a form adds to the labels of itself and of its neighbours is worked out once per form
(``piece_table``); a text then costs look-ups, a few array gathers and the decoding of those
stretches in which anything could be a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.decode import Bounds, Margins, Places, decode, following
from searchkit.extract.features import OFFSETS
from searchkit.extract.piece_table import CLOSES, OPENS, PiecesOf, PieceTable, Traits
from searchkit.extract.protocol import KINDS, Mention
from searchkit.extract.tagger_model import LABELS, TYPES, TaggerModel
from searchkit.text.chunks import Chunks, chunk_starts, cut_at_spaces
from searchkit.text.growing import offsets
from searchkit.text.known_chunks import CutText

_LINE_FEED = 10
_LINE_FEEDS = re.compile("\n")
_TOGETHER = 1 << 14  # words whose scores stay in the caches of the processor


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text as its pieces, and the names in it.

    Attributes:
        forms: the number of each piece's form in the table.
        mentions: the names, in order, none overlapping another.
        sureness: of each mention, how far it is above being no name, in units of ``1 / SCALE``;
            below 0 only where another name stands right before it.
    """

    forms: NDArray[np.int32]
    mentions: list[Mention]
    sureness: NDArray[np.int64]
    _heads: Places
    _tails: Places
    _placed: PlacedPieces

    def spans(self, pieces: Places) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where some of the pieces stand in the text: starts and ends."""
        return self._placed.spans(pieces)

    def unnamed(self, pieces: Places) -> Places:
        """Those of some of the pieces, in order, that are in no name."""
        names = np.searchsorted(self._tails, pieces)
        return pieces[np.append(self._heads, len(self.forms))[names] > pieces]


@dataclass(frozen=True, slots=True)
class PlacedPieces:
    """The pieces of a text; where each stands is worked out when asked for, mostly it is not.

    Attributes:
        table: knows where pieces stand in their chunks.
        pieces: of the chunks of the text.
        begins: where each chunk stands.
    """

    table: PieceTable
    pieces: PiecesOf
    begins: NDArray[np.int32]

    def spans(self, chosen: Places) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where some of the pieces stand: starts and ends."""
        numbers, chunks = self.pieces.numbers(chosen)
        spans = self.table.spans(numbers)
        spans += self.begins[chunks, None]
        return spans[:, 0], spans[:, 1]


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
        numbers = self.table.numbers(chunks)
        begins = chunk_starts(chunks, self.table.letters(numbers))
        return self._tagged(self.table.pieces(numbers), begins, line_starts(chunks))

    def tag_cuts(self, texts: Sequence[str], cuts: Sequence[CutText]) -> Iterator[TaggedText]:
        """What ``tag`` finds in each of many texts, in less time.

        Args:
            texts: any texts.
            cuts: what each was cut into before.
        """
        # Of all before the first is tagged: new forms are then scored together.
        numbers = [self.table.numbers_of_cut(*each) for each in zip(texts, cuts, strict=True)]
        for text, cut, known in zip(texts, cuts, numbers, strict=True):
            lines = [0, *(match.end() for match in _LINE_FEEDS.finditer(text))]
            first = np.zeros(len(cut.starts) + 1, dtype=np.bool_)
            first[np.searchsorted(cut.starts, lines)] = True
            yield self._tagged(self.table.pieces(known), cut.starts, first[:-1])

    def _tagged(
        self, pieces: PiecesOf, begins: NDArray[np.int32], opens: NDArray[np.bool_]
    ) -> TaggedText:
        """The names among the pieces of chunks that begin in places, some of them lines."""
        opens[1:] |= (pieces.marks[:-1] & CLOSES != 0) & (pieces.marks[1:] & OPENS != 0)
        words, labels, follows, gains = self._labels(
            *_padded(pieces.forms, pieces.first[:-1][opens])
        )
        heads, tails = _names(labels, follows)
        names = np.flatnonzero(labels[heads] <= 2 * len(KINDS))
        heads, tails = heads[names], tails[names]
        total = offsets(gains)
        kinds = [TYPES[kind] for kind in ((labels[heads] - 1) // 2).tolist()]
        placed = PlacedPieces(self.table, pieces, begins)
        sureness = total[tails + 1] - total[heads]
        heads, tails = words[heads], words[tails]
        starts, ends = placed.spans(heads)[0], placed.spans(tails)[1]
        mentions = [*zip(starts.tolist(), ends.tolist(), kinds, strict=True)]
        return TaggedText(pieces.forms, mentions, sureness, heads, tails, placed)

    def _labels(
        self, padded: Places, boundaries: Places
    ) -> tuple[Places, Places, NDArray[np.bool_], NDArray[np.int32]]:
        """Which of the words between boundaries may be names, their labels, which follow on one
        another, and what the labels gain.
        """
        kept, margins = self._possible(padded, boundaries)
        follows = following(kept)
        leads = np.ones(len(kept), dtype=np.bool_)
        leads[:-1] = ~follows[1:]
        scores = np.zeros((len(kept), len(LABELS)), dtype=np.int32)
        scores[:, 1:] = margins
        # What stands around a stretch is no name, or no word at all.
        scores[np.flatnonzero(~follows & (padded[kept - 1] != 0))] += self._steps[0]
        scores[np.flatnonzero(leads & (padded[kept + 1] != 0))] += self._steps[:, 0]
        labels = decode(scores, follows, self._steps)
        words = kept - 2 * np.searchsorted(boundaries, kept)
        return words, labels, follows, _gains(scores, labels, follows, self._steps)

    def _possible(self, padded: Places, boundaries: Places) -> tuple[Places, Margins]:
        """The places of words that may be part of a name, and how far each label is above ``O``."""
        rows = self.table.rows
        kept, margins = [np.zeros(0, np.int64)], [np.zeros((0, rows.shape[2]), np.int16)]
        for start, stop in _blocks(boundaries):
            block = padded[start : stop + 2]
            beside = _summed(rows, block)
            places = self._bounds.possible(*self._bounds.worth(beside), block[2:-2] != 0)
            kept.append(places + (start + 2))
            margins.append(beside[places])
        return np.concatenate(kept), np.concatenate(margins)


def _padded(forms: NDArray[np.int32], opening: Places) -> tuple[Places, Places]:
    """The forms of a text with two boundaries before each sentence, and two at the end; and where
    each two begin.

    Args:
        forms: of all pieces.
        opening: with which of them sentences begin.
    """
    boundaries = np.append(opening, len(forms)) + 2 * np.arange(len(opening) + 1)
    is_form = np.ones(len(forms) + 2 * len(boundaries), dtype=np.bool_)
    is_form[boundaries] = is_form[boundaries + 1] = False
    padded = np.zeros(len(is_form), dtype=np.int64)
    padded[is_form] = forms
    return padded, boundaries


def _blocks(boundaries: Places) -> Iterator[tuple[int, int]]:
    """From which to which boundaries sentences are looked at together."""
    start = 0
    while start < boundaries[-1]:
        stop = boundaries[np.searchsorted(boundaries[:-1], start + _TOGETHER)]
        yield start, int(stop)
        start = int(stop)


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


def _summed(rows: Margins, padded: Places) -> Margins:
    """What the forms around each place add up to; of all places but two at either end."""
    size = len(padded) - len(OFFSETS) + 1
    # There is a row for every number of a form: nothing is clipped.
    total: Margins = rows[0].take(padded[:size], axis=0, mode="clip")
    added = np.empty_like(total)
    for n in range(1, len(OFFSETS)):
        rows[n].take(padded[n : n + size], axis=0, out=added, mode="clip")
        total += added
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
