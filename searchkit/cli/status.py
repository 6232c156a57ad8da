"""``searchkit status``: what an index holds."""

from __future__ import annotations

from collections.abc import Sequence

import click

from searchkit.cli.options import (
    colour_option,
    command_line,
    format_option,
    index_named,
    index_option,
)
from searchkit.cli.terminal import output_style, write_result
from searchkit.model import IndexStats
from searchkit.render.json import json_text, status_object
from searchkit.render.quantities import size_text
from searchkit.render.text import rows_text


@click.command("status")
@format_option
@colour_option
@index_option
def command(output_format: str, colour: str, index_path: str) -> int:
    """Show what the index holds and whether it is up to date.

    \b
    Examples:
      searchkit status
      searchkit status --format json --index news-index
    """
    from searchkit.search.index import open_index

    with index_named(index_path), open_index(index_path) as index:
        stats, sources, stale = index.stats(), index.sources, index.is_stale()
    if output_format == "json":
        status = status_object(stats, index=index_path, sources=sources, up_to_date=not stale)
        write_result(json_text(status) + "\n")
    else:
        rows = _rows(stats, index_path, sources, stale)
        write_result(rows_text(rows, output_style(colour)))
    return 0


def _rows(
    stats: IndexStats, index_path: str, sources: Sequence[str], stale: bool
) -> list[tuple[str, str]]:
    catch_up = f"no; to catch up: {command_line('index', index=index_path)}"
    return [
        ("index", index_path),
        ("documents", f"{stats.documents:,}"),
        ("terms", f"{stats.terms:,}"),
        ("size", size_text(stats.size_bytes)),
        ("generation", f"{stats.generation:,}"),
        ("fields", ", ".join(stats.fields)),
        ("sources", ", ".join(sources) or "none: made by a program"),
        ("up to date", catch_up if stale else "yes"),
    ]
