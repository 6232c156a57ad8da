"""Whoosh's searcher with searchkit's scores, and collectors that miss nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import collectors, query
from whoosh.searching import Searcher

from searchkit.engine.whoosh.collector import (
    ArrayCollector,
    ArraySortingCollector,
    ExhaustiveCollector,
)
from searchkit.engine.whoosh.mixed import MixedEvaluator
from searchkit.engine.whoosh.scoring import ArrayBM25


class ArraySearcher(Searcher):  # type: ignore[misc]
    """A searcher over ``ArrayMultiReader``.

    With the weighting it has by default, queries are evaluated on whole arrays; with another model
    of Whoosh's, document by document. The best are the best in either case.

    Args:
        reader: of the index.
        weighting: a weighting model of Whoosh.
        options: as for ``whoosh.searching.Searcher``.
    """

    def __init__(self, reader: Any, weighting: Any = ArrayBM25, **options: Any) -> None:
        super().__init__(reader, weighting=weighting, **options)

    def collector(
        self,
        limit: int | None = 10,
        sortedby: Any = None,
        reverse: bool = False,
        groupedby: Any = None,
        collapse: Any = None,
        collapse_limit: int = 1,
        collapse_order: Any = None,
        optimize: bool = True,  # noqa: ARG002
        filter: Any = None,
        mask: Any = None,
        terms: bool = False,
        maptype: Any = None,
        scored: bool = True,  # noqa: ARG002
    ) -> collectors.Collector:
        """What ``search`` collects with; see ``whoosh.searching.Searcher.search``.

        ``optimize`` and ``scored`` change nothing: no match is ever skipped, scores are cheap. With
        ``terms`` all matching is left to Whoosh's matchers, for only they know which terms matched.
        """
        if limit is not None and limit < 1:
            raise ValueError("limit must be >= 1")
        found = _innermost(limit, sortedby, reverse, terms=terms)
        if groupedby:
            found = collectors.FacetCollector(found, groupedby, maptype=maptype)
        if terms:
            found = collectors.TermsCollector(found)
        if collapse:
            found = collectors.CollapseCollector(
                found, collapse, limit=collapse_limit, order=collapse_order
            )
        if filter or mask:
            found = collectors.FilterCollector(found, filter, mask)
        return found

    def docs_for_query(self, q: Any, for_deletion: bool = False) -> Iterator[int]:
        """The numbers of the documents that match; see ``whoosh.searching.Searcher``."""
        # Nested queries delete other documents than they match.
        is_own = for_deletion and type(q).deletion_docs is not query.Query.deletion_docs
        found = None if is_own or self.has_parent() else MixedEvaluator(self).matches_of_all(q)
        if found is None:
            return iter(super().docs_for_query(q, for_deletion=for_deletion))
        return iter(found.documents.tolist())


def _innermost(
    limit: int | None, sortedby: Any, reverse: bool, *, terms: bool
) -> collectors.Collector:
    if sortedby:
        kind = collectors.SortingCollector if terms else ArraySortingCollector
        return kind(sortedby, limit=limit, reverse=reverse)
    return (ExhaustiveCollector if terms else ArrayCollector)(limit, reverse)
