"""Whoosh's searcher with searchkit's scores, and collectors that miss nothing."""

from __future__ import annotations

from typing import Any

from whoosh import collectors
from whoosh.searching import Searcher

from searchkit.engine.whoosh.collector import ArrayCollector, ExhaustiveCollector
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
        scored: bool = True,
    ) -> collectors.Collector:
        """What ``search`` collects with; see ``whoosh.searching.Searcher.search``.

        ``optimize`` changes nothing: no match is ever skipped.
        """
        if limit is not None and limit < 1:
            raise ValueError("limit must be >= 1")
        found = _innermost(limit, sortedby, reverse, scored=scored, terms=terms)
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


def _innermost(
    limit: int | None, sortedby: Any, reverse: bool, *, scored: bool, terms: bool
) -> collectors.Collector:
    if sortedby:
        return collectors.SortingCollector(sortedby, limit=limit, reverse=reverse)
    if not scored:
        return collectors.UnsortedCollector()
    # Which terms matched is known only to the matchers of terms.
    kind = ExhaustiveCollector if terms else ArrayCollector
    return kind(limit, reverse)
