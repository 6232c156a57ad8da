"""``searchkit show``: one document in full."""

from __future__ import annotations

import sys

import click

from searchkit.cli.options import colour_option, format_option, index_named, index_option
from searchkit.cli.terminal import is_terminal, output_style, write_result
from searchkit.render.json import document_object, json_text
from searchkit.render.text import document_text


@click.command("show")
@click.argument("document_id", metavar="ID")
@format_option
@colour_option
@index_option
def command(document_id: str, output_format: str, colour: str, index_path: str) -> int:
    """Show a document: what is known of it and its whole text.

    ID is what query writes below the title. Lines are wrapped on a terminal only.

    \b
    Examples:
      searchkit show 000_46bd2b4e575b1249
      searchkit show --format json 000_46bd2b4e575b1249
    """
    from searchkit.search.index import open_index

    with index_named(index_path), open_index(index_path) as index:
        document = index.get(document_id)
    if output_format == "json":
        write_result(json_text(document_object(document)) + "\n")
    else:
        wrapped = is_terminal(sys.stdout)
        write_result(document_text(document, output_style(colour), wrapped=wrapped))
    return 0
