"""Counted facet values in the order people read them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Literal

from searchkit.dates import PartialDate
from searchkit.engine.port import EngineReader, EngineResult, SearchRequest
from searchkit.errors import QueryError
from searchkit.model import DATE_FACETS, FacetCount
from searchkit.query.plan import Plan
from searchkit.search.values import PERSON, FacetValues

FacetOrder = Literal["count", "value", "-value"]
# A text or two of long ago must not fill screens with empty months: so many values, by the length
# of a year, a month and a day.
_MOST_FILLED = {4: 120, 7: 120, 10: 366}
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
FACET_ORDERS: tuple[FacetOrder, ...] = ("count", "value", "-value")


def facet_counts(
    name: str,
    counts: Mapping[str, int],
    order: str = "",
    ranks: Mapping[str, int] | None = None,
) -> list[FacetCount]:
    """Counts in order.

    Args:
        name: of the facet.
        counts: by value.
        order: ``count`` (the largest first, then by rank), ``value`` or ``-value``; unless given,
            years, months and days in order of time, other values by count. In order of time, what
            lies between the first and the last is there as well, with 0, within reason: up to 120
            years or months, or 366 days.
        ranks: of every value, the smallest first among equal counts; by value unless given.

    Raises:
        QueryError: there is no such order.

    >>> facet_counts("place", {"Syrien": 1, "Helsinki": 2, "Israel": 1})[0]
    FacetCount(value='Helsinki', count=2)
    """
    timed = name in DATE_FACETS
    order = order or ("value" if timed else "count")
    if order not in FACET_ORDERS:
        raise QueryError(
            f"there is no order of values {order!r}", f"use one of: {', '.join(FACET_ORDERS)}"
        )
    if timed and order != "count":
        counts = _without_gaps(counts)
    ordered = sorted(counts, reverse=order == "-value")
    if order == "count":
        if ranks:
            ordered.sort(key=ranks.__getitem__)
        ordered.sort(key=counts.__getitem__, reverse=True)
    return [FacetCount(value, counts[value]) for value in ordered]


def counts_to_choose_from(
    reader: EngineReader,
    request: SearchRequest,
    answer: EngineResult,
    without_own: Mapping[str, Plan],
    values: FacetValues,
) -> Mapping[str, Mapping[str, int]]:
    """The counts of an answer; those of a filtered facet as they are without its own filter, so
    that its other values can be seen and chosen as well.

    Args:
        reader: what answered.
        request: what it was asked.
        answer: what it said.
        without_own: the filters but for that of the facet, for each facet that is filtered.
        values: know which short names of persons are shown in full.
    """
    counts = dict(answer.facets)
    for name in set(counts) & set(without_own):
        wider = replace(
            request, filter=without_own[name], limit=0, offset=0, after=None, facets=(name,)
        )
        counts[name] = reader.search(wider).facets[name]
    if PERSON in counts:
        asked = replace(request, filter=without_own.get(PERSON, request.filter))
        counts[PERSON] = values.under_full_names(counts[PERSON], asked)
    return counts


def _without_gaps(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The counts of years, months or days, and 0 for those in between that have no document."""
    if not counts:
        return counts
    first, last = min(counts), max(counts)
    if not (_DATE.fullmatch(first) and _DATE.fullmatch(last) and len(first) == len(last)):
        return counts  # metadata of that name, in a text without a date
    span = _span(first, last, len(counts))
    if len(span) == len(counts) or not counts.keys() <= span.keys():
        return counts  # nothing is missing, as in most answers, or there is something else
    return {**span, **counts}


@lru_cache(maxsize=256)
def _span(first: str, last: str, known: int) -> Mapping[str, int]:
    """Every date from one to another with 0; some where there are more than may be filled in."""
    most = max(_MOST_FILLED[len(first)], known)
    try:
        return dict.fromkeys(islice(_between(PartialDate(first), PartialDate(last)), most + 1), 0)
    except ValueError:  # metadata of that name, and no day of the calendar
        return {}


def _between(first: PartialDate, last: PartialDate) -> Iterator[str]:
    """Every date from one to another, both included, as precise as these are."""
    days = range(first.first_day.toordinal(), last.first_day.toordinal() + 1)
    if first.precision == "year":
        yield from (f"{year:04}" for year in range(first.year, last.year + 1))
    elif first.precision == "month":
        begin, end = (date.year * 12 + (date.month or 1) - 1 for date in (first, last))
        yield from (f"{m // 12:04}-{m % 12 + 1:02}" for m in range(begin, end + 1))
    else:
        yield from (datetime.date.fromordinal(day).isoformat() for day in days)
