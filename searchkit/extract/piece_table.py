"""Everything that is worked out once per chunk and once per form, as growing arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import NamedTuple
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.features import OFFSETS
from searchkit.extract.pieces import BOUNDARY, cut_chunks
from searchkit.extract.tagger_model import LABELS, TaggerModel
from searchkit.extract.word_chunks import ChunkColumns, MarkTable, Words, stretches
from searchkit.text.chunk_table import ChunkTable
from searchkit.text.chunks import Chunks, cut_at_spaces
from searchkit.text.growing import GrowingArray, IntArray, offsets, ranges
from searchkit.text.known_chunks import CutText, KnownChunks
from searchkit.text.normalise import is_normal
from searchkit.text.numbering import Numbering

Places = NDArray[np.int64]
Traits = Callable[[list[str]], IntArray]

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
        marks: ``CLOSES`` and ``OPENS`` of each chunk.
        pieces: the number of each chunk's first piece; the others have the next ones.
        first: where the first piece of each chunk is in the row, and where the row ends.
        forms: the number of each piece's form.
    """

    marks: IntArray
    pieces: IntArray
    first: Places
    forms: IntArray

    def numbers(self, chosen: Places) -> tuple[Places, Places]:
        """Of some pieces of the row their numbers, and which chunks they are in."""
        chunks = np.searchsorted(self.first, chosen, side="right") - 1
        return self.pieces[chunks] + chosen - self.first[chunks], chunks


class _Elsewhere:
    """From the numbers of who cut texts to the numbers here, -1 for what was not seen yet.

    Args:
        known: who; not kept from being let go of, for it is large.
    """

    __slots__ = ("chunks", "known", "small", "words")

    def __init__(self, known: KnownChunks) -> None:
        self.known = ref(known)
        self.chunks: IntArray = np.zeros(0, np.int32)
        self.words: IntArray = np.zeros(0, np.int32)
        self.small: IntArray = np.zeros(0, np.int32)  # whether each word has no capital


