"""Phrases and near words from word positions, on arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import WORD_UNITS
from searchkit.engine.snapshot import Positions, Postings

_SHIFT = 32


def phrase_postings(occurrences: Sequence[Positions], slop: int) -> Postings:
    """Where words follow one another, and how often.

    Args:
        occurrences: of each word, in the order of the phrase.
        slop: 0 for side by side in order; n for any order within ``len(occurrences) + n`` words.
    """
    keys = [_keys(found) for found in occurrences]
    if slop:
        documents = _near(keys, len(occurrences) + slop)
    else:
        documents = (_adjacent(keys) >> _SHIFT).astype(np.int32)
    unique, counts = np.unique(documents, return_counts=True)
    return Postings(unique.astype(np.int32), (WORD_UNITS * counts).astype(np.int32))


def _keys(found: Positions) -> NDArray[np.int64]:
    """Document and position in one number, ascending: a set of places is a set of numbers."""
    return (found.documents.astype(np.int64) << _SHIFT) | found.positions


def _adjacent(keys: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Where phrases begin. A shift never leaves its document: positions start at 0 and the
    word at distance i lies at i or later.
    """
    begins = keys[0]
    for distance, places in enumerate(keys[1:], start=1):
        begins = np.intersect1d(begins, places - distance, assume_unique=True)
    return begins


def _near(keys: Sequence[NDArray[np.int64]], width: int) -> NDArray[np.int32]:
    """The document of every narrowest window of at most ``width`` words that holds all words."""
    shared = set.intersection(*(set((places >> _SHIFT).tolist()) for places in keys))
    # A word typed twice must stand twice: occurrences are told apart by word, needs counted.
    words = [places.tobytes() for places in keys]
    needed = Counter(words)
    places_by_document: dict[int, list[tuple[int, bytes]]] = {d: [] for d in shared}
    for word, places in dict(zip(words, keys, strict=True)).items():
        for place in places.tolist():
            if place >> _SHIFT in shared:
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
