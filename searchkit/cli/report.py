"""What an update of an index did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.model import UpdateReport
from searchkit.render.quantities import count_text, duration_text

_SHOWN_PROBLEMS = 20
_SKIP_NAMES = {"other": "of another type", "special": "special", "link": "link", "hidden": "hidden"}


def report_lines(report: UpdateReport, sources: Sequence[str]) -> Iterator[str]:
    """Say what an update did: the documents by what became of them, then what was left out.

    Args:
        report: what was done.
        sources: what was indexed.

    >>> from searchkit.model import Problem
    >>> lost = Problem("a.jsonl", 3, "invalid-json", "invalid JSON")
    >>> report = UpdateReport(2, 1, 0, 0, {"hidden": 1}, (lost,), 0.5)
    >>> for line in report_lines(report, ["seeds"]):
    ...     print(line)
    seeds: 2 added, 1 replaced, 0 removed, 0 unchanged, 500 ms
    skipped: 1 file (hidden)
    1 text left out:
      a.jsonl:3: invalid JSON
    """
    counts = (
        f"{report.added:,} added, {report.replaced:,} replaced, "
        f"{report.removed:,} removed, {report.unchanged:,} unchanged"
    )
    yield f"{', '.join(sources)}: {counts}, {duration_text(report.took_s)}"
    if report.skipped:
        skips = [
            f"{count_text(count, 'file')} ({_SKIP_NAMES.get(reason, reason)})"
            for reason, count in report.skipped.items()
        ]
        yield f"skipped: {', '.join(skips)}"
    if report.problems:
        yield f"{_problem_counts(report)}:"
        yield from _problem_lines(report)


def _problem_counts(report: UpdateReport) -> str:
    remarks = len(report.problems) - report.lost
    counts = [f"{count_text(report.lost, 'text')} left out"] if report.lost else []
    counts += [count_text(remarks, "remark")] if remarks else []
    return ", ".join(counts)


def _problem_lines(report: UpdateReport) -> Iterator[str]:
    """The first problems; losses before remarks, since they may not fit all."""
    ordered = sorted(report.problems, key=lambda problem: not problem.lost)
    for problem in ordered[:_SHOWN_PROBLEMS]:
        yield f"  {problem}"
    if len(ordered) > _SHOWN_PROBLEMS:
        yield f"  and {len(ordered) - _SHOWN_PROBLEMS:,} more"
