"""Near duplicates: which documents say the same, and one of each kind among many matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.port import Sort
from searchkit.engine.ranking import Ids, sort_key
from searchkit.engine.snapshot import IntArray
from searchkit.text.shingles import CLASSES, Signatures

# Two texts say the same where at least this share of the classes agrees that either has. Of texts
# that share .9 of their shingles .93 are told, of those that share half of them .01.
_LEAST_AGREEMENT = 0.8
# Classes that are looked up together: only texts that agree in one band of them are compared.
_BANDS = CLASSES // 4


def duplicate_groups(signatures: Signatures, live: NDArray[np.bool_]) -> IntArray:
    """For every document number the smallest number of a live document that says the same, by way
    of others if need be; its own where it is the only one.

    Args:
        signatures: of all document numbers; see ``searchkit.text.shingles``.
        live: which of them are in use.
    """
    groups = np.arange(len(live), dtype=np.int32)
    documents = np.flatnonzero(live)
    bands = np.ascontiguousarray(signatures[documents]).view(np.uint64).reshape(-1, _BANDS)
    pairs = [np.zeros((0, 2), np.int64), *map(_candidates, bands.T)]
    candidates = documents[np.unique(np.concatenate(pairs), axis=0)]
    for first, second in candidates[_agree(signatures, candidates)].tolist():
        one, other = _root(groups, first), _root(groups, second)
        groups[max(one, other)] = min(one, other)
    for number in np.flatnonzero(groups != np.arange(len(groups))).tolist():
        groups[number] = _root(groups, number)
    return groups


def _candidates(band: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Pairs of places with the same numbers in a band: each with the first and the one before."""
    order = np.argsort(band, kind="stable")
    values = band[order]
    is_new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_new[1:])
    place = np.arange(len(values))
    first = np.maximum.accumulate(np.where(is_new, place, 0))
    later = np.flatnonzero(~is_new & (values != 0))
    with_first = np.stack([order[first[later]], order[later]], axis=1)
    with_last = np.stack([order[later - 1], order[later]], axis=1)
    return np.concatenate([with_first, with_last])


def _agree(signatures: Signatures, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    one, other = signatures[pairs[:, 0]], signatures[pairs[:, 1]]
    either = (one != 0) | (other != 0)
    same = (one == other) & either
    return np.asarray(same.sum(axis=1) >= _LEAST_AGREEMENT * either.sum(axis=1))


def _root(groups: IntArray, number: int) -> int:
    while (above := int(groups[number])) != number:
        number = above
    return number


def one_of_each(
    documents: IntArray,
    scores: NDArray[Any] | None,
    groups: IntArray,
    first_days: IntArray,
    ids: Ids,
    sort: Sort,
) -> tuple[NDArray[np.bool_], dict[int, int]]:
    """Which matches stay when of those that say the same only the first in the order is shown.

    Args:
        documents, scores, first_days, ids: as for ``ranking.best_hits``.
        groups: as ``duplicate_groups`` makes them.
        sort: the order.

    Returns:
        For each match whether it stays; and for those that hide others, by number, how many.
    """
    own = groups[documents]
    counts = np.bincount(own, minlength=len(groups))
    places = np.flatnonzero(counts[own] > 1)
    stays = np.ones(len(documents), np.bool_)
    stays[places] = False
    hidden: dict[int, int] = {}
    for group in _grouped(places, own[places]):
        numbers = documents[group].tolist()
        keys = [
            sort_key(0.0 if scores is None else float(scores[place]), day, id_, sort)
            for place, day, id_ in zip(
                group, first_days[documents[group]].tolist(), ids(numbers), strict=True
            )
        ]
        best = min(range(len(group)), key=keys.__getitem__)
        stays[group[best]] = True
        hidden[numbers[best]] = len(group) - 1
    return stays, hidden


def _grouped(places: NDArray[np.intp], groups: IntArray) -> Iterator[list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place, group in zip(places.tolist(), groups.tolist(), strict=True):
        found[group].append(place)
    yield from found.values()
