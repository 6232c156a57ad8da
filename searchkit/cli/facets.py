"""``searchkit facets``: what values there are to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.asking import parse_filters
from searchkit.cli.layout import Command
from searchkit.cli.narrowing import narrowing_options
from searchkit.cli.options import Choice, Common, WholeNumber, common_options, index_named
from searchkit.cli.shell import complete_facets
from searchkit.cli.terminal import conventions, narrate
from searchkit.model import DATE_FACETS, Facet, Scalar
from searchkit.render.quantities import count_text

if TYPE_CHECKING:
    from searchkit.render.csv import Table
    from searchkit.render.style import Style

_ALL = 1000


@click.command("facets", cls=Command, short_help="Show the values there are to filter by.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=complete_facets)
@click.option("--query", default="*", help="Count the documents that match; all unless given.")
@click.option("--prefix", default="", help="Only values that begin so, or of which a word does.")
@click.option(
    "-n",
    "--limit",
    type=WholeNumber(0, 1000),
    help="Values of each facet.  [default: 5 of all facets, 20 of those named, every year, month, "
    "day]",
)
@click.option(
    "--order",
    type=Choice(["count", "value", "-value"]),
    help="Most documents first, or by value.  [default: count; of years, months and days, value]",
)
@narrowing_options
@common_options
def command(
    common: Common,
    names: tuple[str, ...],
    query: str,
    prefix: str,
    limit: int | None,
    order: str | None,
    filters: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
) -> int:
    """Show the values of facets, and how many documents have each.

    NAME is year, month, day, person, place, organisation, mentioned_date (dates written in the
    texts) or a metadata field; without one, all but day are shown. What --filter says of a
    facet does not narrow that facet itself.

    \b
    Examples:
      searchkit facets
      searchkit facets person --prefix Put
      searchkit facets month --query Gipfel --from 2018
      searchkit facets source place -n 100 --format csv

    Exit status: 0 found, 1 nothing found, 2 error.
    """
    from searchkit.search.index import open_index

    options: dict[str, Any] = {
        "query": query,
        "prefix": prefix,
        "order": order or "",
        "filters": parse_filters(filters),
        "date_from": date_from,
        "date_to": date_to,
    }
    with (
        index_named(common.index),
        open_index(common.index, settings=common.settings) as index,
    ):
        found = [
            index.facet(name, limit=_ALL if limit is None else limit, **options)
            for name in names or _overview(index.stats().fields)
        ]
    if limit is None:
        found = [_cut(facet, len(names)) for facet in found]
    if prefix and not names:
        found = [facet for facet in found if facet.distinct] or found
    write_answer(_answer(found, query, prefix), common)
    if not common.quiet:
        for facet in found:
            narrate(_summary(facet))
        for note in _notes(found):
            narrate(f"note: {note}")
    return 0 if any(facet.distinct for facet in found) else 1


def _overview(fields: Sequence[str]) -> list[str]:
    """The facets that fit on a screen."""
    return [name for name in fields if name != "day"]


def _cut(facet: Facet, named: int) -> Facet:
    """As much of a facet as is shown unless a limit is given; of time all, as gaps mislead."""
    shown = _ALL if facet.name in DATE_FACETS else 20 if named else 5
    return replace(facet, values=facet.values[:shown])


def _answer(facets: Sequence[Facet], query: str, prefix: str) -> Answer:
    none = f"no value begins with {prefix!r}" if prefix else "no document has one"

    def text(style: Style) -> str:
        from searchkit.render.facets import facet_lines

        blocks = (
            facet_lines(f.name, f.values, style, shown=len(f.values), none=none) for f in facets
        )
        return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)

    def json() -> dict[str, Any]:
        from searchkit.render.json import facets_object

        return facets_object(facets, query)

    def lines() -> Iterator[dict[str, Any]]:
        for each in json()["facets"]:
            yield {"type": "facet", **each}

    return Answer(text, json, lambda: _table(facets), lines)


def _notes(facets: Sequence[Facet]) -> Iterable[str]:
    """What is said of the answer, once: the query and the filters of all facets are the same."""
    return dict.fromkeys(note for facet in facets for note in facet.notes)


def _table(facets: Sequence[Facet]) -> Table:
    from searchkit.render.csv import Table

    rows: list[dict[str, Scalar]] = [
        {"facet": facet.name, "value": each.value, "count": each.count}
        for facet in facets
        for each in facet.values
    ]
    return Table(("facet", "value", "count"), rows)


def _summary(facet: Facet) -> str:
    ways = conventions()
    values = count_text(facet.distinct, "value", conventions=ways)
    if len(facet.values) < facet.distinct:
        values = f"{ways.number(len(facet.values))} of {values}"
    documents = count_text(facet.documents, "document", conventions=ways)
    return f"{facet.name}: {values} in {documents}, {ways.number(facet.missing)} without"
