"""Everything that is worked out once per chunk and once per form, as growing arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.features import OFFSETS
from searchkit.extract.pieces import BOUNDARY, cut_chunks
from searchkit.extract.tagger_model import LABELS, TaggerModel
from searchkit.text.chunk_table import ChunkTable
from searchkit.text.chunks import Chunks, cut_at_spaces
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.known_chunks import CutText, KnownChunks
from searchkit.text.numbering import Numbering

Places = NDArray[np.int64]
Traits = Callable[[list[str]], list[int]]

# So many new chunks are learned together.
_TOGETHER = 30_000

# What marks of chunks say: a sentence may end with it, may begin with it.
CLOSES = 1
OPENS = 2
_MARK_BITS = 2

_MOST = ((1 << 15) - (1 << 11)) // len(OFFSETS)
"""So that the sums over all offsets and a step fit as well; twice what the shipped model has."""


class PiecesOf(NamedTuple):
    """Some chunks, and the pieces of all of them in a row.

    Args:
        counts: how many pieces each chunk has.
        marks: ``CLOSES`` and ``OPENS`` of each chunk.
        pieces: the number of each piece.
        forms: the number of each piece's form.
    """

    counts: IntArray
    marks: IntArray
    pieces: Places
    forms: IntArray


class PieceTable:
    """Numbers chunks and forms as texts bring them; safe to share among threads.

    Form 0 stands between sentences.

    Args:
        model: scores the forms.
        traits: what else is to be kept of new forms, one number each, in ``form_traits``.
    """

    def __init__(self, model: TaggerModel, traits: Traits | None = None) -> None:
        self._model = model
        self._traits = traits
        self._lock = threading.Lock()
        self._numbers = ChunkTable()
        self._elsewhere = (KnownChunks(), np.zeros(0, dtype=np.int32))
        # First piece; number of pieces, and in the lowest bits the marks.
        self._chunks = GrowingArray(2)
        self._letters = GrowingArray()  # code points of each chunk
        self._forms_of = GrowingArray()  # the form of each piece
        self._spans = GrowingArray(2)  # where each piece stands in its chunk: start, end
        self.form_traits = GrowingArray()
        self.forms: list[str] = []
        self._form_numbers = Numbering(self.forms)
        # Eight labels fill the sixteen bytes that NumPy gathers at once.
        self._rows = np.zeros((len(OFFSETS), 1024, len(LABELS) - 1), dtype=np.int16)
        self._numbers_of([BOUNDARY])

    def __len__(self) -> int:
        return len(self._chunks)

    @property
    def rows(self) -> NDArray[np.int16]:
        """Offsets by forms by labels but ``O``: how far each is above it; more rows than forms."""
        return self._rows

    def numbers(self, chunks: Chunks) -> IntArray:
        """The number of each chunk; new ones are learned."""
        numbers = self._numbers.find(chunks)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            self.learn(chunks.texts(missing))
            numbers[missing] = self._numbers.find(chunks.chosen(missing))
        return numbers

    def numbers_of_cut(self, text: str, cut: CutText) -> IntArray:
        """The number of each chunk of a text that was cut elsewhere; new ones are learned.

        No chunk is looked up by its letters: its number there tells its number here.
        """
        ours = self._ours(cut)
        numbers = ours.take(cut.numbers)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            theirs, first = np.unique(cut.numbers[missing], return_index=True)
            starts = cut.starts[missing[first]]
            ends = starts + cut.letters[missing[first]]
            columns = (starts.tolist(), ends.tolist())
            with self._lock:
                learned = self._learned([text[a:b] for a, b in zip(*columns, strict=True)])
            ours[theirs] = learned
            numbers[missing] = ours[cut.numbers[missing]]
        return numbers

    def _ours(self, cut: CutText) -> IntArray:
        """From the numbers of who cut a text to the numbers here, -1 for chunks not seen yet."""
        known, ours = self._elsewhere
        if known is not cut.known:
            ours = np.zeros(0, dtype=np.int32)
        if len(ours) < len(cut.known):
            # What another thread enters meanwhile is learned again: it costs time, no more.
            ours = np.pad(ours, (0, 2 * len(cut.known) - len(ours)), constant_values=-1)
        self._elsewhere = (cut.known, ours)
        return ours

    def pieces(self, numbers: IntArray) -> PiecesOf:
        """The pieces of chunks by their numbers."""
        first, counts = self._chunks.view().take(numbers, axis=0).T
        marks, counts = counts & (CLOSES | OPENS), counts >> _MARK_BITS
        pieces = ranges(first, counts)
        return PiecesOf(counts, marks, pieces, self._forms_of.view().take(pieces))

    def letters(self, numbers: IntArray) -> IntArray:
        """The code points of chunks by their numbers."""
        return self._letters.view().take(numbers)

    def spans(self, pieces: Places) -> IntArray:
        """Where pieces stand in their chunks: starts and ends, a piece a row."""
        return self._spans.view().take(pieces, axis=0)

    def learn(self, texts: Iterable[str]) -> None:
        """Take new chunks apart and score their new forms.

        Args:
            texts: chunks without white space; those known are passed over.
        """
        distinct = [*dict.fromkeys(texts)]
        chunks = cut_at_spaces([" ".join(distinct)])
        with self._lock:
            new = np.flatnonzero(self._numbers.find(chunks) < 0)
            numbers = self._learned([distinct[n] for n in new.tolist()])
            # Filled last: who finds a number there without the lock finds all behind it.
            self._numbers.add(chunks.chosen(new), numbers)

    def _learned(self, texts: list[str]) -> IntArray:
        """The numbers of new chunks; the caller holds the lock."""
        known = len(self)
        # A single text may bring a million, and learning takes memory for each.
        for begin in range(0, len(texts), _TOGETHER):
            self._learn_chunks(texts[begin : begin + _TOGETHER])
        return np.arange(known, len(self), dtype=np.int32)

    def _learn_chunks(self, texts: list[str]) -> None:
        pieces = cut_chunks(texts)
        forms = self._numbers_of(pieces.forms)
        counts = np.array(pieces.counts, np.int32)
        firsts = len(self._forms_of) + np.cumsum(counts) - counts
        marks = np.array(pieces.closes, np.int32) * CLOSES
        marks += np.array(pieces.opens, np.int32) * OPENS
        self._forms_of.extend(forms)
        self._spans.extend(np.column_stack([pieces.starts, pieces.ends]))
        self._letters.extend(np.fromiter(map(len, texts), np.int32, len(texts)))
        self._chunks.extend(np.column_stack([firsts, (counts << _MARK_BITS) + marks]))

    def _numbers_of(self, forms: list[str]) -> IntArray:
        """The numbers of forms, new ones scored; the caller holds the lock."""
        known = len(self.forms)
        numbers = self._form_numbers.of(forms)
        if len(self.forms) > known:
            self._learn_forms(self.forms[known:], known)
        return numbers

    def _learn_forms(self, forms: list[str], known: int) -> None:
        size = known + len(forms)
        rows = self._model.rows(forms).transpose(1, 0, 2).astype(np.int32)
        if size > self._rows.shape[1]:
            larger = np.zeros((len(OFFSETS), 2 * size, len(LABELS) - 1), dtype=np.int16)
            larger[:, :known] = self._rows[:, :known]
            self._rows = larger
        self._rows[:, known:size] = np.clip(rows[..., 1:] - rows[..., :1], -_MOST, _MOST)
        self.form_traits.extend(self._traits(forms) if self._traits else [0] * len(forms))
