"""Phrases and near words from occurrences, on arrays.

An occurrence is one number: a document number times 2**32 plus a word position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import distinct

Keys = NDArray[np.int64]

_SHIFT = 32


def phrase_matches(
    terms: Sequence[str], occurrences: Sequence[Keys], slop: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """In which documents words follow one another, ascending, and how often in each.

    Args:
        terms: the words, in the order of the phrase.
        occurrences: of each word; ascending.
        slop: 0 for side by side in order; n for any order within ``len(occurrences) + n`` words.
    """
    if slop:
        documents = _near(terms, occurrences, len(terms) + slop)
    else:
        documents = (phrase_begins(occurrences) >> _SHIFT).astype(np.int32)
    found, counts = np.unique(documents, return_counts=True)
    return found, counts


def phrase_begins(occurrences: Sequence[Keys]) -> Keys:
    """Where words follow one another: the occurrences of the first, ascending.

    The rarest word is looked up beside the others. A shift that leaves its document finds nothing:
    it points to where no word is, four thousand million words behind the end of the one before.
    """
    order = sorted(range(len(occurrences)), key=lambda n: len(occurrences[n]))
    begins = occurrences[order[0]] - order[0]
    for distance in order[1:]:
        places = occurrences[distance]
        if not len(begins) or not len(places):
            return np.zeros(0, dtype=np.int64)
        found = np.searchsorted(places, begins + distance)
        found[found == len(places)] = 0
        begins = begins[places[found] == begins + distance]
    return begins


def _near(terms: Sequence[str], occurrences: Sequence[Keys], width: int) -> NDArray[np.int32]:
    """The document of every narrowest window of at most ``width`` words that holds all words."""
    documents = [distinct(places >> _SHIFT) for places in occurrences]
    shared = documents[0]
    for others in documents[1:]:
        shared = np.intersect1d(shared, others, assume_unique=True)
    # A word typed twice must stand twice: needs are counted.
    needed = Counter(terms)
    by_document: dict[int, dict[int, list[str]]] = {d: {} for d in shared.tolist()}
    for term, places in dict(zip(terms, occurrences, strict=True)).items():
        inside = places[np.isin(places >> _SHIFT, shared)]
        for place in inside.tolist():
            by_document[place >> _SHIFT].setdefault(place, []).append(term)
    found = [
        document
        for document, terms_at in by_document.items()
        for _ in range(_windows(terms_at, needed, width))
    ]
    return np.array(found, dtype=np.int32)


def _windows(terms_at: Mapping[int, Sequence[str]], needed: Counter[str], width: int) -> int:
    """How many windows hold all words and lose one by giving up either end.

    A place may hold several words, as ``Autor:innen`` holds two: they come and go together.
    """
    places = sorted(terms_at)
    inside: Counter[str] = Counter()
    begin = count = 0
    for place in places:
        inside.update(terms_at[place])
        if not inside >= needed:
            continue
        while inside >= needed:
            inside.subtract(terms_at[places[begin]])
            begin += 1
        count += place - places[begin - 1] < width
    return count
