"""The best of many matches, in their true order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import EngineHit, Sort
from searchkit.engine.snapshot import NO_DAY, IntArray

Ids = Callable[[Sequence[int]], list[str]]
Key = tuple[float, float, str]

# Scores of so many documents are looked at by their largest first.
_BLOCK = 128
# So many matches are sorted one by one.
_FEW = 100
#: A float32 has 24 bits; what differs by less than this may round to the same.
_ROUNDING = 1 - 2.0**-22


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted.

    Args:
        limit, offset: how many, after how many.
        sort: the order.
        after: the key of the hit the page comes after; None for the first page.
    """

    limit: int
    offset: int
    sort: Sort
    after: Key | None = None


def best_hits(
    documents: IntArray,
    scores: NDArray[np.float64] | None,
    first_days: IntArray,
    ids: Ids,
    page: Page,
) -> tuple[EngineHit, ...]:
    """A page of matches: by the sort, ties by score, then the later date, then the smaller id.

    Scores that are equal as float32 are equal: the sums of two documents may differ in what lies
    below, for no reason anybody could see.

    Args:
        documents, scores: the matches, of one length; no scores are zeros.
        first_days: of every document number.
        ids: names documents.
        page: what is wanted.
    """
    if not page.limit:
        return ()
    rounded = np.zeros(len(documents), np.float32) if scores is None else scores.astype(np.float32)
    if len(documents) > _FEW:
        keys = _sort_keys(rounded, first_days[documents], page.sort)
        if page.after is not None:
            behind = _behind(keys, page.after, documents, ids)
            documents, rounded = documents[behind], rounded[behind]
            keys = (keys[0][behind], keys[1][behind])
        best = _candidates(keys, page.offset + page.limit)
        documents, rounded = documents[best], rounded[best]
    return _sorted_page(documents, rounded, first_days, ids, page)


def _sorted_page(
    documents: IntArray,
    scores: NDArray[np.float32],
    first_days: IntArray,
    ids: Ids,
    page: Page,
) -> tuple[EngineHit, ...]:
    """A page of few matches: comparing them one by one is faster than calling NumPy."""
    numbers = documents.tolist()
    names, points = ids(numbers), scores.tolist()
    days = first_days[documents].tolist()
    rows = [
        (*_key(score, day, page.sort), name, number, score)
        for number, name, score, day in zip(numbers, names, points, days, strict=True)
    ]
    if page.after is not None:
        rows = [row for row in rows if row[:3] > page.after]
    rows.sort()
    chosen = rows[page.offset : page.offset + page.limit]
    return tuple(EngineHit(number, name, score) for _, _, name, number, score in chosen)


def sort_key(score: float, first_day: int, document_id: str, sort: Sort) -> Key:
    """Where a document stands in an order; see ``best_hits``."""
    return (*_key(float(np.float32(score)), first_day, sort), document_id)


def _key(score: float, day: int, sort: Sort) -> tuple[float, float]:
    """What ``_sort_keys`` gives for one document."""
    if sort == "relevance":
        return -score, -day
    if day == NO_DAY:
        return math.inf, -score
    return (-day if sort == "-date" else day), -score


def likely_best(scores: NDArray[np.float64], count: int) -> IntArray:
    """Some documents among which the ``count`` with the best scores are; ascending.

    Args:
        scores: of every document number; 0 for those that do not match, which are never chosen.
        count: above 0.
    """
    # A block is every so many-th document: maxima of columns are found faster than of rows.
    whole = len(scores) // _BLOCK * _BLOCK
    largest = scores[:whole].reshape(_BLOCK, -1).max(axis=0)
    least = 0.0
    if len(largest) > count:
        # Each of so many blocks has a score of at least this.
        least = float(np.partition(largest, -count)[-count]) * _ROUNDING
    return np.flatnonzero(scores >= least if least > 0 else scores > 0).astype(np.int32)


def _sort_keys(
    scores: NDArray[np.float32], days: IntArray, sort: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keys to sort by, ascending, the first before the second."""
    best_first = -scores.astype(np.float64)
    latest_first = -days.astype(np.float64)
    if sort == "relevance":
        return best_first, latest_first
    if sort == "-date":
        return np.where(days == NO_DAY, np.inf, latest_first), best_first
    return np.where(days == NO_DAY, np.inf, days.astype(np.float64)), best_first


def _candidates(
    keys: tuple[NDArray[np.float64], NDArray[np.float64]], count: int
) -> NDArray[np.intp]:
    """Where the ``count`` smallest pairs of keys are, and all that equal the largest of them."""
    chosen = _smallest(keys[0], np.arange(len(keys[0])), count)
    if len(chosen) > count:
        last = keys[0][chosen].max()
        tied = chosen[keys[0][chosen] == last]
        clear = chosen[keys[0][chosen] < last]
        chosen = np.concatenate([clear, _smallest(keys[1], tied, count - len(clear))])
    return chosen


def _smallest(keys: NDArray[np.float64], among: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    if count >= len(among):
        return among
    found = keys[among]
    limit = np.partition(found, count - 1)[count - 1]
    return np.asarray(among[found <= limit])


def _behind(
    keys: tuple[NDArray[np.float64], NDArray[np.float64]],
    after: Key,
    documents: IntArray,
    ids: Ids,
) -> NDArray[np.bool_]:
    """Which matches come after a key."""
    first, second, document_id = after
    behind = (keys[0] > first) | ((keys[0] == first) & (keys[1] > second))
    tied = np.flatnonzero((keys[0] == first) & (keys[1] == second))
    names = ids(documents[tied].tolist())
    behind[tied] = [name > document_id for name in names]
    return np.asarray(behind)
