"""Plans evaluated on whole arrays: every match is found and scored, then the best are taken."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Ranking
from searchkit.engine.counting import FacetCounter
from searchkit.engine.leaves import Leaves
from searchkit.engine.matches import (
    NOTHING,
    Matches,
    all_of,
    exact_sums,
    raised,
    rough_common_sums,
    rough_sums,
    without,
)
from searchkit.engine.port import EngineHit, EngineResult, SearchRequest, Sort
from searchkit.engine.ranking import Page, best_hits, likely_best, sort_key
from searchkit.engine.snapshot import IntArray, Snapshot
from searchkit.query.plan import Boolean, Constant, Everything, Plan, Term


class Evaluator:
    """Answers requests from a snapshot.

    Args:
        snapshot: what is searched.
        ranking: the parameters of BM25.
    """

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._snapshot = snapshot
        self.leaves = Leaves(snapshot, ranking)
        self._counter = FacetCounter(snapshot)

    def search(self, request: SearchRequest) -> EngineResult:
        """All matches counted, the page in its true order."""
        run = _Run(self.leaves, request.deadline)
        quick = self._quick(request, run)
        if quick is not None:
            return quick
        found = run.matches(request.plan)
        if not isinstance(request.filter, Everything):
            found = all_of([found, run.matches(request.filter).without_scores()])
        documents, scores = found.columns()
        hidden: dict[int, int] = {}
        if request.collapse:
            stays, hidden = self._one_of_each(documents, scores, request.sort)
            documents, scores = documents[stays], None if scores is None else scores[stays]
        facets = self._counter.counts(request.facets, documents)
        hits = self._page(documents, scores, request)
        return EngineResult(hits, len(documents), facets, run.late, hidden)

    def _one_of_each(
        self, documents: IntArray, scores: Any, order: Sort
    ) -> tuple[NDArray[np.bool_], dict[int, int]]:
        from searchkit.engine.duplicates import one_of_each  # seldom needed

        snapshot = self._snapshot
        return one_of_each(
            documents, scores, snapshot.duplicates, snapshot.first_days, snapshot.ids, order
        )

    def matches(self, plan: Plan) -> Matches:
        """Every match of a plan, in the order of document numbers."""
        return _Run(self.leaves, None).matches(plan)

    def scores(self, plan: Plan, numbers: Sequence[int]) -> dict[int, float]:
        """The scores of those of some documents that a plan matches, by number."""
        wanted = np.array(numbers, np.int32)
        matched, found = self.matches(plan).looked_up(wanted)
        if found is None:
            found = np.zeros(int(matched.sum()))
        rounded = found.astype(np.float32).tolist()
        return dict(zip(wanted[matched].tolist(), rounded, strict=True))

    def _quick(self, request: SearchRequest, run: _Run) -> EngineResult | None:
        """Frequent words, any or all of which must match: only documents that may be among the best
        are looked at one by one. None where the request is of another kind.
        """
        if request.sort != "relevance" or not request.limit or request.after is not None:
            return None
        if request.collapse:
            return None
        limit = self._snapshot.document_limit
        found = _parts(request.plan, run)
        scores = _rough_scores(request.plan, found, limit)
        if scores is None:
            return None
        if not isinstance(request.filter, Everything):
            scores = scores * _mask(run.matches(request.filter), limit)
        best = likely_best(scores, request.offset + request.limit, len(found))
        hits = self._page(best, exact_sums(found, best), request)
        if not request.facets:
            total = int(np.count_nonzero(scores > 0)) if request.total else len(best)
            return EngineResult(hits, total, {}, run.late)
        documents = (scores > 0).nonzero()[0]
        facets = self._counter.counts(request.facets, documents)
        return EngineResult(hits, len(documents), facets, run.late)

    def _page(
        self, documents: NDArray[Any], scores: Any, request: SearchRequest
    ) -> tuple[EngineHit, ...]:
        snapshot = self._snapshot
        after = None
        if request.after is not None:
            after = self._key_of(request.after, documents, scores, request)
        page = Page(request.limit, request.offset, request.sort, after)
        return best_hits(documents, scores, snapshot.first_days, snapshot.ids, page)

    def _key_of(
        self, document_id: str, documents: NDArray[Any], scores: Any, request: SearchRequest
    ) -> tuple[float, float, str] | None:
        number = self._snapshot.number(document_id)
        if number is None:
            return None
        place = int(np.searchsorted(documents, number))
        matched = place < len(documents) and documents[place] == number
        score = float(scores[place]) if matched and scores is not None else 0.0
        return sort_key(score, int(self._snapshot.first_days[number]), document_id, request.sort)


class _Run:
    """One evaluation of a plan, up to its deadline."""

    def __init__(self, leaves: Leaves, deadline: float | None) -> None:
        self._leaves = leaves
        self._deadline = deadline
        self.late = False

    def matches(self, plan: Plan) -> Matches:
        """What a node matches; its depth is bounded by the parser."""
        if self._is_late():
            return NOTHING
        found = self._leaves.remembered(plan)
        if found is not None:
            return found
        if type(plan) is Constant:
            found = self.matches(plan.child)
            return Matches(found.documents, np.full(len(found), plan.score))
        if type(plan) is not Boolean:
            return self._leaves.node(plan)
        if is_word(plan):
            return self._leaves.kept_word(plan)
        return self._boolean(plan)

    def _boolean(self, node: Boolean) -> Matches:
        if node.must:
            found = all_of([self.matches(child) for child in node.must])
            for child in node.should:
                found = raised(found, self.matches(child))
        elif node.should:
            found = self._leaves.any_of([self.matches(child) for child in node.should])
        else:
            found = NOTHING
        for child in node.must_not:
            found = without(found, self.matches(child))
        # Where there was no time to see what is excluded, nothing may be shown.
        return NOTHING if node.must_not and self.late else found

    def _is_late(self) -> bool:
        if self._deadline is not None and not self.late:
            self.late = time.monotonic() >= self._deadline
        return self.late


def _parts(plan: Plan, run: _Run) -> list[Matches]:
    """What the nodes match of which any or all must match; none where the plan says more."""
    if type(plan) is not Boolean or plan.must_not or (plan.must and plan.should):
        return []
    nodes = (plan,) if is_word(plan) else plan.must or plan.should
    return [run.matches(node) for node in nodes]


def _rough_scores(plan: Plan, found: Sequence[Matches], limit: int) -> NDArray[np.float32] | None:
    """About the score of every document number; None where a node is not of this kind, or too few
    documents match for this to be worth it.
    """
    is_all = type(plan) is Boolean and plan.must
    return rough_common_sums(found) if is_all else rough_sums(found, limit)


def is_word(node: Boolean) -> bool:
    """Whether a node is what the planner makes of a word: terms, any of which may match, and
    perhaps the terms of all its parts together. Words of a query are combined by other nodes.
    """
    if node.must or node.must_not or not node.should or type(node.should[0]) is not Term:
        return False
    return all(map(_is_of_terms, node.should))


def _is_of_terms(node: Plan) -> bool:
    if type(node) is not Boolean:
        return type(node) is Term
    return not node.must_not and all(map(_is_of_terms, (*node.must, *node.should)))


def _mask(found: Matches, limit: int) -> NDArray[np.bool_]:
    if found.dense is not None:
        return found.dense.astype(np.bool_, copy=False)
    mask = np.zeros(limit, dtype=np.bool_)
    mask[found.documents] = True
    return mask
