"""What an update of an index did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.model import UpdateReport
from searchkit.render.conventions import NEUTRAL, Conventions
from searchkit.render.quantities import count_text, duration_text

_SHOWN_PROBLEMS = 20
_SKIP_NAMES = {"other": "of another type", "special": "special", "link": "link", "hidden": "hidden"}


def report_lines(
    report: UpdateReport, sources: Sequence[str], ways: Conventions = NEUTRAL
) -> Iterator[str]:
    """Say what an update did: the documents by what became of them, then what was left out.

    Args:
        report: what was done.
        sources: what was indexed.
        ways: how to write numbers.

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
    counts = [
        f"{ways.number(count)} {what}"
        for count, what in (
            (report.added, "added"),
            (report.replaced, "replaced"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
    ]
    yield f"{', '.join(sources)}: {', '.join(counts)}, {duration_text(report.took_s, ways)}"
    if report.skipped:
        skips = [
            f"{count_text(count, 'file', conventions=ways)} ({_SKIP_NAMES.get(reason, reason)})"
            for reason, count in report.skipped.items()
        ]
        yield f"skipped: {', '.join(skips)}"
    if report.problems:
        yield f"{_problem_counts(report, ways)}:"
        yield from _problem_lines(report, ways)


def _problem_counts(report: UpdateReport, ways: Conventions) -> str:
    remarks, lost = len(report.problems) - report.lost, report.lost
    counts = [f"{count_text(lost, 'text', conventions=ways)} left out"] if lost else []
    counts += [count_text(remarks, "remark", conventions=ways)] if remarks else []
    return ", ".join(counts)


def _problem_lines(report: UpdateReport, ways: Conventions) -> Iterator[str]:
    """The first problems; losses before remarks, since they may not fit all."""
    ordered = sorted(report.problems, key=lambda problem: not problem.lost)
    for problem in ordered[:_SHOWN_PROBLEMS]:
        yield f"  {problem}"
    if len(ordered) > _SHOWN_PROBLEMS:
        yield f"  and {ways.number(len(ordered) - _SHOWN_PROBLEMS)} more"
