"""``searchkit status``: what an index holds, and which settings are in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, command_line, common_options, index_named
from searchkit.model import IndexStats, Scalar
from searchkit.query.plan import value_text
from searchkit.render.csv import Table
from searchkit.render.json import status_object
from searchkit.render.quantities import size_text
from searchkit.render.text import rows_text

if TYPE_CHECKING:
    from searchkit.render.conventions import Conventions
    from searchkit.render.style import Style


@click.command("status", cls=Command, short_help="Show what the index holds, and the settings.")
@common_options
def command(common: Common) -> int:
    """Show what the index holds, whether it is up to date, and the settings in force.

    Every setting says what set it: an option, a variable of the environment, a file, or nobody
    (default). SEARCHKIT_RANKING_TITLE sets ranking.title, and so do --set ranking.title=0.2 and,
    in searchkit.toml, a line ranking.title = 0.2. Options count before variables before files.

    \b
    Examples:
      searchkit status
      searchkit status --format json --index news-index
    """
    from searchkit.search.index import open_index

    with (
        index_named(common.index),
        open_index(common.index, settings=common.settings) as index,
    ):
        stats, sources, stale = index.stats(), index.sources, index.is_stale()

    def text(style: Style) -> str:
        rows = _rows(stats, common.index, sources, stale, style.conventions)
        return f"{rows_text(rows, style)}\n{rows_text(_settings(common), style)}"

    def json() -> dict[str, Any]:
        settings = {name: (each.value, each.origin) for name, each in common.origins.items()}
        return status_object(
            stats, index=common.index, sources=sources, up_to_date=not stale, settings=settings
        )

    write_answer(Answer(text, json, lambda: _table(json())), common)
    return 0


def _rows(
    stats: IndexStats, index: str, sources: Sequence[str], stale: bool, ways: Conventions
) -> list[tuple[str, str]]:
    catch_up = f"no; to catch up: {command_line('index', index=index)}"
    return [
        ("index", index),
        ("documents", ways.number(stats.documents)),
        ("terms", ways.number(stats.terms)),
        ("size", size_text(stats.size_bytes, ways)),
        ("generation", ways.number(stats.generation)),
        ("fields", ", ".join(stats.fields)),
        ("sources", ", ".join(sources) or "none: made by a program"),
        ("up to date", catch_up if stale else "yes"),
    ]


def _settings(common: Common) -> Iterator[tuple[str, str]]:
    for name, setting in common.origins.items():
        yield name, f"{value_text(setting.value)} ({setting.origin})"


def _table(status: dict[str, Any]) -> Table:
    """Facts and settings as rows; only settings have an origin."""
    rows: list[dict[str, Scalar]] = []
    for name, value in status.items():
        if name == "settings":
            rows += [{"name": key, **setting} for key, setting in value.items()]
        else:
            joined = ", ".join(value) if isinstance(value, list) else value
            rows.append({"name": name, "value": joined})
    return Table(("name", "value", "origin"), rows)
