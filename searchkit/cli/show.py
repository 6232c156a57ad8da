"""``searchkit show``: one document in full."""

from __future__ import annotations

import sys

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, common_options, index_named
from searchkit.cli.terminal import is_terminal
from searchkit.model import Scalar, StoredDocument
from searchkit.render.csv import Table
from searchkit.render.json import document_object
from searchkit.render.text import document_text


@click.command("show", cls=Command, short_help="Show a document in full.")
@click.argument("document_id", metavar="ID")
@common_options
def command(common: Common, document_id: str) -> int:
    """Show a document: what is known of it and its whole text.

    ID is what query writes below the title. Lines are wrapped on a terminal only.

    \b
    Examples:
      searchkit show 000_46bd2b4e575b1249
      searchkit show --format json 000_46bd2b4e575b1249
    """
    from searchkit.search.index import open_index

    with (
        index_named(common.index),
        open_index(common.index, settings=common.settings) as index,
    ):
        document = index.get(document_id)
    wrapped = is_terminal(sys.stdout)
    answer = Answer(
        text=lambda style: document_text(document, style, wrapped=wrapped),
        json=lambda: document_object(document),
        table=lambda: _table(document),
    )
    write_answer(answer, common)
    return 0


def _table(document: StoredDocument) -> Table:
    own: dict[str, Scalar | None] = {
        "id": document.id,
        "title": document.title,
        "date": document.date,
        "text": document.text,
    }
    metadata = {name: value for name, value in document.metadata.items() if name not in own}
    return Table((*own, *metadata), [{**own, **metadata}])
