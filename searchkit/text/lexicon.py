"""The words of texts: what each text is made of, as numbers of forms of which all is known.

A text is first cut at white space. Each distinct chunk (``„Gipfel“,``) is taken apart once, each
distinct form (``Gipfel``) is analysed once; after that a text costs a few array gathers. Numbers of
forms and terms hold within one lexicon only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from searchkit.text.chunks import Chunks, chunk_starts, cut_at_spaces
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.growing import IntArray, offsets
from searchkit.text.known_chunks import CutText, KnownChunks
from searchkit.text.tokenise import tokenise_chunk, tokenise_chunks
from searchkit.text.word_forms import WordForms

# Texts of about so many letters are looked up together: enough to make little of what a NumPy call
# costs, few enough for their words to be in the processor's cache still.
_BATCH_LETTERS = 250_000

# So many new chunks are learnt together, and so many batches wait for that at most.
_NEW_TOGETHER = 60_000
_MAX_PENDING = 50

MAX_CHUNKS = 960_000
"""When more chunks are known they are forgotten, and learnt anew as they come, so that their memory
has a bound. 20,000 articles of news have 815,000; twice as many would take another table of the
size of the one that these fill."""

# So many short texts, such as the words of queries, are kept as they were analysed.
_SHORT_LETTERS = 100
_MAX_RECENT = 4096


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text as numbers of forms.

    Invariants: ``forms``, ``starts`` and ``ends`` have one int32 entry per word, in text order;
    ``text[starts[i]:ends[i]]`` is word ``i`` as it stands. ``joined_forms`` are the hyphen chains
    written as one word, ``joined_starts`` and ``joined_ends`` where each chain stands. ``cut`` is
    what the text was cut into at white space, where that is known.
    """

    forms: IntArray
    starts: IntArray
    ends: IntArray
    joined_forms: IntArray
    joined_starts: IntArray
    joined_ends: IntArray
    cut: CutText | None = None

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True)
class _CutTexts:
    """Texts cut at white space.

    Invariants: ``numbers`` are those of the chunks, -1 at ``places``, where the ``new`` ones are.
    """

    chunks: Chunks
    numbers: IntArray
    places: NDArray[np.intp]
    new: list[str]


