"""The documents that a node of a plan matches, and what combining them means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32] | NDArray[np.float64]

# From this share of all documents on, a score for each is as small as a list of those that match,
# and is added and looked up many times faster.
_DENSE_FROM = 1 / 8


class Matches:
    """Documents with scores; never changes.

    Args:
        documents: int32, ascending, without repetition; None where ``dense`` says it.
        scores: of the same length, or None where nothing is scored or ``dense`` says it; above 0
            but where ``mixed``.
        dense: in place of the two, the score of every document number, or whether it matches where
            nothing is scored.
        mixed: whether scores may be 0; not with ``dense``.
    """

    __slots__ = ("_documents", "_scores", "count", "dense", "mixed")

    def __init__(
        self,
        documents: IntArray | None,
        scores: Scores | None = None,
        *,
        dense: NDArray[np.float32] | Mask | None = None,
        mixed: bool = False,
    ) -> None:
        self._documents = documents
        self._scores = scores
        self.dense = dense
        self.mixed = mixed
        if documents is not None:
            self.count = len(documents)
        else:
            assert dense is not None
            self.count = int(np.count_nonzero(dense > 0))

    def __len__(self) -> int:
        return self.count

    @property
    def documents(self) -> IntArray:
        """The numbers of the documents, ascending."""
        if self._documents is None:
            assert self.dense is not None
            # Of truth values, NumPy finds the places many times faster than of numbers.
            return np.flatnonzero(self.dense > 0).astype(np.int32)
        return self._documents

    def columns(self) -> tuple[IntArray, Scores | None]:
        """Documents and their scores; None where nothing is scored."""
        documents = self.documents
        if self.dense is None or not self.is_scored:
            return documents, self._scores
        return documents, np.asarray(self.dense[documents], dtype=np.float32)

    @property
    def is_scored(self) -> bool:
        """Whether every document has a score above 0."""
        if self.dense is not None:
            return self.dense.dtype != np.bool_
        return self._scores is not None and not self.mixed

    @property
    def size_bytes(self) -> int:
        """The memory it takes, about."""
        arrays = (self._documents, self._scores, self.dense)
        return 200 + sum(array.nbytes for array in arrays if array is not None)

    def without_scores(self) -> Matches:
        """The same documents, for filtering."""
        return Matches(self.documents)

    def looked_up(self, documents: IntArray) -> tuple[Mask, NDArray[np.float64] | None]:
        """Which of some documents match, and the scores of those that do."""
        if self.dense is not None:
            found = self.dense[documents]
            if not self.is_scored:
                return found.astype(np.bool_, copy=False), None
            matched = found > 0
            return matched, found[matched].astype(np.float64)
        own, scores = self.documents, self._scores
        if not len(own):
            return np.zeros(len(documents), dtype=np.bool_), None
        places = np.searchsorted(own, documents)
        places[places == len(own)] = 0
        matched = own[places] == documents
        if scores is None:
            return matched, None
        return matched, scores[places[matched]].astype(np.float64)

    def laid_out(self, limit: int) -> Matches:
        """The same, laid out for fast adding and looking up where it is large; scores as float32:
        half the memory, and their sums in float64 are exact.

        Args:
            limit: one more than the largest document number.
        """
        if self.dense is not None or self.mixed:
            return self
        scores = None if self._scores is None else self._scores.astype(np.float32)
        if self.count < limit * _DENSE_FROM:
            return Matches(self._documents, scores)
        dense: NDArray[Any] = np.zeros(limit, dtype=np.bool_ if scores is None else np.float32)
        dense[self._documents] = True if scores is None else scores
        return Matches(None, dense=dense)


NOTHING = Matches(np.zeros(0, dtype=np.int32), None)


def unscored(documents: NDArray[Any]) -> Matches:
    """Documents that match without a score; ascending."""
    return Matches(documents.astype(np.int32, copy=False), None)


def all_of(found: Sequence[Matches]) -> Matches:
    """Documents in all of them; scores add up."""
    return reduce(_both, sorted(found, key=len))


def _both(few: Matches, many: Matches) -> Matches:
    documents, own = few.columns()
    matched, scores = many.looked_up(documents)
    if own is None:
        return Matches(documents[matched], scores, mixed=many.mixed)
    own = own[matched].astype(np.float64)
    mixed = few.mixed and not many.is_scored
    return Matches(documents[matched], own if scores is None else own + scores, mixed=mixed)


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
        documents = np.flatnonzero(scores > 0)
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
        if each.dense is None or not each.is_scored:
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
        if each.dense is not None:
            if each.is_scored:
                scores += each.dense
            continue
        documents, points = each.columns()
        if points is not None:
            scores[documents] += points
    return scores


def _few(found: Sequence[Matches]) -> Matches:
    columns = [each.columns() for each in found]
    documents = np.concatenate([numbers for numbers, _ in columns])
    points = np.concatenate([np.zeros(len(n)) if p is None else p for n, p in columns])
    distinct, inverse = np.unique(documents, return_inverse=True)
    scores = np.bincount(inverse, points, len(distinct)).astype(np.float64)
    return Matches(distinct, scores, mixed=not all(each.is_scored for each in found))


def without(found: Matches, excluded: Matches) -> Matches:
    """The documents that are not excluded."""
    documents, scores = found.columns()
    keep = ~excluded.looked_up(documents)[0]
    return Matches(documents[keep], None if scores is None else scores[keep], mixed=found.mixed)


def raised(found: Matches, extra: Matches) -> Matches:
    """The same documents; those that are in ``extra`` too score higher."""
    documents, own = found.columns()
    matched, scores = extra.looked_up(documents)
    if scores is None:
        return found
    raised_scores = np.zeros(len(documents)) if own is None else own.astype(np.float64)
    raised_scores[matched] += scores
    return Matches(documents, raised_scores, mixed=not found.is_scored)
