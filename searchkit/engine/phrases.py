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
# Further from every place than a window is wide.
_NOWHERE = np.int64(-1 << 40)


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
    """The document of every narrowest window of at most ``width`` words that holds all words: one
    that loses a word by giving up either end.

    A place may hold several words, as ``Autor:innen`` holds two: they come and go together.
    """
    # A word typed twice must stand twice: needs are counted. Rare words first, for most places are
    # too far from one of them, and need not be held against the others.
    places = sorted(zip(terms, occurrences, strict=True), key=lambda row: len(row[1]))
    needed = Counter(terms)
    ends, begins = _all_ends(dict(places), needed, width)
    for term, own in dict(places).items():
        begins = np.minimum(begins, _last_begins(own, ends, needed[term]))
        near = ends - begins < width
        ends, begins = ends[near], begins[near]
    # A window with the begin of the one before holds that, and is not narrowest.
    narrowest = np.diff(begins, prepend=-1) > 0
    return (ends[narrowest] >> _SHIFT).astype(np.int32)


def _all_ends(
    places: Mapping[str, Keys], needed: Mapping[str, int], width: int
) -> tuple[Keys, Keys]:
    """Where a window may end, ascending: at any of the words, near the rarest; and the last place
    where each may begin for the sake of that.
    """
    rarest, least = next(iter(places.items()))
    near = []
    for own in places.values():
        near.append(own[own - _last_begins(least, own, needed[rarest]) < width])
    ends = distinct(np.concatenate(near))
    return ends, _last_begins(least, ends, needed[rarest])


def _last_begins(own: Keys, ends: Keys, count: int) -> Keys:
    """The last places where windows with these ends may begin so as to hold a word so often; far
    before all documents where there is none.
    """
    last = np.searchsorted(own, ends, side="right") - count
    if not len(own):
        return np.full(len(ends), _NOWHERE)
    return np.where(last < 0, _NOWHERE, own[np.maximum(last, 0)])
