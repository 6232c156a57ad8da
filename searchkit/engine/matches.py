"""The documents that a node of a plan matches, and what combining them means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
Mask = NDArray[np.bool_]

# From this share of all documents on, a score for each is as small as a list of those that match,
# and is added and looked up many times faster.
_DENSE_FROM = 1 / 8


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents with scores.

    Invariants: ``documents`` int32, ascending, without repetition; ``scores`` of the same length,
    or None where nothing is scored; above 0 but where ``mixed``. ``dense``, where there is one, has
    the score of every document number, or whether it matches where nothing is scored; there is none
    where ``mixed``.
    """

    documents: IntArray
    scores: NDArray[np.float32] | NDArray[np.float64] | None
    dense: NDArray[np.float32] | Mask | None = None
    mixed: bool = False

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def is_scored(self) -> bool:
        """Whether every document has a score above 0."""
        return self.scores is not None and not self.mixed

    @property
    def size_bytes(self) -> int:
        """The memory it takes, about."""
        arrays = (self.documents, self.scores, self.dense)
        return 200 + sum(array.nbytes for array in arrays if array is not None)

    def looked_up(self, documents: IntArray) -> tuple[Mask, NDArray[np.float64] | None]:
        """Which of some documents match, and the scores of those that do."""
        if self.dense is not None:
            found = self.dense[documents]
            if self.scores is None:
                return found.astype(np.bool_, copy=False), None
            matched = found > 0
            return matched, found[matched].astype(np.float64)
        if not len(self.documents):
            return np.zeros(len(documents), dtype=np.bool_), None
        places = np.searchsorted(self.documents, documents)
        places[places == len(self.documents)] = 0
        matched = self.documents[places] == documents
        if self.scores is None:
            return matched, None
        return matched, self.scores[places[matched]].astype(np.float64)

    def with_dense(self, limit: int) -> Matches:
        """The same, laid out for fast adding and looking up where it is large.

        Args:
            limit: one more than the largest document number.
        """
        if len(self.documents) < limit * _DENSE_FROM:
            return self
        if self.scores is None:
            mask = np.zeros(limit, dtype=np.bool_)
            mask[self.documents] = True
            return Matches(self.documents, None, mask)
        dense = np.zeros(limit, dtype=np.float32)
        dense[self.documents] = self.scores
        return Matches(self.documents, self.scores, dense)


NOTHING = Matches(np.zeros(0, dtype=np.int32), None)


def unscored(documents: NDArray[Any]) -> Matches:
    """Documents that match without a score; ascending."""
    return Matches(documents.astype(np.int32, copy=False), None)


def all_of(found: Sequence[Matches]) -> Matches:
    """Documents in all of them; scores add up."""
    return reduce(_both, sorted(found, key=len))


def _both(few: Matches, many: Matches) -> Matches:
    matched, scores = many.looked_up(few.documents)
    documents = few.documents[matched]
    if few.scores is None:
        return Matches(documents, scores, mixed=many.mixed)
    own = few.scores[matched].astype(np.float64)
    mixed = few.mixed and not many.is_scored
    return Matches(documents, own if scores is None else own + scores, mixed=mixed)


def any_of(found: Sequence[Matches], limit: int) -> Matches:
    """Documents in any of them; scores add up.

    Args:
        found: at least one.
        limit: one more than the largest document number.
    """
    found = [each for each in found if len(each)] or [NOTHING]
    if len(found) == 1:
        return found[0]
    if sum(map(len, found)) * 64 < limit:
        return _few(found)
    scores = _added(found, limit)
    is_scored = all(each.is_scored for each in found)
    if is_scored:
        documents = np.flatnonzero(scores)
    else:
        mask = np.zeros(limit, dtype=np.bool_)
        for each in found:
            mask[each.documents] = True
        documents = np.flatnonzero(mask)
    return Matches(documents.astype(np.int32), scores[documents], mixed=not is_scored)


def added_scores(found: Sequence[Matches], limit: int) -> NDArray[np.float64] | None:
    """The score of every document number in any of them; None where one matches without."""
    if not all(each.is_scored for each in found):
        return None
    return _added(found, limit)


def common_scores(found: Sequence[Matches]) -> NDArray[np.float64] | None:
    """The score of every document number in all of them, 0 for others; None unless all are laid out
    densely and have scores.
    """
    scores: NDArray[np.float64] | None = None
    for each in found:
        if each.dense is None or each.scores is None:
            return None
        if scores is None:
            scores = each.dense.astype(np.float64)
        else:
            scores += each.dense
    if scores is None:
        return None
    for each in found:
        scores *= _mask_of(each)
    return scores


def _mask_of(found: Matches) -> Mask:
    assert found.dense is not None
    return np.asarray(found.dense > 0)


def _added(found: Sequence[Matches], limit: int) -> NDArray[np.float64]:
    """Scores are sums in float64 of float32 numbers: exact, so that their order does not matter."""
    scores = np.zeros(limit, dtype=np.float64)
    for each in found:
        if each.scores is None:
            continue
        if each.dense is not None:
            scores += each.dense
        else:
            scores[each.documents] += each.scores
    return scores


def _few(found: Sequence[Matches]) -> Matches:
    documents = np.concatenate([each.documents for each in found])
    points = np.concatenate(
        [np.zeros(len(each)) if each.scores is None else each.scores for each in found]
    )
    distinct, inverse = np.unique(documents, return_inverse=True)
    scores = np.bincount(inverse, points, len(distinct)).astype(np.float64)
    return Matches(distinct, scores, mixed=not all(each.is_scored for each in found))


def without(found: Matches, excluded: Matches) -> Matches:
    """The documents that are not excluded."""
    keep = ~excluded.looked_up(found.documents)[0]
    scores = None if found.scores is None else found.scores[keep]
    return Matches(found.documents[keep], scores, mixed=found.mixed)


def raised(found: Matches, extra: Matches) -> Matches:
    """The same documents; those that are in ``extra`` too score higher."""
    matched, scores = extra.looked_up(found.documents)
    if scores is None:
        return found
    own = np.zeros(len(found)) if found.scores is None else found.scores.astype(np.float64)
    own[matched] += scores
    return Matches(found.documents, own, mixed=not found.is_scored)
