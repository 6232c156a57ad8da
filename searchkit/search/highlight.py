"""Which words of a text, and which parts of words, a query found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import EngineReader
from searchkit.markup.spans import Span
from searchkit.query.highlights import Highlights
from searchkit.query.plan import EXACT, TEXT
from searchkit.text.lexicon import AnalysedText, FormParts, Lexicon

Weights = NDArray[np.float64]

# What the part of a word is worth beside the word, and the part of a compound that was asked for
# beside the compound.
_PART = 0.5
_ASKED_PART = 0.3


@dataclass(frozen=True, slots=True)
class Marked:
    """What was found in a text, in its order.

    Args:
        spans: the found words or parts of words.
        kinds: tells words apart: two of one kind say the same thing.
        weights: how much each is worth.
    """

    spans: tuple[Span, ...]
    kinds: tuple[int, ...]
    weights: tuple[float, ...]


class Highlighter:
    """Finds the words of one query in texts.

    Args:
        lexicon: analyses the texts.
        highlights: what the query looks for.
        reader: tells how rare a word is, and what a pattern stands for.
    """

    def __init__(self, lexicon: Lexicon, highlights: Highlights, reader: EngineReader) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._documents = reader.statistics().documents
        self._phrases = [self._rarities(TEXT, phrase) for phrase in sorted(highlights.phrases)]
        expanded = {term for node in highlights.expansions for term in reader.expand(node)}
        self._exact = dict.fromkeys(expanded, 1.0)
        self._exact |= dict(self._rarities(EXACT[TEXT], highlights.exact))
        asked_parts = self._rarities(TEXT, highlights.parts)
        self._stems = {part: _ASKED_PART * worth for part, worth in asked_parts}
        self._stems |= dict(self._rarities(TEXT, highlights.stems))

    def mark(self, words: AnalysedText) -> Marked:
        """What was found in an analysed text."""
        stems = self._lexicon.stems(words.forms)
        worth_of_stems = self._numbered(self._stems)
        weights = _looked_up(stems, worth_of_stems)
        for terms, table in (
            (self._lexicon.second_stems(words.forms), worth_of_stems),
            (self._lexicon.exact_terms(words.forms), self._numbered(self._exact)),
        ):
            np.maximum(weights, _looked_up(terms, table), out=weights)
        seconds = self._lexicon.second_stems(words.forms)
        for phrase in self._phrases:
            self._mark_phrase(weights, stems, seconds, phrase)
        found = np.flatnonzero(weights).tolist()
        marks = [
            (int(words.starts[w]), int(words.ends[w]), int(stems[w]), float(weights[w]))
            for w in found
        ]
        marks += self._marked_parts(words, set(found), worth_of_stems)
        marks += self._marked_chains(words, worth_of_stems)
        marks.sort()
        return Marked(
            tuple((start, end) for start, end, _, _ in marks),
            tuple(kind for _, _, kind, _ in marks),
            tuple(weight for _, _, _, weight in marks),
        )

    def _marked_parts(
        self, words: AnalysedText, marked: set[int], worth_of_stems: dict[int, float]
    ) -> list[tuple[int, int, int, float]]:
        """Found parts of words that are not marked as a whole; the word where all were found."""
        parts = self._lexicon.parts(words.forms)
        weights = _PART * _looked_up(parts.terms, worth_of_stems)
        found: dict[int, list[int]] = {}
        for place in np.flatnonzero(weights).tolist():
            word = int(parts.words[place])
            if word not in marked:
                found.setdefault(word, []).append(place)
        marks = []
        for word, places in found.items():
            spans = self._part_spans(words, parts, word, places)
            marks += [
                (start, end, int(parts.terms[place]), float(weights[place]))
                for (start, end), place in zip(spans, places, strict=False)
            ]
        return marks

    def _marked_chains(
        self, words: AnalysedText, worth_of_stems: dict[int, float]
    ) -> list[tuple[int, int, int, float]]:
        """Hyphen chains found as one word: ``Coronakrise`` finds ``Corona-Krise``."""
        stems = self._lexicon.stems(words.joined_forms)
        weights = _looked_up(stems, worth_of_stems)
        return [
            (
                int(words.joined_starts[n]),
                int(words.joined_ends[n]),
                int(stems[n]),
                float(weights[n]),
            )
            for n in np.flatnonzero(weights)
        ]

    def _part_spans(
        self, words: AnalysedText, parts: FormParts, word: int, places: Sequence[int]
    ) -> list[Span]:
        start, end = int(words.starts[word]), int(words.ends[word])
        everything = len(places) == int(np.count_nonzero(parts.words == word))
        # Where the word stands in another form (a soft hyphen in it), offsets do not fit.
        shifted = len(self._lexicon.forms[int(words.forms[word])]) != end - start
        if everything or shifted:
            return [(start, end)]
        return [(start + int(parts.starts[p]), start + int(parts.ends[p])) for p in places]

    def _mark_phrase(
        self,
        weights: Weights,
        stems: NDArray[np.int32],
        seconds: NDArray[np.int32],
        phrase: Sequence[tuple[str, float]],
    ) -> None:
        numbers = [self._lexicon.term_number(stem) for stem, _ in phrase]
        count = len(stems) - len(phrase) + 1
        if count < 1 or None in numbers:
            return
        begins = np.ones(count, dtype=np.bool_)
        for distance, number in enumerate(numbers):
            here = slice(distance, distance + count)
            begins &= (stems[here] == number) | (seconds[here] == number)
        places = np.flatnonzero(begins)
        for distance, (_, worth) in enumerate(phrase):
            weights[places + distance] = np.maximum(weights[places + distance], worth)

    def _numbered(self, worth: dict[str, float]) -> dict[int, float]:
        """The worth of terms by number; a term that no text has brought yet is in none."""
        numbers = {term: self._lexicon.term_number(term) for term in worth}
        return {number: worth[term] for term, number in numbers.items() if number is not None}

    def _rarities(self, field: str, terms: Iterable[str]) -> list[tuple[str, float]]:
        """How much finding each term is worth: 1 for the commonest, more the rarer it is."""
        return [
            (term, 1.0 + float(np.log((self._documents + 1) / (frequency + 1))))
            for term in terms
            for frequency in [self._reader.document_frequency(field, term)]
        ]


def _looked_up(terms: NDArray[np.int32], table: dict[int, float]) -> Weights:
    """The worth of each term, 0 for what is not in the table."""
    if not table:
        return np.zeros(len(terms))
    numbers = np.array(sorted(table), dtype=np.int32)
    worth = np.array([table[number] for number in numbers.tolist()])
    places = np.minimum(np.searchsorted(numbers, terms), len(numbers) - 1)
    return np.asarray(np.where(numbers[places] == terms, worth[places], 0.0))