class Lexicon(WordForms):
    """Forms and terms by number, growing as texts bring new ones; safe to share among threads.

    Args:
        splitter: finds the parts of compounds; ``None`` for none.
        word_patterns: what stays one word, unstemmed and without parts, besides what is one anyway;
            see ``Settings.word_patterns``.

    >>> lexicon = Lexicon()
    >>> words = lexicon.analyse("Nach den Gipfeln")
    >>> [lexicon.terms[n] for n in lexicon.stems(words.forms)]
    ['nach', 'den', 'gipfel']
    """

    def __init__(
        self, splitter: CompoundSplitter | None = None, word_patterns: Sequence[str] = ()
    ) -> None:
        super().__init__(splitter, word_patterns)
        self._known = KnownChunks()
        self._recent: dict[str, AnalysedText] = {}

    def analyse(self, text: str) -> AnalysedText:
        """Cut a text into words.

        Args:
            text: any text, of any length; nothing raises.
        """
        if len(text) > _SHORT_LETTERS:
            known = self._current()
            (words,) = self._finished(known, [_cut(known, [text])])
            return words
        recent = self._recent.get(text)
        if recent is None:
            recent = self._analysed_alone(text)
            if len(self._recent) >= _MAX_RECENT:
                self._recent = {}
            self._recent[text] = recent
        return recent

    def _analysed_alone(self, text: str) -> AnalysedText:
        """A short text without any array calls, for these are made for many texts."""
        tokens, end = [], 0
        for chunk in text.split():
            begin = text.index(chunk, end)
            end = begin + len(chunk)
            tokens += [(begin, token) for token in tokenise_chunk(chunk, self._patterns)]
        with self._lock:
            forms = self._numbers_of([token.form for _, token in tokens])
        rows = np.array(
            [
                (n, b + t.start, b + t.end, t.joined)
                for n, (b, t) in zip(forms, tokens, strict=True)
            ],
            np.int32,
        ).reshape(-1, 4)
        words, joined = rows[rows[:, 3] == 0].T, rows[rows[:, 3] != 0].T
        return AnalysedText(*words[:3].copy(), *joined[:3].copy())

    def analyse_all(self, texts: Iterable[str]) -> Iterator[AnalysedText]:
        """Cut many texts into words: ``analyse`` of each, in order and faster.

        New words are analysed many at once.

        Args:
            texts: any texts; up to some millions of letters are read ahead.

        >>> lexicon = Lexicon()
        >>> [len(words) for words in lexicon.analyse_all(["Nach den Gipfeln", "Berlin"])]
        [3, 1]
        """
        known, pending, new = self._current(), [], 0
        for batch in _batches(texts):
            pending.append(_cut(known, batch))
            new += len(pending[-1].new)
            if new >= _NEW_TOGETHER or len(pending) >= _MAX_PENDING:
                yield from self._finished(known, pending)
                known, pending, new = self._current(), [], 0
        yield from self._finished(known, pending)

    def forget_chunks(self) -> None:
        """Let go of what is known of white-space chunks, which takes more memory than all else.

        Chunks are taken apart anew as they come. Forms and terms stay.
        """
        self._known = KnownChunks()

    def _current(self) -> KnownChunks:
        """The chunks known so far, or none where they have become too many."""
        if len(self._known) > MAX_CHUNKS:
            # Whoever works with them goes on to do so.
            self.forget_chunks()
        return self._known

    def _finished(self, known: KnownChunks, pending: Sequence[_CutTexts]) -> Iterator[AnalysedText]:
        new = [*dict.fromkeys(chain.from_iterable(cut.new for cut in pending))]
        # A single text may bring millions, and learning takes memory for each.
        for begin in range(0, len(new), _NEW_TOGETHER):
            self._learn(known, new[begin : begin + _NEW_TOGETHER])
        for cut in pending:
            cut.numbers[cut.places] = known.find(cut.chunks.chosen(cut.places))
            yield from _analysed(known, cut.chunks, cut.numbers)

    def _learn(self, known: KnownChunks, texts: list[str]) -> None:
        """Take distinct chunks apart that seem new, and analyse their new forms."""
        if not texts:
            return
        with self._lock:
            chunks = cut_at_spaces([" ".join(texts)])
            # Another thread may have learnt some since.
            new = np.flatnonzero(known.find(chunks) < 0)
            fresh = [texts[n] for n in new.tolist()]
            tokens = tokenise_chunks(fresh, self._patterns)
            letters = np.fromiter(map(len, fresh), np.int32, len(fresh))
            known.add(chunks.chosen(new), letters, tokens, self._numbers_of(tokens.forms))


def _cut(known: KnownChunks, texts: list[str]) -> _CutTexts:
    chunks = cut_at_spaces(texts)
    numbers = known.find(chunks)
    places = np.flatnonzero(numbers < 0)
    return _CutTexts(chunks, numbers, places, chunks.texts(places))


def _analysed(known: KnownChunks, chunks: Chunks, numbers: IntArray) -> Iterator[AnalysedText]:
    """Texts by the numbers of their chunks."""
    rows = known.rows(numbers)
    letters = rows.letters.copy()  # kept with the texts, without the rest of the rows
    begins = chunk_starts(chunks, letters)
    counts, forms, starts, ends, chains, chain_chunks = known.words(rows, begins)
    chain_forms, chain_starts, chain_ends = chains.T.copy()
    chunk_bounds = offsets(chunks.sizes)
    bounds = offsets(counts)[chunk_bounds]
    chain_bounds = np.searchsorted(chain_chunks, chunk_bounds)
    columns = (bounds.tolist(), chain_bounds.tolist(), chunk_bounds.tolist())
    for (a, b), (c, d), (e, f) in zip(*map(pairwise, columns), strict=True):
        yield AnalysedText(
            forms[a:b],
            starts[a:b],
            ends[a:b],
            chain_forms[c:d],
            chain_starts[c:d],
            chain_ends[c:d],
            CutText(known, numbers[e:f], begins[e:f], letters[e:f]),
        )


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in lists of about ``_BATCH_LETTERS``."""
    batch: list[str] = []
    letters = 0
    for text in texts:
        batch.append(text)
        letters += len(text)
        if letters >= _BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch
