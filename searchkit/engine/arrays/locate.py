"""Where the words of plan nodes stand in the texts of a few documents of a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.places import (
    PlacedForms,
    joined_places,
    placed_forms,
    placed_stem,
    places_in,
)
from searchkit.engine.arrays.reader import ArraySnapshot
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.cache import Cache
from searchkit.engine.phrases import phrase_begins
from searchkit.engine.port import Places, Target
from searchkit.query.plan import TEXT, Expansion, Phrase, Term
from searchkit.text.growing import distinct

_PLACED_BYTES = 32 << 20
# Of a pattern, as many words are marked as have so many postings.
_MOST_POSTINGS = 1_000_000


class Locator:
    """Finds words in texts.

    Args:
        snapshot: what holds the documents.
        occurrences: every word of a term of a field; see ``Snapshot.occurrences``.
    """

    def __init__(
        self, snapshot: ArraySnapshot, occurrences: Callable[[str, str], NDArray[np.int64]]
    ) -> None:
        self._snapshot = snapshot
        self._occurrences = occurrences
        self._placed: Cache[PlacedForms] = Cache(_PLACED_BYTES, lambda placed: placed.size_bytes)

    def locate(self, targets: Sequence[Target], numbers: Sequence[int]) -> Places:
        """Where targets stand in the texts of documents; by document, then place.

        Args:
            targets: words, phrases and patterns.
            numbers: of documents.
        """
        words = [(n, word) for n, target in enumerate(targets) for word in _words(target)]
        found = []
        for number, slots, local in self._by_segment(numbers):
            placed = [self._placed_word(number, word) for _, word in words]
            here = places_in(self._snapshot.segments[number], local, placed)
            if len(local) < len(numbers):
                here = replace(here, documents=slots.astype(np.int32)[here.documents])
            here = _in_phrases(here, self._phrase_filter(targets, words, here, numbers))
            if len(words) > len(targets):
                owners = np.array([n for n, _ in words], np.int32)
                here = replace(here, targets=owners[here.targets])
            found.append(here)
        return found[0] if len(found) == 1 else joined_places(found)

    def _by_segment(
        self, numbers: Sequence[int]
    ) -> Iterator[tuple[int, NDArray[np.intp], Sequence[int]]]:
        """For each segment that has some of the documents: its number, which of them, and their
        numbers in it.
        """
        if len(self._snapshot.segments) == 1:
            yield 0, np.arange(len(numbers)), numbers
            return
        wanted, bases = np.asarray(numbers, dtype=np.int64), np.asarray(self._snapshot.bases)
        owners = bases.searchsorted(wanted, "right") - 1
        for number in distinct(owners).tolist():
            slots = (owners == number).nonzero()[0]
            yield number, slots, (wanted[slots] - bases[number]).tolist()

    def _placed_word(self, number: int, word: Term | Expansion) -> PlacedForms:
        segment = self._snapshot.segments[number]
        return self._placed.get((number, word), lambda: self._place(segment, word))

    def _place(self, segment: Segment, word: Term | Expansion) -> PlacedForms:
        if isinstance(word, Expansion):
            terms = self._snapshot.expand(word)
            forms = [segment.word_forms(word.field, term.encode()) for term in terms]
            found = distinct(np.concatenate([*forms, np.zeros(0, int)]))
            return placed_forms(segment, _rarest(segment, found))
        term = word.term.encode("utf-8", "replace")
        if word.field == TEXT:
            return placed_stem(segment, term)
        return placed_forms(segment, segment.word_forms(word.field, term))

    def _phrase_filter(
        self,
        targets: Sequence[Target],
        words: Sequence[tuple[int, Term | Expansion]],
        places: Places,
        numbers: Sequence[int],
    ) -> NDArray[np.bool_] | None:
        """Which places are in no phrase, or where the whole phrase stands; None for all."""
        phrases = [(n, t) for n, t in enumerate(targets) if isinstance(t, Phrase)]
        if not phrases:
            return None
        keep = np.ones(len(places), dtype=np.bool_)
        documents = np.asarray(numbers, dtype=np.int64)[places.documents]
        keys = (documents << 32) | places.positions
        for owner, phrase in phrases:
            begins = phrase_begins([self._occurrences(TEXT, term) for term in phrase.terms])
            first = next(w for w, (n, _) in enumerate(words) if n == owner)
            for distance in range(len(phrase.terms)):
                here = places.targets == first + distance
                whole = np.isin(keys[here] - distance, begins) & (places.parts[here] == 0)
                keep[here] = whole
        return keep


def _rarest(segment: Segment, forms: NDArray[np.int64]) -> NDArray[np.int64]:
    """As many of some forms as have so many postings as can be looked through: what a pattern like
    ``*e*`` stands for is in every line, and marks nothing by being marked.
    """
    counts = segment.words[TEXT].document_counts(forms)
    order = np.argsort(counts, kind="stable")
    few = order[np.cumsum(counts[order]) <= _MOST_POSTINGS]
    return forms[np.sort(few)]


def _words(target: Target) -> Sequence[Term | Expansion]:
    if isinstance(target, Phrase):
        return [Term(TEXT, term) for term in target.terms]
    return [target]


def _in_phrases(places: Places, keep: NDArray[np.bool_] | None) -> Places:
    return places if keep is None else places[np.flatnonzero(keep)]
