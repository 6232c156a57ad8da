"""Phrases and near words from occurrences, on arrays.

An occurrence is one number: a document number times 2**32 plus a word position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]

_SHIFT = 32


def phrase_matches(
    occurrences: Sequence[Keys], slop: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """In which documents words follow one another, ascending, and how often in each.

    Args:
        occurrences: of each word, in the order of the phrase; ascending.
        slop: 0 for side by side in order; n for any order within ``len(occurrences) + n`` words.
    """
    if slop:
        documents = _near(occurrences, len(occurrences) + slop)
    else:
        documents = (phrase_begins(occurrences) >> _SHIFT).astype(np.int32)
    distinct, counts = np.unique(documents, return_counts=True)
    return distinct, counts


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


def _near(occurrences: Sequence[Keys], width: int) -> NDArray[np.int32]:
    """The document of every narrowest window of at most ``width`` words that holds all words."""
    documents = [np.unique(places >> _SHIFT) for places in occurrences]
    shared = documents[0]
    for others in documents[1:]:
        shared = np.intersect1d(shared, others, assume_unique=True)
    # A word typed twice must stand twice: occurrences are told apart by word, needs counted.
    words = [places.tobytes() for places in occurrences]
    needed = Counter(words)
    places_by_document: dict[int, list[tuple[int, bytes]]] = {d: [] for d in shared.tolist()}
    for word, places in dict(zip(words, occurrences, strict=True)).items():
        inside = places[np.isin(places >> _SHIFT, shared)]
        for place in inside.tolist():
            places_by_document[place >> _SHIFT].append((place, word))
    found = [
        document
        for document, places_here in places_by_document.items()
        for _ in range(_windows(sorted(places_here), needed, width))
    ]
    return np.array(found, dtype=np.int32)


def _windows(places: Sequence[tuple[int, bytes]], needed: Counter[bytes], width: int) -> int:
    """How many windows hold all words and lose one by giving up either end."""
    inside: Counter[bytes] = Counter()
    missing, begin, count = needed.total(), 0, 0
    for place, word in places:
        inside[word] += 1
        missing -= inside[word] <= needed[word]
        if missing:
            continue
        while inside[places[begin][1]] > needed[places[begin][1]]:
            inside[places[begin][1]] -= 1
            begin += 1
        count += place - places[begin][0] < width
        inside[places[begin][1]] -= 1
        begin += 1
        missing = 1
    return count