def _lengthened(numbers: IntArray, size: int) -> IntArray:
    """At least so many numbers, further ones -1."""
    if len(numbers) >= size:
        return numbers
    return np.pad(numbers, (0, 2 * size - len(numbers)), constant_values=-1)


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
        self._elsewhere = _Elsewhere(KnownChunks())
        # First piece; number of pieces, and in the lowest bits the marks; form of the first piece;
        # code points. Four columns fill the sixteen bytes that NumPy gathers at once.
        self._chunks = GrowingArray(4)
        self._forms_of = GrowingArray()  # the form of each piece
        self._spans = GrowingArray(2)  # where each piece stands in its chunk: start, end
        self._form_traits = GrowingArray()
        self.forms: list[str] = []
        # Not of the words of texts cut elsewhere, which are never looked up: a form that is met
        # as one of them and in another chunk has two numbers.
        self._names: list[str] = []
        self._looked_up = Numbering(self._names)
        self._form_numbers = GrowingArray()
        # Eight labels fill sixteen bytes, too.
        self._rows = np.zeros((len(OFFSETS), 1024, len(LABELS) - 1), dtype=np.int16)
        self._numbers_of([BOUNDARY])
        self._marks = MarkTable(self._numbers_of)

    def __len__(self) -> int:
        return len(self._chunks)

    @property
    def rows(self) -> NDArray[np.int16]:
        """Offsets by forms by labels but ``O``: how far each is above it; more rows than forms."""
        if len(self._form_traits) < len(self.forms):
            self._score_forms()
        return self._rows

    @property
    def form_traits(self) -> IntArray:
        """What else is kept of each form."""
        if len(self._form_traits) < len(self.forms):
            self._score_forms()
        return self._form_traits.view()

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
        ours = self._ours(cut.known)
        chunks = ours.chunks
        numbers = chunks.take(cut.numbers)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            theirs, first = np.unique(cut.numbers[missing], return_index=True)
            with self._lock:
                learned = self._learned_of_cut(text, cut, missing[first], ours)
            chunks[theirs] = learned
            numbers[missing] = chunks[cut.numbers[missing]]
        return numbers

    def _ours(self, known: KnownChunks) -> _Elsewhere:
        """What is known here of the numbers of who cut a text."""
        ours = self._elsewhere
        if known is not ours.known():
            ours = self._elsewhere = _Elsewhere(known)
        # What another thread enters meanwhile is learned again: it costs time, no more.
        ours.chunks = _lengthened(ours.chunks, len(known))
        return ours

    def pieces(self, numbers: IntArray) -> PiecesOf:
        """The pieces of chunks by their numbers."""
        pieces, sizes, forms_of_first, _ = self._chunks.view().take(numbers, axis=0).T
        counts = sizes >> _MARK_BITS
        first = offsets(counts)
        # Of chunks without any piece the form goes where that of the next chunk will.
        forms = np.zeros(first[-1] + 1, np.int32)
        forms[first[:-1]] = forms_of_first
        several = np.flatnonzero(counts > 1)
        more = counts[several] - 1
        others = ranges(pieces[several] + 1, more)
        forms[ranges(first[several] + 1, more)] = self._forms_of.view().take(others)
        return PiecesOf(sizes & (CLOSES | OPENS), pieces, first, forms[:-1])

    def letters(self, numbers: IntArray) -> IntArray:
        """The code points of chunks by their numbers."""
        return self._chunks.view()[:, 3].take(numbers)

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
            some = texts[begin : begin + _TOGETHER]
            pieces = cut_chunks(some)
            letters = np.fromiter(map(len, some), np.int32, len(some))
            forms = self._numbers_of(pieces.forms)
            self._add(
                ChunkColumns(
                    np.array(pieces.counts, np.int32),
                    np.array(pieces.closes, np.bool_),
                    np.array(pieces.opens, np.bool_),
                    letters,
                    forms,
                    np.array(pieces.starts, np.int32),
                    np.array(pieces.ends, np.int32),
                )
            )
        return np.arange(known, len(self), dtype=np.int32)

    def _learned_of_cut(
        self, text: str, cut: CutText, chosen: Places, ours: _Elsewhere
    ) -> IntArray:
        """The numbers of new chunks of a text that was cut elsewhere; the caller holds the lock."""
        learned = np.full(len(chosen), -1, np.int32)
        for begin in range(0, len(chosen), _TOGETHER):
            some = slice(begin, begin + _TOGETHER)
            words = Words.of(cut, chosen[some])
            words, forms = self._forms_of_words(text, words, ours)
            small = ours.small[words.forms] != 0
            taken, columns = self._marks.take_apart(text, words, forms, small)
            known = len(self)
            self._add(columns)
            learned[begin + words.chunks[taken]] = np.arange(known, len(self))
        rest = np.flatnonzero(learned < 0)
        starts = cut.starts[chosen[rest]]
        ends = starts + cut.letters[chosen[rest]]
        learned[rest] = self._learned(stretches(text, starts, ends))
        return learned

    def _forms_of_words(self, text: str, words: Words, ours: _Elsewhere) -> tuple[Words, IntArray]:
        """Those of some words that are pieces as they stand, and the numbers of their forms."""
        size = int(words.forms.max(initial=-1)) + 1
        ours.words, ours.small = _lengthened(ours.words, size), _lengthened(ours.small, size)
        new = np.flatnonzero(ours.words[words.forms] < 0)
        new = new[np.unique(words.forms[new], return_index=True)[1]]
        read = words.some(new).read(text)
        plain = [n for n, word in enumerate(read) if word.isalnum() and is_normal(word)]
        theirs = words.forms[new[plain]]
        ours.words[theirs] = self._appended([read[n] for n in plain])
        ours.small[theirs] = [read[n][0].islower() for n in plain]
        numbers = ours.words[words.forms]
        chosen = np.flatnonzero(numbers >= 0)
        return words.some(chosen), numbers[chosen]

    def _add(self, chunks: ChunkColumns) -> None:
        """Give chunks the next numbers; the caller holds the lock."""
        pieces = offsets(chunks.counts)[:-1]
        marks = chunks.closes * CLOSES + chunks.opens * OPENS
        forms = np.append(chunks.forms, 0)[pieces]
        sizes = (chunks.counts << _MARK_BITS) + marks
        rows = [pieces + len(self._forms_of), sizes, forms, chunks.letters]
        self._forms_of.extend(chunks.forms)
        self._spans.extend(np.column_stack([chunks.starts, chunks.ends]))
        self._chunks.extend(np.column_stack(rows))

    def _numbers_of(self, forms: list[str]) -> IntArray:
        """The numbers of forms; the caller holds the lock."""
        numbers = self._looked_up.of(forms)
        self._form_numbers.extend(self._appended(self._names[len(self._form_numbers) :]))
        return self._form_numbers.view()[numbers]

    def _appended(self, forms: list[str]) -> IntArray:
        """The next numbers for forms; the caller holds the lock."""
        known = len(self.forms)
        self.forms += forms
        return np.arange(known, len(self.forms), dtype=np.int32)

    def _score_forms(self) -> None:
        """Score the forms that are new since the last time: many at once, for that is quicker."""
        with self._lock:
            known, size = len(self._form_traits), len(self.forms)
            forms = self.forms[known:]
            if size > self._rows.shape[1]:
                larger = np.zeros((len(OFFSETS), 2 * size, len(LABELS) - 1), dtype=np.int16)
                larger[:, :known] = self._rows[:, :known]
                self._rows = larger
            for some, scores in self._model.scored(forms):
                margins = np.clip(scores[..., 1:] - scores[..., :1], -_MOST, _MOST)
                into = slice(known + some.start, known + some.stop)
                self._rows[:, into] = margins.transpose(1, 0, 2)
            # Last: who finds as many as there are forms finds their scores.
            self._form_traits.extend(self._traits(forms) if self._traits else [0] * len(forms))
