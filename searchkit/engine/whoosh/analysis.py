"""The lexicon's words as tokens of Whoosh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.analysis import Analyzer, Token

from searchkit.text.lexicon import AnalysedText, Lexicon
from searchkit.text.normalise import normalise


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """A term and where it stands; places sort by word, then place, longer ones first."""

    position: int
    start: int
    minus_end: int
    term: int

    @classmethod
    def of(cls, position: int, start: int, end: int, term: int) -> _Place:
        return cls(position, start, -end, term)


def _as_term(text: str) -> str:
    return normalise(text)[0].lower().replace("ß", "ss")


class LexiconAnalyzer(Analyzer):  # type: ignore[misc]
    """A Whoosh analyser that gives the terms under which documents are indexed.

    In mode ``index`` (also that of Whoosh's highlighter) a word gives its stem, the stems of its
    parts and hyphen chains as one word; otherwise one term for every word.

    Args:
        lexicon: analyses the words.
        exact: whether the terms are words in lower case rather than stems.

    >>> analyzer = LexiconAnalyzer(Lexicon())
    >>> [token.text for token in analyzer("Nach den Gipfeln")]
    ['nach', 'den', 'gipfel']
    """

    def __init__(self, lexicon: Lexicon, *, exact: bool = False) -> None:
        self._lexicon = lexicon
        self._exact = exact

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        tokenize: bool = True,
        **options: Any,
    ) -> Iterator[Token]:
        """The tokens of a text; see ``whoosh.analysis`` for the arguments.

        What is not to be tokenized, such as a pattern, is only written as terms are.
        """
        token = Token(positions, chars, mode=mode, **options)
        for place, term in self._terms(value, mode, tokenize=tokenize):
            end = -place.minus_end
            token.text = term
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[place.start : end]
            if positions:
                token.pos = start_pos + place.position
            if chars:
                token.startchar, token.endchar = start_char + place.start, start_char + end
            yield token

    def _terms(self, text: str, mode: str, *, tokenize: bool) -> Iterator[tuple[_Place, str]]:
        if not tokenize:
            yield _Place.of(0, 0, len(text), 0), _as_term(text)
            return
        for place in self._places(text, mode):
            yield place, self._lexicon.terms[place.term]

    def _places(self, text: str, mode: str) -> list[_Place]:
        words = self._lexicon.analyse(text)
        terms = self._lexicon.exact_terms if self._exact else self._lexicon.stems
        spans = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
        found = [
            _Place.of(position, start, end, term)
            for position, ((start, end), term) in enumerate(
                zip(spans, terms(words.forms).tolist(), strict=True)
            )
        ]
        if self._exact or mode != "index":
            return found
        return sorted(
            [*found, *self._second_stems(words), *self._parts(words), *self._chains(words)]
        )

    def _second_stems(self, words: AnalysedText) -> Iterator[_Place]:
        second = self._lexicon.second_stems(words.forms)
        for position in np.flatnonzero(second >= 0).tolist():
            start, end = int(words.starts[position]), int(words.ends[position])
            yield _Place.of(position, start, end, int(second[position]))

    def _parts(self, words: AnalysedText) -> Iterator[_Place]:
        parts = self._lexicon.parts(words.forms)
        columns = (parts.words, parts.terms, parts.starts, parts.ends)
        for position, term, begin, finish in zip(*(c.tolist() for c in columns), strict=True):
            start, end = int(words.starts[position]), int(words.ends[position])
            # Where a word is not as long as its form, offsets in the form say nothing.
            if end - start == len(self._lexicon.forms[words.forms[position]]):
                start, end = start + begin, start + finish
            yield _Place.of(position, start, end, term)

    def _chains(self, words: AnalysedText) -> Iterator[_Place]:
        first = np.searchsorted(words.starts, words.joined_starts)
        columns = (
            first,
            words.joined_starts,
            words.joined_ends,
            self._lexicon.stems(words.joined_forms),
        )
        for position, start, end, term in zip(*(c.tolist() for c in columns), strict=True):
            yield _Place.of(position, start, end, term)
