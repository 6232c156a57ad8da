"""Counted facet values in the order people read them."""

from __future__ import annotations

from collections.abc import Mapping

from searchkit.model import DATE_FACETS, FacetCount


def facet_counts(name: str, counts: Mapping[str, int]) -> list[FacetCount]:
    """Years and months in order of time, other values by count, then alphabetically.

    >>> facet_counts("place", {"Syrien": 1, "Helsinki": 2, "Israel": 1})[0]
    FacetCount(value='Helsinki', count=2)
    """
    if name in DATE_FACETS:
        ordered = sorted(counts.items())
    else:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetCount(value, count) for value, count in ordered]
