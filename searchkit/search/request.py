"""What a caller asks, checked against what an index has."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from searchkit.config import Limits
from searchkit.dates import PartialDate
from searchkit.engine.port import EngineNames, Sort
from searchkit.errors import (
    ConfigurationError,
    DateInvalid,
    LimitExceeded,
    QueryError,
    UnknownField,
)
from searchkit.model import BUILT_IN_FACETS, DATED_FACETS, Scalar
from searchkit.query import plan
from searchkit.query.fields import FieldTable, Kind
from searchkit.query.lexer import without_quotes
from searchkit.query.plan import Plan
from searchkit.query.values import Period, date_advice, read_date, read_dates, read_period

if TYPE_CHECKING:
    from searchkit.search.sorting import MetadataOrder

#: The value, or the values of which a document must have one, by facet name.
Filters = Mapping[str, Scalar | Sequence[Scalar]]

#: More processes than any machine has use for.
MAX_JOBS = 64

#: What can be collapsed: documents whose texts are nearly the same.
COLLAPSE = "duplicates"

SORTS: tuple[Sort, ...] = ("relevance", "date", "-date")


class KnownValues(Protocol):
    """Knows which values of facets belong together."""

    def same(self, facet: str, value: str) -> tuple[str, ...]:
        """The values that a filter on this one accepts."""

    def dates(
        self, facet: str, first: datetime.date | None, last: datetime.date | None
    ) -> tuple[str, ...]:
        """The values of a facet of dates that overlap a range of days, both ends included."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The facets and filters of an index: the built-in ones, then metadata by name.

    Args:
        names: the canonical names.
        table: finds them by what people type.
        known: the values of these facets.
    """

    names: tuple[str, ...]
    table: FieldTable
    known: KnownValues

    @property
    def metadata(self) -> tuple[str, ...]:
        """Those that are not built in."""
        return self.names[len(BUILT_IN_FACETS) :]

    @classmethod
    def of(cls, names: EngineNames, known: KnownValues) -> FieldNames:
        """The names an engine has."""
        metadata = sorted(set(names.facets) - set(BUILT_IN_FACETS))
        kinds: dict[str, tuple[Kind, ...]] = {
            name: ("keyword", "number") if name in names.numbers else ("keyword",)
            for name in metadata
        }
        table = FieldTable.with_metadata(kinds)
        return cls((*BUILT_IN_FACETS, *metadata), table, known)

    def values(self, facet: str, wanted: Scalar | Sequence[Scalar]) -> tuple[str, ...]:
        """The values that a filter accepts, each once."""
        found = (
            each for value in self.wanted(facet, wanted) for each in self.known.same(facet, value)
        )
        return tuple(dict.fromkeys(found))

    def wanted(self, facet: str, wanted: Scalar | Sequence[Scalar]) -> tuple[str, ...]:
        """The values that a filter asks for, dates as facets write them.

        A quarter or a range of dates asks for all values in it; for itself where there are none.
        """
        values = filter_values(wanted)
        if facet not in DATED_FACETS:
            return values
        return tuple(each for value in values for each in self._dates(facet, value))

    def _dates(self, facet: str, text: str) -> tuple[str, ...]:
        bare = without_quotes(text)  # the ends of a range may have some, as in queries
        if date := read_date(bare):
            return (date,)
        dates = read_dates(bare)
        if dates is None:
            return (text,)
        first = dates.low.first_day if dates.low else None
        last = dates.high.last_day if dates.high else None
        return self.known.dates(facet, first, last) or (text,)

    def facet(self, name: str) -> str:
        """The canonical name of a facet, German or English, in any case.

        Raises:
            UnknownField: names the nearest that exists.
        """
        if name in self.names:
            return name
        info = self.table.get(name)
        if info is not None and info.name in self.names:
            return info.name
        nearest = self.table.nearest(name)
        meant = f"did you mean {nearest!r}? " if nearest in self.names else ""
        if info is not None and info.name == "date":
            meant = "dates are counted by year, month or day, and ranges go from and to; "
        raise UnknownField(
            f"there is no facet or filter {name!r}", f"{meant}there are: {', '.join(self.names)}"
        )


def filter_plan(
    names: FieldNames,
    filters: Filters | None,
    date_from: str | datetime.date | None,
    date_to: str | datetime.date | None,
) -> Plan:
    """What must match besides the query: one value of every filter, and the range of dates.

    Raises:
        UnknownField: no such filter.
        DateInvalid: no such date.
    """
    parts: list[Plan] = []
    for name, wanted in (filters or {}).items():
        facet = names.facet(name)
        parts.append(plan.Values(facet, names.values(facet, wanted)))
    if date_from or date_to:
        first = period(date_from)[0].first_day.toordinal() if date_from else None
        last = period(date_to)[1].last_day.toordinal() if date_to else None
        parts.append(plan.Dates(first, last))
    return plan.Boolean(must=tuple(parts)) if parts else plan.Everything()


def period(given: str | datetime.date) -> Period:
    """The first and the last date of an end of a range, which may be written as in queries.

    Args:
        given: a date, a quarter or half a year.

    Raises:
        DateInvalid: it is none of these.

    >>> period("Q1 2018")
    ('2018-01', '2018-03')
    """
    if isinstance(given, str) and (read := read_period(given)):
        return read
    try:
        date = PartialDate.parse(given)
    except DateInvalid as error:
        advice = date_advice(given) if isinstance(given, str) else ""
        raise DateInvalid(error.message, advice or error.hint) from error
    return date, date


def filter_values(wanted: Scalar | Sequence[Scalar]) -> tuple[str, ...]:
    """The value or values of one filter as facets have them.

    >>> filter_values(True), filter_values(["a", 1])
    (('true',), ('a', '1'))
    """
    values = (wanted,) if isinstance(wanted, str | int | float) else tuple(wanted)
    return tuple(map(plan.value_text, values))


def filters_without_own(
    names: FieldNames,
    filters: Filters | None,
    date_from: str | datetime.date | None,
    date_to: str | datetime.date | None,
) -> dict[str, Plan]:
    """For each facet that is filtered, by canonical name, what must match apart from its filter.

    Raises what ``filter_plan`` does.
    """
    chosen = filters or {}
    return {
        names.facet(own): filter_plan(
            names,
            {n: v for n, v in chosen.items() if names.facet(n) != names.facet(own)},
            date_from,
            date_to,
        )
        for own in chosen
    }


def require_values(limit: int, limits: Limits) -> None:
    """Make sure that so many values of a facet may be asked for.

    Raises:
        LimitExceeded: more than one answer may have.
        QueryError: a negative number.
    """
    if limit < 0:
        raise QueryError(f"limit {limit} must not be negative", "use 0 or more")
    if limit > limits.hits:
        raise LimitExceeded(
            f"limit {limit} is more than the {limits.hits} values of one answer",
            "narrow them down with a prefix",
        )


def require_jobs(jobs: int) -> int:
    """Make sure that somebody works.

    Raises:
        ConfigurationError: there are no jobs, or too many.
    """
    if not 1 <= jobs <= MAX_JOBS:
        raise ConfigurationError(
            f"{jobs} processes cannot index", f"choose 1 to {MAX_JOBS}; one a core is most useful"
        )
    return jobs


def require_page(limit: int, offset: int, limits: Limits) -> None:
    """Make sure the page makes sense.

    Raises:
        LimitExceeded: more hits than a page may have.
        QueryError: a negative number.
    """
    if limit < 0 or offset < 0:
        raise QueryError(f"limit {limit} and offset {offset} must not be negative", "use 0 or more")
    if limit > limits.hits:
        raise LimitExceeded(
            f"limit {limit} is more than the {limits.hits} hits of a page", "ask page by page"
        )


def is_collapsed(collapse: str, order: Sort | MetadataOrder) -> bool:
    """Whether near duplicates are to be left out.

    Raises:
        QueryError: something else is asked for, or an order that does not allow it.
    """
    if collapse not in ("", COLLAPSE):
        raise QueryError(f"there is nothing to collapse as {collapse!r}", f"use {COLLAPSE!r}")
    if collapse and not isinstance(order, str):
        raise QueryError(
            f"near duplicates cannot be left out in the order of {order.name!r}",
            f"sort by one of: {', '.join(SORTS)}",
        )
    return bool(collapse)


def _of_engine(order: str) -> Sort | None:
    return next((known for known in SORTS if known == order), None)


def order_named(names: FieldNames, sort: str) -> Sort | MetadataOrder:
    """The order that a name stands for: one of the engine's, or metadata, ``-`` for the reverse.

    Raises:
        QueryError: there is no such order.
    """
    if order := _of_engine(sort):
        return order
    name = sort.removeprefix("-")
    sign = sort[: len(sort) - len(name)]
    info = names.table.get(name)
    found = name if name in names.metadata or not info else info.name
    if order := _of_engine(sign + found):
        return order
    if found in names.metadata:
        from searchkit.search.sorting import MetadataOrder  # seldom needed

        return MetadataOrder(found, bool(sign))
    orders = (*SORTS, *names.metadata)
    near = names.table.nearest(name)
    meant = f"did you mean {sign + near!r}? " if near in orders else ""
    raise QueryError(f"there is no order {sort!r}", f"{meant}there are: {', '.join(orders)}")
