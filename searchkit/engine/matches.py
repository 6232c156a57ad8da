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

#: What matches has a score above 0, whatever its weight: where scores are looked at, 0 says that a
#: document does not match.
LEAST_SCORE = float(np.finfo(np.float32).tiny)


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
        # Of another type, NumPy would first make a copy of all numbers.
        places = own.searchsorted(documents.astype(own.dtype, copy=False))
        matched = own.take(places, mode="clip") == documents
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


def rough_sums(found: Sequence[Matches], limit: int) -> NDArray[np.float32] | None:
    """About what every document number scores in any of them, 0 where it matches none; None where
    nothing matches, or something without a score. To be read only: one list may be given as it is.

    Summed up in float32, half the memory of ``exact_sums``, to find the few documents worth that.
    """
    found = [each for each in found if len(each)]
    if not found or not all(each.is_scored for each in found):
        return None
    dense: list[NDArray[Any]] = [each.dense for each in found if each.dense is not None]
    lists = [each.columns() for each in found if each.dense is None]
    if len(dense) == 1 and not lists:
        return dense[0]
    scores = dense[0].copy() if dense else np.zeros(limit, np.float32)
    for each in dense[1:]:
        scores += each
    for documents, points in lists:
        if points is not None:
            np.add.at(scores, documents, _single(points))
    return scores


def _single(points: Scores) -> NDArray[np.float32]:
    """Scores as float32; what that has no number for still matches."""
    if points.dtype == np.float32:
        return points.astype(np.float32, copy=False)
    return np.maximum(points, LEAST_SCORE, dtype=np.float32)


def rough_common_sums(found: Sequence[Matches]) -> NDArray[np.float32] | None:
    """The same for documents in all of them; None unless all are scored and laid out densely."""
    scored = [each for each in found if each.is_scored]
    dense: list[NDArray[Any]] = [each.dense for each in scored if each.dense is not None]
    if len(dense) < len(found) or not dense:
        return None
    if len(dense) == 1:
        return dense[0]
    in_all = reduce(np.logical_and, [scores > 0 for scores in dense])
    return np.asarray(reduce(np.add, dense) * in_all)


def exact_sums(found: Sequence[Matches], documents: NDArray[Any]) -> NDArray[np.float64]:
    """What some documents score together: sums in float64 of float32 numbers, so that the order of
    adding does not matter.
    """
    scores = np.zeros(len(documents))
    for each in found:
        if each.dense is not None:
            scores += each.dense[documents]
            continue
        matched, points = each.looked_up(documents)
        if points is not None:
            scores[matched] += points
    return scores


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
