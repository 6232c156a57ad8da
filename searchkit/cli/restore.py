"""``searchkit restore``: back to the state of the index before the last change."""

from __future__ import annotations

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, common_options, index_named
from searchkit.render.csv import Table
from searchkit.render.json import FORMAT_VERSION


@click.command("restore", cls=Command, short_help="Go back to the state before the last change.")
@common_options
def command(common: Common) -> int:
    """Go back to the state of the index before the last change, if that is whole.

    The next searchkit index then makes up for what was changed since.

    \b
    Examples:
      searchkit restore
      searchkit restore --index news-index
    """
    from searchkit.search.check import restore_index

    with index_named(common.index):
        number = restore_index(common.index, settings=common.settings)
    answer = Answer(
        lambda _style: f"{common.index} is at generation {number}\n",
        lambda: {"format_version": FORMAT_VERSION, "generation": number},
        lambda: Table(("generation",), [{"generation": number}]),
    )
    write_answer(answer, common)
    return 0
