"""Counted facet values in the order people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from searchkit.engine.port import EngineReader, EngineResult, SearchRequest
from searchkit.errors import QueryError
from searchkit.model import DATE_FACETS, FacetCount
from searchkit.query.plan import Plan

FacetOrder = Literal["count", "value", "-value"]
FACET_ORDERS: tuple[FacetOrder, ...] = ("count", "value", "-value")


def facet_counts(name: str, counts: Mapping[str, int], order: str = "") -> list[FacetCount]:
    """Counts in order.

    Args:
        name: of the facet.
        counts: by value.
        order: ``count`` (the largest first, then by value), ``value`` or ``-value``; unless given,
            years and months in order of time, other values by count.

    Raises:
        QueryError: there is no such order.

    >>> facet_counts("place", {"Syrien": 1, "Helsinki": 2, "Israel": 1})[0]
    FacetCount(value='Helsinki', count=2)
    """
    order = order or ("value" if name in DATE_FACETS else "count")
    if order not in FACET_ORDERS:
        raise QueryError(
            f"there is no order of values {order!r}", f"use one of: {', '.join(FACET_ORDERS)}"
        )
    ordered = sorted(counts.items(), reverse=order == "-value")
    if order == "count":
        ordered.sort(key=lambda item: -item[1])
    return [FacetCount(value, count) for value, count in ordered]


def counts_to_choose_from(
    reader: EngineReader,
    request: SearchRequest,
    answer: EngineResult,
    without_own: Mapping[str, Plan],
) -> Mapping[str, Mapping[str, int]]:
    """The counts of an answer; those of a filtered facet as they are without its own filter, so
    that its other values can be seen and chosen as well.

    Args:
        reader: what answered.
        request: what it was asked.
        answer: what it said.
        without_own: the filters but for that of the facet, for each facet that is filtered.
    """
    counts = dict(answer.facets)
    for name in set(counts) & set(without_own):
        wider = replace(
            request, filter=without_own[name], limit=0, offset=0, after=None, facets=(name,)
        )
        counts[name] = reader.search(wider).facets[name]
    return counts
