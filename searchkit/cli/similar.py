"""``searchkit similar``: documents like one."""

from __future__ import annotations

from collections.abc import Sequence

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.asking import parse_filters
from searchkit.cli.files import FileAddresses
from searchkit.cli.layout import Command
from searchkit.cli.narrowing import narrowing_options
from searchkit.cli.options import Common, common_options, index_named, limit_option
from searchkit.cli.terminal import narrate
from searchkit.model import SimilarHit
from searchkit.render.csv import similar_table
from searchkit.render.json import similar_object
from searchkit.render.style import Style
from searchkit.render.text import similar_text


@click.command("similar", cls=Command, short_help="Find documents like one.")
@click.argument("document_id", metavar="ID")
@limit_option("Documents to show.")
@narrowing_options
@click.option("--scores", is_flag=True, help="Show the score of each document.")
@common_options
def command(
    common: Common,
    document_id: str,
    limit: int,
    filters: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
    scores: bool,
) -> int:
    """Find documents like one of the index, and show the words that tie them.

    ID is what query writes below the title. Asked for are the words that are frequent in the
    document and rare elsewhere; those that another shares are shown, the strongest first.

    \b
    Examples:
      searchkit similar 000_46bd2b4e575b1249
      searchkit similar 000_46bd2b4e575b1249 -n 3 --from 2018 --format json

    Exit status: 0 found, 1 nothing found, 2 error.
    """
    from searchkit.search.index import open_index

    with (
        index_named(common.index),
        open_index(common.index, settings=common.settings) as index,
    ):
        found = index.similar(
            document_id,
            limit=limit,
            filters=parse_filters(filters),
            date_from=date_from,
            date_to=date_to,
        )
        sources = index.sources
    write_answer(_answer(document_id, found, sources), common, scores=scores)
    if not found and not common.quiet:
        narrate("nothing found: no other document shares words that tell this one from others")
    return 0 if found else 1


def _answer(document_id: str, found: Sequence[SimilarHit], sources: Sequence[str]) -> Answer:
    def text(style: Style) -> str:
        address = FileAddresses(sources).address if style.links else lambda _id: None
        return similar_text(found, style, address=address)

    return Answer(
        text=text,
        json=lambda: similar_object(document_id, found),
        lines=lambda: similar_object(document_id, found)["similar"],
        table=lambda: similar_table(found),
    )
