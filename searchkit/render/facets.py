"""Counted values of facets as aligned columns, those of time as a small bar chart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from searchkit.markup.plain import plain_line
from searchkit.model import DATE_FACETS, FacetCount
from searchkit.render.style import Style
from searchkit.render.wrap import columns, shortened

# Persons of a large answer run into thousands; years and months stay whole, as a gap misleads.
_SHOWN_VALUES = 20
_BAR = "█"
_WIDEST_BAR, _NARROWEST_BAR = 40, 5
# A text or two of long ago must not fill screens with empty months.
_MOST_FILLED = 120
_YEAR_OR_MONTH = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")


def facet_lines(
    name: str, values: Sequence[FacetCount], style: Style, *, shown: int = _SHOWN_VALUES
) -> Iterator[str]:
    """The name of a facet, then its values with their counts.

    Args:
        name: of the facet.
        values: in order; of years and months also those in between are shown.
        style: colour, width and the way of writing numbers.
        shown: so many at most, but of years and months all.

    >>> counts = [FacetCount("2018-05", 1), FacetCount("2018-07", 20)]
    >>> print(*facet_lines("month", counts, Style(width=30)), sep="\\n")
    month
      2018-05   1  █
      2018-06   0
      2018-07  20  ███████████████
    """
    yield style.bold(plain_line(name))
    if not values:
        yield "  (no document has one)"
        return
    timed = name in DATE_FACETS
    yield from _value_lines(_filled(values) if timed else values[:shown], style, timed)
    if not timed and len(values) > shown:
        more = style.conventions.number(len(values) - shown)
        yield f"  and {more} more (searchkit facets {plain_line(name)} has all)"


def _value_lines(values: Sequence[FacetCount], style: Style, timed: bool) -> Iterator[str]:
    counts = [style.conventions.number(each.count) for each in values]
    digits = max(map(len, counts))
    labels = [shortened(plain_line(each.value), style.room(digits + 4)) for each in values]
    widest = max(map(columns, labels))
    room = min(_WIDEST_BAR, style.room(widest + digits + 6))
    most = max(each.count for each in values)
    for label, count, each in zip(labels, counts, values, strict=True):
        line = f"  {label}{' ' * (widest - columns(label))}  {count:>{digits}}"
        if timed and len(values) > 1 and room >= _NARROWEST_BAR:
            line += "  " + _bar(each.count, most, room)
        yield line.rstrip()


def _bar(count: int, most: int, room: int) -> str:
    """As long as its share of the largest; whatever is there shows."""
    return _BAR * max(round(room * count / most), int(count > 0))


def _filled(values: Sequence[FacetCount]) -> list[FacetCount]:
    """Years or months with those between the first and the last that have no document."""
    counts = {each.value: each.count for each in values}
    if not all(map(_YEAR_OR_MONTH.fullmatch, counts)) or len(set(map(len, counts))) > 1:
        return list(values)  # metadata of that name, in a text without a date
    first, last = min(counts), max(counts)
    span = list(_between(first, last))
    if len(span) > max(_MOST_FILLED, len(counts)):
        return list(values)
    ordered = span if values[0].value == first else span[::-1]
    return [FacetCount(value, counts.get(value, 0)) for value in ordered]


def _between(first: str, last: str) -> Iterator[str]:
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    begin, end = (int(value[:4]) * 12 + int(value[5:7]) - 1 for value in (first, last))
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1))
