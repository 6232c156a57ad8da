"""Which words of some documents, and which parts of words, a query found."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Highlighting
from searchkit.engine.port import EngineReader, Places, Target
from searchkit.query.highlights import Highlights
from searchkit.query.plan import EXACT, TEXT, Phrase, Term


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in the texts of a page, by document, then place.

    Invariants: arrays of one length. ``documents`` counts into the page. ``kinds`` tells words
    apart, counting into ``worths``: two of one kind say the same thing. ``starts`` and ``ends`` are
    code points of the text, ``is_part`` whether only part of a word was found, which is worth
    ``part`` of the word.
    """

    documents: NDArray[np.int32]
    kinds: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    is_part: NDArray[np.bool_]
    worths: tuple[float, ...]
    part: float

    def __len__(self) -> int:
        return len(self.documents)

    def weights(self) -> NDArray[np.float64]:
        """How much each mark is worth."""
        worths = np.array([*self.worths, 0.0])[self.kinds]
        return np.where(self.is_part, self.part * worths, worths)


class Highlighter:
    """Finds the words of one query in texts.

    Args:
        highlights: what the query looks for.
        reader: knows where the words stand, and how rare they are.
        worth: what parts of words are worth.
    """

    def __init__(self, highlights: Highlights, reader: EngineReader, worth: Highlighting) -> None:
        self._reader = reader
        self._part = worth.part
        self._documents = reader.document_count()
        worths: dict[Target, float] = {}
        for stem in sorted(highlights.parts):
            worths[Term(TEXT, stem)] = worth.asked_part * self._rarity(TEXT, stem)
        for stem in sorted(highlights.stems):
            worths[Term(TEXT, stem)] = self._rarity(TEXT, stem)
        for form in sorted(highlights.exact):
            worths[Term(EXACT[TEXT], form)] = self._rarity(EXACT[TEXT], form)
        for terms in sorted(highlights.phrases):
            worths[Phrase(TEXT, terms)] = sum(self._rarity(TEXT, term) for term in terms)
        for node in highlights.expansions:
            if node.field == EXACT[TEXT]:
                worths[replace(node, weight=1.0)] = 1.0
        self._targets = tuple(worths)
        self._worths = tuple(worths.values())

    def __len__(self) -> int:
        """How many words, phrases and patterns it looks for."""
        return len(self._targets)

    def mark(self, numbers: list[int]) -> Marks:
        """What was found in the texts of documents."""
        places = self._reader.locate(self._targets, numbers)
        return _marks(places, self._worths, self._part)

    def _rarity(self, field: str, term: str) -> float:
        """How much finding a term is worth: 1 for the commonest, more the rarer it is."""
        frequency = self._reader.document_frequency(field, term)
        return 1.0 + math.log((self._documents + 1) / (frequency + 1))


def _marks(places: Places, worths: tuple[float, ...], part: float) -> Marks:
    """Places as marks: a word is marked as a whole where it was found itself, or all its parts."""
    is_part = places.parts > 0
    starts, ends = places.starts, places.ends
    if not np.count_nonzero(is_part):
        return Marks(places.documents, places.targets, starts, ends, is_part, worths, part)
    words, is_first = _words(places)
    first = is_first.nonzero()[0]
    is_whole = np.logical_or.reduceat(~is_part, first)
    # Parts with different beginnings, as many as the word has: all of it was found.
    is_new = is_first.copy()
    is_new[1:] |= starts[1:] != starts[:-1]
    is_complete = ~is_whole & (
        np.add.reduceat(is_new, first, dtype=np.int32) == places.parts[first]
    )
    complete = is_complete[words]
    starts = np.where(complete, places.word_starts, starts)
    ends = np.where(complete, places.word_ends, ends)
    keep = (~(is_part & is_whole[words])).nonzero()[0]
    return Marks(
        places.documents[keep],
        places.targets[keep],
        starts[keep],
        ends[keep],
        is_part[keep],
        worths,
        part,
    )


def _words(places: Places) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Numbers of the words around places, from 0, and which places are the first of theirs: those
    of one word follow one another.
    """
    keys = (places.documents.astype(np.int64) << 32) | places.word_starts
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    return is_first.cumsum() - 1, is_first
