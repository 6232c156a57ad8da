"""``searchkit complete``: words and names by their beginning."""

from __future__ import annotations

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, common_options, index_named, limit_option
from searchkit.cli.terminal import narrate
from searchkit.markup.plain import plain_line
from searchkit.model import Scalar
from searchkit.render.csv import Table
from searchkit.render.json import completions_object


@click.command("complete", cls=Command, short_help="Words and names by their beginning.")
@click.argument("prefix", metavar="PREFIX")
@limit_option("So many at most.")
@common_options
def command(common: Common, prefix: str, limit: int) -> int:
    """Words and names of the index that begin with PREFIX, the most frequent first.

    Case does not matter, and umlauts may be written ü, ue or u. A name is found by the beginning of
    any of its words. Text output is a line each: the word, a tab, how often it occurs.

    \b
    Examples:
      searchkit complete wash
      searchkit complete mue -n 3 --format json

    Exit status: 0 found, 1 nothing found, 2 error.
    """
    from searchkit.search.index import open_index

    with (
        index_named(common.index),
        open_index(common.index, settings=common.settings) as index,
    ):
        found = index.complete(prefix, limit=limit)
    rows: list[dict[str, Scalar]] = [{"value": each.value, "count": each.count} for each in found]
    answer = Answer(
        text=lambda _: "".join(f"{plain_line(c.value)}\t{c.count}\n" for c in found),
        json=lambda: completions_object(prefix, found),
        lines=lambda: completions_object(prefix, found)["completions"],
        table=lambda: Table(("value", "count"), rows),
    )
    write_answer(answer, common)
    if not found and not common.quiet:
        narrate(f"nothing found: no word or name of the index begins with {prefix!r}")
    return 0 if found else 1
