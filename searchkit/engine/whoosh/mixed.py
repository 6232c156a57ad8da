"""Queries of which some nodes have no plan: those by Whoosh's matchers, the others on whole arrays.

Their matches are combined on arrays too, not by matchers of Whoosh: there AND NOT lets its first
match pass where the excluded matches begin earlier, NOT may match a deleted document behind
the last excluded one, and the best score of several (DisjunctionMax) may be that of another
document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from searchkit.engine.matches import NOTHING, Matches, all_of, any_of, raised, unscored, without
from searchkit.engine.whoosh.scoring import ArrayBM25
from searchkit.engine.whoosh.translate import Translator, Untranslatable, positive, weighted
from searchkit.query.plan import Everything


class MixedEvaluator:
    """Finds the matches of any query.

    Args:
        searcher: an ``ArraySearcher``, of all segments.
    """

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._context = searcher.context(needs_current=True, weighting=ArrayBM25())
        self._reader = searcher.reader()
        self._translator = Translator(self._reader)
        self._combinations: dict[type, Callable[[Any, float], Matches]] = {
            query.And: lambda q, weight: all_of(self._children(q, weight)),
            query.Or: self._or,
            query.DisjunctionMax: self._best,
            query.Not: lambda q, weight: _constant(self._all_but(q.query), weight),
            query.AndNot: lambda q, weight: without(self.matches(q.a, weight), self.matches(q.b)),
            query.AndMaybe: lambda q, weight: raised(
                self.matches(q.a, weight), self.matches(q.b, weight)
            ),
            query.Require: lambda q, weight: without(self.matches(q.a, weight), self._all_but(q.b)),
            query.ConstantScoreQuery: lambda q, weight: _constant(
                self.matches(q.child), positive(weight * q.score)
            ),
        }

    def matches_of_all(self, q: Any) -> Matches | None:
        """All matches of a query; None where a score in it is 0 or less."""
        try:
            return self.matches(q)
        except Untranslatable:
            return None

    def matches(self, q: Any, weight: float = 1.0) -> Matches:
        """All matches of a query with their scores, in the order of document numbers.

        Args:
            q: a query of Whoosh.
            weight: factor of the scores, above 0.

        Raises:
            Untranslatable: a score is 0 or less, which arrays cannot tell from no match.
        """
        try:
            found: Matches = self._reader.matches(self._translator.plan(q, weight))
            return found
        except Untranslatable:
            combine = self._combinations.get(type(q))
            if combine is None:
                return self._stepped_through(q, weight)
            return combine(q, weighted(q, weight))

    def _children(self, q: Any, weight: float) -> list[Matches]:
        return [self.matches(child, weight) for child in q.subqueries]

    def _or(self, q: Any, weight: float) -> Matches:
        if q.scale or q.minmatch:
            return self._stepped_through(q, weight / q.boost)
        return any_of(self._children(q, weight), self._searcher.doc_count_all())

    def _best(self, q: Any, weight: float) -> Matches:
        scores = reduce(np.maximum, map(self._dense, self._children(q, weight)))
        documents = np.flatnonzero(scores)
        return Matches(documents.astype(np.int32), scores[documents])

    def _dense(self, found: Matches) -> NDArray[np.float64]:
        scores = np.zeros(self._searcher.doc_count_all(), dtype=np.float64)
        documents, points = found.columns()
        if points is not None:
            scores[documents] = points
        return scores

    def _all_but(self, q: Any) -> Matches:
        everything = self._reader.matches(Everything())
        return without(unscored(everything.documents), self.matches(q))

    def _stepped_through(self, q: Any, weight: float) -> Matches:
        """What Whoosh's matchers find, segment by segment."""
        documents: list[int] = []
        scores: list[float] = []
        for searcher, offset in self._searcher.leaf_searchers():
            matcher = q.matcher(searcher, self._context)
            while matcher.is_active():
                documents.append(offset + matcher.id())
                scores.append(weight * matcher.score())
                matcher.next()
        return _ordered(documents, scores)


def _ordered(documents: Sequence[int], scores: Sequence[float]) -> Matches:
    if not documents:
        return NOTHING
    if min(scores) <= 0:
        raise Untranslatable("a score of 0 or less")
    return Matches(np.array(documents, np.int32), np.array(scores, np.float64))


def _constant(found: Matches, score: float) -> Matches:
    return Matches(found.documents, np.full(len(found), score))
