"""Collectors that miss nothing: on whole arrays as far as plans go, else by matchers.

Whoosh's own collectors skip blocks of postings that cannot reach the best ten. For AND and OR over
several fields they now and then skip too much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.collectors import Collector, SortingCollector, UnlimitedCollector
from whoosh.searching import Results

from searchkit.engine.matches import Matches
from searchkit.engine.port import SearchRequest
from searchkit.engine.ranking import Page, best_hits
from searchkit.engine.whoosh.matcher import PostingMatcher
from searchkit.engine.whoosh.mixed import MixedEvaluator
from searchkit.engine.whoosh.scoring import ArrayBM25
from searchkit.engine.whoosh.translate import Translator, Untranslatable
from searchkit.query.plan import Plan


class ExhaustiveCollector(UnlimitedCollector):  # type: ignore[misc]
    """Steps through every match. Ties go to the later date, then to the smaller id.

    Args:
        limit: how many results there are at most; None for all.
        reverse: whether the worst come first.
    """

    def __init__(self, limit: int | None = 10, reverse: bool = False) -> None:
        super().__init__(reverse=reverse)
        self.limit = limit

    def results(self) -> Results:
        """The best of what was collected."""
        scores = np.array([score for score, _ in self.items], dtype=np.float64)
        documents = np.array([number for _, number in self.items], dtype=np.int32)
        return self._results(self._best(documents, scores), docset=self.docset)

    def _best(
        self, documents: NDArray[np.int32], scores: NDArray[np.float64]
    ) -> list[tuple[float, int]]:
        snapshot = self.top_searcher.reader().snapshot
        page = Page(self._needed(len(documents)), 0, "relevance")
        hits = best_hits(documents, scores, snapshot.first_days, snapshot.ids, page)
        exact = dict(zip(documents.tolist(), scores.tolist(), strict=True))
        return self._in_order([(exact[hit.number], hit.number) for hit in hits])

    def _needed(self, count: int) -> int:
        """How many of the best have to be known."""
        return count if self.reverse or self.limit is None else self.limit

    def _in_order(self, best: list[tuple[float, int]]) -> list[tuple[float, int]]:
        return best[::-1][: self.limit] if self.reverse else best[: self.limit]


class _OnArrays(Collector):  # type: ignore[misc]
    """Finds the matches of its query on whole arrays, and hands them on segment by segment."""

    def prepare(self, top_searcher: Any, q: Any, context: Any) -> None:
        """See ``whoosh.collectors.Collector.prepare``."""
        super().prepare(top_searcher, q, context)
        #: What the whole query is evaluated as; None where it has no plan.
        self.plan: Plan | None = None
        self._matches: Matches | None = None
        if type(context.weighting) is ArrayBM25:  # else other scores are wanted
            self._translate()

    def _translate(self) -> None:
        try:
            self.plan = Translator(self.top_searcher.reader()).plan(self.q)
        except Untranslatable:
            self._matches = MixedEvaluator(self.top_searcher).matches_of_all(self.q)

    @property
    def uses_arrays(self) -> bool:
        """Whether the query is evaluated on arrays, at least in part."""
        return self.plan is not None or self._matches is not None

    def _evaluated(self) -> Matches:
        if self._matches is None:
            self._matches = self.top_searcher.reader().matches(self.plan)
        return self._matches

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Go to the matches of a segment."""
        if not self.uses_arrays:
            super().set_subsearcher(subsearcher, offset)
            return
        self.subsearcher, self.offset = subsearcher, offset
        found = self._evaluated()
        bounds = [offset, offset + subsearcher.doc_count_all()]
        begin, end = np.searchsorted(found.documents, bounds).tolist()
        documents = (found.documents[begin:end] - offset).tolist()
        self.matcher = PostingMatcher(documents, _scores(found)[begin:end].tolist())


class ArrayCollector(_OnArrays, ExhaustiveCollector):
    """Evaluates queries on whole arrays; only nodes without a plan are stepped through.

    Wrapped in another collector it hands on the matches one by one, found and scored the same way.

    >>> from whoosh.query import Term
    >>> from searchkit.engine.whoosh.index import ArrayStorage
    >>> storage = ArrayStorage(folder / "texts").create()
    >>> with storage.create_index().writer() as writer:
    ...     writer.add_document(id="a", text="Der Gipfel von Helsinki")
    >>> with storage.open_index().searcher() as searcher:
    ...     collector = ArrayCollector(limit=5)
    ...     searcher.search_with_collector(Term("text", "gipfel"), collector)
    ...     [hit["id"] for hit in collector.results()]
    ['a']
    """

    def prepare(self, top_searcher: Any, q: Any, context: Any) -> None:
        """See ``whoosh.collectors.Collector.prepare``."""
        super().prepare(top_searcher, q, context)
        self._whole: list[tuple[float, int]] | None = None
        self._total = 0

    def run(self) -> None:
        """Find the best, and count all matches."""
        if not self.uses_arrays:
            super().run()
            return
        try:
            if self.plan is not None:
                self._search(self.plan)
            else:
                found = self._evaluated()
                self._whole = self._best(found.documents, _scores(found))
                self._total = len(found)
        finally:
            self.finish()

    def _search(self, plan: Plan) -> None:
        request = SearchRequest(plan, limit=self._needed(self.top_searcher.doc_count_all()))
        found = self.top_searcher.reader().search(request)
        self._whole = self._in_order([(hit.score, hit.number) for hit in found.hits])
        self._total = found.total

    def count(self) -> int:
        """How many documents match."""
        return self._total if self._whole is not None else int(super().count())

    def all_ids(self) -> Iterable[int]:
        """The numbers of the documents that match."""
        if self._whole is None:
            found: Iterable[int] = super().all_ids()
            return found
        numbers: list[int] = self._evaluated().documents.tolist()
        return numbers

    def results(self) -> Results:
        """The best of all matches."""
        return super().results() if self._whole is None else self._results(self._whole)


class ArraySortingCollector(_OnArrays, SortingCollector):  # type: ignore[misc]
    """Sorts the matches by columns; see ``whoosh.collectors.SortingCollector``."""

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Go to the matches of a segment."""
        super().set_subsearcher(subsearcher, offset)
        self.categorizer.set_searcher(subsearcher, offset)


def _scores(found: Matches) -> NDArray[np.float64]:
    scores = found.columns()[1]
    return np.zeros(len(found)) if scores is None else scores.astype(np.float64)
