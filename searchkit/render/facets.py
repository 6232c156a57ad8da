"""Counted values of facets as aligned columns, those of time as a small bar chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.markup.plain import plain_line
from searchkit.model import DATE_FACETS, FacetCount
from searchkit.query.fields import FieldTable
from searchkit.render.style import Style
from searchkit.render.wrap import columns, shortened

# Persons of a large answer run into thousands; years and months stay whole, as a gap misleads.
_SHOWN_VALUES = 20
_BAR = "█"
_WIDEST_BAR, _NARROWEST_BAR = 40, 5


def facet_lines(
    name: str,
    values: Sequence[FacetCount],
    style: Style,
    *,
    shown: int = _SHOWN_VALUES,
    none: str = "no document has one",
) -> Iterator[str]:
    """The name of a facet, then its values with their counts.

    Args:
        name: of the facet, German or English.
        values: in order.
        style: colour, width and the way of writing numbers.
        shown: so many at most, but of years, months and days all.
        none: what to say where there are no values.

    >>> counts = [FacetCount("2018-06", 1), FacetCount("2018-07", 20)]
    >>> print(*facet_lines("month", counts, Style(width=30)), sep="\\n")
    month
      2018-06   1  █
      2018-07  20  ███████████████
    """
    yield style.bold(plain_line(name))
    if not values:
        yield f"  ({none})"
        return
    info = FieldTable.default().get(name)
    timed = info is not None and info.name in DATE_FACETS
    yield from _value_lines(values if timed else values[:shown], style, timed)
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
