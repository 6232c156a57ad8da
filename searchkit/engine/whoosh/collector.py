"""Collectors that miss nothing: on whole arrays where a query can be translated, else by matchers.

Whoosh's own collectors skip blocks of postings that cannot reach the best ten. For AND and OR over
several fields they now and then skip too much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.collectors import UnlimitedCollector
from whoosh.searching import Results

from searchkit.engine.matches import Matches
from searchkit.engine.port import SearchRequest
from searchkit.engine.ranking import Page, best_hits
from searchkit.engine.whoosh.matcher import PostingMatcher
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

    def _best(self, documents: Any, scores: Any) -> list[tuple[float, int]]:
        snapshot = self.top_searcher.reader().snapshot
        limit = len(documents) if self.reverse or self.limit is None else self.limit
        page = Page(limit, 0, "relevance")
        order = np.argsort(documents, kind="stable")
        hits = best_hits(documents[order], scores[order], snapshot.first_days, snapshot.ids, page)
        found = [(hit.score, hit.number) for hit in hits]
        return found[::-1][: self.limit] if self.reverse else found


class ArrayCollector(ExhaustiveCollector):
    """Evaluates a query on whole arrays, if all of it can be translated into a plan.

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
        self.plan = self._translated(q, context)
        self._matches: Matches | None = None
        self._whole: list[tuple[float, int]] | None = None
        self._total = 0

    def _translated(self, q: Any, context: Any) -> Plan | None:
        if type(context.weighting) is not ArrayBM25:
            return None  # other scores are wanted
        try:
            return Translator(self.top_searcher.reader()).plan(q)
        except Untranslatable:
            return None

    def run(self) -> None:
        """Find the best, and count all matches."""
        if self.plan is None:
            super().run()
            return
        try:
            limit = None if self.reverse else self.limit
            if limit is None:
                limit = self.top_searcher.doc_count_all()
            found = self.top_searcher.reader().search(SearchRequest(self.plan, limit=limit))
            self._whole = [(hit.score, hit.number) for hit in found.hits]
            self._total = found.total
        finally:
            self.finish()

    def _evaluated(self, plan: Plan) -> Matches:
        if self._matches is None:
            self._matches = self.top_searcher.reader().matches(plan)
        return self._matches

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        """Go to the matches of a segment."""
        if self.plan is None:
            super().set_subsearcher(subsearcher, offset)
            return
        self.subsearcher, self.offset = subsearcher, offset
        found = self._evaluated(self.plan)
        end = offset + subsearcher.doc_count_all()
        begin, end = np.searchsorted(found.documents, [offset, end]).tolist()
        assert found.scores is not None or begin == end
        scores = [] if found.scores is None else found.scores[begin:end].astype(float).tolist()
        self.matcher = PostingMatcher((found.documents[begin:end] - offset).tolist(), scores)

    def count(self) -> int:
        """How many documents match."""
        return self._total if self._whole is not None else super().count()

    def all_ids(self) -> Iterable[int]:
        """The numbers of the documents that match."""
        if self._whole is None or self.plan is None:
            found: Iterable[int] = super().all_ids()
            return found
        return list(map(int, self._evaluated(self.plan).documents))

    def results(self) -> Results:
        """The best of all matches."""
        if self._whole is None:
            return super().results()
        found = self._whole[::-1] if self.reverse else self._whole
        return self._results(found[: self.limit])
