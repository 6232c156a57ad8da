"""``searchkit complete``: words and names by their beginning."""

from __future__ import annotations

import click

from searchkit.cli.options import format_option, index_named, index_option
from searchkit.cli.terminal import write_result
from searchkit.markup.plain import plain_line
from searchkit.render.json import completions_object, json_text


@click.command("complete")
@click.argument("prefix", metavar="PREFIX")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(0, 1000),
    default=10,
    show_default=True,
    help="So many at most.",
)
@format_option
@index_option
def command(prefix: str, limit: int, output_format: str, index_path: str) -> int:
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

    with index_named(index_path), open_index(index_path) as index:
        found = index.complete(prefix, limit=limit)
    if output_format == "json":
        write_result(json_text(completions_object(prefix, found)) + "\n")
    else:
        write_result("".join(f"{plain_line(c.value)}\t{c.count}\n" for c in found))
    return 0 if found else 1
