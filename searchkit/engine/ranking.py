"""The best of many matches, in their true order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import EngineHit, Sort
from searchkit.engine.snapshot import NO_DAY, IntArray

Ids = Callable[[Sequence[int]], list[str]]
Key = tuple[float, float, str]

# Scores of so many documents are looked at by their largest first.
_BLOCK = 32
# So many matches are sorted one by one.
_FEW = 40
# A float32 has 24 bits: by less than this share a sum of two is wrong, and what differs by less may
# round to the same.
_ROUNDING = 2.0**-22


class Page(NamedTuple):
    """Which hits are wanted. A tuple, for it is made once a query.

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
    documents: NDArray[Any],
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
    documents: NDArray[Any],
    scores: NDArray[np.float32],
    first_days: IntArray,
    ids: Ids,
    page: Page,
) -> tuple[EngineHit, ...]:
    """A page of few matches: comparing them one by one is faster than calling NumPy."""
    numbers, points = documents.tolist(), scores.tolist()
    days = first_days[documents].tolist()
    rows = sorted(zip(*_keys(points, days, page.sort), ids(numbers), numbers, points, strict=True))
    if page.after is not None:
        rows = [row for row in rows if row[:3] > page.after]
    chosen = rows[page.offset : page.offset + page.limit]
    return tuple([EngineHit(number, name, score) for _, _, name, number, score in chosen])


def _keys(
    scores: list[float], days: list[int], sort: Sort
) -> tuple[Sequence[float], Sequence[float]]:
    """What ``_sort_keys`` gives, for a few documents."""
    if sort == "relevance":
        return [-score for score in scores], [-day for day in days]
    dated = [math.inf if day == NO_DAY else -day if sort == "-date" else day for day in days]
    return dated, [-score for score in scores]


def sort_key(score: float, first_day: int, document_id: str, sort: Sort) -> Key:
    """Where a document stands in an order; see ``best_hits``."""
    (first,), (second,) = _keys([float(np.float32(score))], [first_day], sort)
    return first, second, document_id


def likely_best(scores: NDArray[np.float32], count: int, parts: int) -> NDArray[np.intp]:
    """Some documents among which the ``count`` with the best scores are; ascending.

    Args:
        scores: of every document number, about; 0 for those that do not match, which are never
            chosen.
        count: above 0.
        parts: how many float32 numbers were added up to a score.
    """
    # A block is every so many-th document: maxima of columns are found faster than of rows.
    whole = len(scores) // _BLOCK * _BLOCK
    largest = np.maximum.reduce(scores[:whole].reshape(_BLOCK, -1), axis=0)
    least = 0.0
    if len(largest) > count:
        largest.partition(-count)
        # Each of so many blocks has a score of at least this.
        least = float(largest[-count]) * (1 - _ROUNDING * (1 + parts))
    return (scores >= least if least > 0 else scores > 0).nonzero()[0]


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
    documents: NDArray[Any],
    ids: Ids,
) -> NDArray[np.bool_]:
    """Which matches come after a key."""
    first, second, document_id = after
    behind = (keys[0] > first) | ((keys[0] == first) & (keys[1] > second))
    tied = np.flatnonzero((keys[0] == first) & (keys[1] == second))
    names = ids(documents[tied].tolist())
    behind[tied] = [name > document_id for name in names]
    return np.asarray(behind)
