"""Which words of a text a query found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import EngineReader
from searchkit.query.plan import EXACT, TEXT
from searchkit.query.planner import Highlights
from searchkit.text import AnalysedText, Lexicon

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Marked:
    """The found words of a text: numbers of words ascending, and how much each is worth.

    ``kinds`` tells words apart: two of one kind say the same thing. All three have one length.
    """

    words: NDArray[np.int64]
    kinds: NDArray[np.int64]
    weights: Weights


class Highlighter:
    """Finds the words of one query in texts.

    Args:
        lexicon: analyses the texts.
        highlights: what the query looks for.
        reader: tells how rare a word is, and what a pattern stands for.
    """

    def __init__(self, lexicon: Lexicon, highlights: Highlights, reader: EngineReader) -> None:
        self._lexicon = lexicon
        self._phrases = [*highlights.phrases]
        expanded = {term for node in highlights.expansions for term in reader.expand(node)}
        self._exact = _rarities(reader, EXACT[TEXT], highlights.exact | expanded)
        phrased = {stem for phrase in self._phrases for stem in phrase}
        self._stems = _rarities(reader, TEXT, highlights.stems)
        self._phrased = _rarities(reader, TEXT, phrased)

    def mark(self, words: AnalysedText) -> Marked:
        """The found words of an analysed text."""
        stems = self._lexicon.stems(words.forms)
        weights = np.zeros(len(words))
        kinds = stems.astype(np.int64)
        self._mark_terms(weights, stems, self._stems)
        self._mark_terms(weights, self._lexicon.second_stems(words.forms), self._stems)
        self._mark_terms(weights, self._lexicon.exact_terms(words.forms), self._exact)
        for phrase in self._phrases:
            self._mark_phrase(weights, stems, phrase)
        found = np.flatnonzero(weights)
        return Marked(found, kinds[found], weights[found])

    def _mark_terms(
        self, weights: Weights, terms: NDArray[np.int32], worth: Mapping[str, float]
    ) -> None:
        for term, weight in worth.items():
            number = self._lexicon.term_number(term)
            if number is not None:
                np.maximum(weights, (terms == number) * weight, out=weights)

    def _mark_phrase(
        self, weights: Weights, stems: NDArray[np.int32], phrase: tuple[str, ...]
    ) -> None:
        numbers = [self._lexicon.term_number(stem) for stem in phrase]
        count = len(stems) - len(phrase) + 1
        if count < 1 or None in numbers:
            return
        begins = np.ones(count, dtype=np.bool_)
        for distance, number in enumerate(numbers):
            begins &= stems[distance : distance + count] == number
        for begin in np.flatnonzero(begins):
            for distance, stem in enumerate(phrase):
                place = begin + distance
                weights[place] = max(weights[place], self._phrased[stem])


def _rarities(
    reader: EngineReader, field: str, terms: frozenset[str] | set[str]
) -> dict[str, float]:
    """How much finding each term is worth: 1 for the commonest, more the rarer it is."""
    documents = reader.statistics().documents
    return {
        term: 1.0 + float(np.log((documents + 1) / (reader.document_frequency(field, term) + 1)))
        for term in sorted(terms)
    }
