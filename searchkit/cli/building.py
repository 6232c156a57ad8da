"""Making an index or bringing one up to date, with a progress bar and a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.options import Common
from searchkit.cli.report import report_lines
from searchkit.cli.terminal import ProgressBar, conventions, narrate
from searchkit.model import UpdateReport

if TYPE_CHECKING:
    from searchkit.search.index import Index


def build(sources: Sequence[str], common: Common, jobs: int = 1) -> Index:
    """Make an index afresh and say what was done."""
    from searchkit.search.index import build_index

    with ProgressBar(quiet=common.quiet) as bar:
        index = build_index(
            list(sources), common.index, progress=bar, settings=common.settings, jobs=jobs
        )
    _narrate_report(index.last_update, sources, common)
    return index


def update(index: Index, sources: Sequence[str], common: Common, jobs: int = 1) -> None:
    """Bring an index up to date and say what was done."""
    with ProgressBar(quiet=common.quiet) as bar:
        report = index.update(list(sources), progress=bar, jobs=jobs)
    _narrate_report(report, sources, common)


def write_report(report: UpdateReport | None, sources: Sequence[str], common: Common) -> None:
    """Write what an update did, for programs; people were told while it was done."""
    if report is None or common.output_format == "text":
        return
    from searchkit.render.csv import Table
    from searchkit.render.json import update_object

    done = update_object(report, sources)
    names = ("added", "replaced", "removed", "unchanged", "took_s")
    row = {name: done[name] for name in names} | {"left_out": report.lost}
    answer = Answer(
        text=lambda _: "", json=lambda: done, table=lambda: Table((*names, "left_out"), [row])
    )
    write_answer(answer, common)


def _narrate_report(report: UpdateReport | None, sources: Sequence[str], common: Common) -> None:
    if report is not None and not common.quiet:
        for line in report_lines(report, sources, conventions()):
            narrate(line)
