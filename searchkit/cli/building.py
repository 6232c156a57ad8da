"""Making an index or bringing one up to date, with a progress bar and a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.cli.report import report_lines
from searchkit.cli.terminal import ProgressBar, narrate
from searchkit.model import UpdateReport

if TYPE_CHECKING:
    from searchkit.search.index import Index


def build(sources: Sequence[str], index_path: str, *, quiet: bool) -> Index:
    """Make an index afresh and say what was done."""
    from searchkit.search.index import build_index

    with ProgressBar(quiet=quiet) as bar:
        index = build_index(list(sources), index_path, progress=bar)
    _narrate_report(index.last_update, sources, quiet)
    return index


def update(index: Index, sources: Sequence[str], *, quiet: bool) -> None:
    """Bring an index up to date and say what was done."""
    with ProgressBar(quiet=quiet) as bar:
        report = index.update(list(sources), progress=bar)
    _narrate_report(report, sources, quiet)


def _narrate_report(report: UpdateReport | None, sources: Sequence[str], quiet: bool) -> None:
    if report is not None and not quiet:
        for line in report_lines(report, sources):
            narrate(line)
