"""``searchkit check``: whether every byte of the index is as it was written."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, command_line, common_options, index_named
from searchkit.render.csv import Table
from searchkit.render.json import FORMAT_VERSION
from searchkit.render.quantities import size_text

if TYPE_CHECKING:
    from searchkit.render.style import Style
    from searchkit.search.check import CheckReport, Damage

# So many ids are named on a line for people; the other formats have all.
_NAMED = 5


@click.command("check", cls=Command, short_help="Look for damage in the index.")
@click.option("--quick", is_flag=True, help="Compare sizes only, not every byte.")
@common_options
def command(common: Common, quick: bool) -> int:
    """Look for damage: read every byte of the index and compare what it says twice.

    Says which file is damaged, which documents that concerns and which command repairs it.
    Nothing is changed.

    \b
    Examples:
      searchkit check
      searchkit check --quick --index news-index

    Exit status: 0 whole, 1 damaged, 2 error.
    """
    from searchkit.search.check import check_index

    with index_named(common.index):
        report = check_index(common.index, quick=quick)
    answer = Answer(
        lambda style: _text(report, common.index, style),
        lambda: {"format_version": FORMAT_VERSION, **asdict(report)},
        lambda: Table(("file", "fault"), [_row(damage) for damage in report.damages]),
    )
    write_answer(answer, common)
    return 1 if report.damages else 0


def _text(report: CheckReport, index: str, style: Style) -> str:
    ways = style.conventions
    if not report.damages:
        size = size_text(report.size_bytes, ways)
        return f"{index} is whole: {ways.number(report.files)} files, {size}\n"
    lines = [f"{damage.file}: {damage.fault}{_concerned(damage)}" for damage in report.damages]
    repair = command_line("index", ["--rebuild"], index=index)
    if report.restorable is not None:
        back = command_line("restore", index=index)
        repair = f"{back} (generation {report.restorable}), or {repair}"
    return "\n".join([*lines, f"to repair: {repair}", ""])


def _concerned(damage: Damage) -> str:
    if damage.all_documents:
        return "; concerns all its documents"
    if not damage.documents:
        return "; concerns no document"
    more = len(damage.documents) - _NAMED
    named = ", ".join(damage.documents[:_NAMED])
    return f"; concerns {named}" + (f" and {more} more" if more > 0 else "")


def _row(damage: Damage) -> dict[str, str]:
    return {"file": damage.file, "fault": damage.fault}
