"""An experiment as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from searchkit.evaluation.experiment import Experiment, Result
from searchkit.evaluation.measures import MEASURES
from searchkit.evaluation.topics import Topic
from searchkit.markup.plain import plain_line
from searchkit.model import Scalar
from searchkit.render.csv import Table
from searchkit.render.json import FORMAT_VERSION, Object
from searchkit.render.quantities import count_text
from searchkit.render.wrap import columns

# The mean of RR is MRR, which is how people know it.
SHOWN = {"nDCG@10": "nDCG@10", "RR@10": "MRR@10", "R@10": "recall@10", "R@100": "recall@100"}
_SMALLEST_P = 0.0001
_INDENT = "  "


def experiment_text(experiment: Experiment, *, by_topic: bool = False) -> str:
    """The means of each system and its differences to the first, as a table.

    Args:
        experiment: what came out.
        by_topic: add a table of topics for each comparison, the largest difference in nDCG@10
            first; of a single system, the worst topic first.
    """
    rows = [["system", *SHOWN.values()]]
    for number, result in enumerate(experiment.results, 1):
        rows.append([f"{number} {result.system.name}", *_means(result)])
        rows.extend(_comparison_rows(result))
    parts = [count_text(len(experiment.topics), "topic") + "\n", _table(rows)]
    if by_topic:
        parts += _topic_tables(experiment)
    return "\n".join(parts)


def _means(result: Result) -> list[str]:
    return [f"{result.mean(name):.4f}" for name in MEASURES]


def _comparison_rows(result: Result) -> Iterator[list[str]]:
    found = [result.comparisons[name] for name in MEASURES if result.comparisons]
    if found:
        yield [f"{_INDENT}difference", *(f"{each.difference:+z.4f}" for each in found)]
        yield [f"{_INDENT}p", *(_p_text(each.p) for each in found)]
        yield [f"{_INDENT}p (Holm)", *(_p_text(each.p_holm) for each in found)]


def _p_text(p: float) -> str:
    return f"{p:.4f}" if p >= _SMALLEST_P else f"<{_SMALLEST_P}"


def _topic_tables(experiment: Experiment) -> Iterator[str]:
    first, *others = experiment.results
    name = MEASURES[0]
    if not others:
        ordered = sorted(experiment.topics, key=lambda topic: first.scores[name][topic.id])
        rows = [[topic.id, f"{first.scores[name][topic.id]:.4f}"] for topic in ordered]
        yield _table([["topic", SHOWN[name]], *rows], [topic.query for topic in ordered])
    for number, other in enumerate(others, 2):
        ordered = _by_difference(experiment.topics, first, other)
        heading = ["topic", f"{number}: {SHOWN[name]}", f"1: {SHOWN[name]}", "difference"]
        yield _table(
            [heading, *(_topic_row(topic, first, other) for topic in ordered)],
            [topic.query for topic in ordered],
        )


def _by_difference(topics: Sequence[Topic], first: Result, other: Result) -> list[Topic]:
    a, b = first.scores[MEASURES[0]], other.scores[MEASURES[0]]
    return sorted(topics, key=lambda topic: -abs(b[topic.id] - a[topic.id]))


def _topic_row(topic: Topic, first: Result, other: Result) -> list[str]:
    a, b = (result.scores[MEASURES[0]][topic.id] for result in (first, other))
    return [topic.id, f"{b:.4f}", f"{a:.4f}", f"{b - a:+z.4f}"]


def _table(rows: Sequence[Sequence[str]], remarks: Sequence[str] = ()) -> str:
    """Rows in columns, the first to the left, numbers to the right, a remark after each row."""
    safe = [[plain_line(cell) for cell in row] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*safe, strict=True)]
    ends = ["", *(f"  {plain_line(remark)}" for remark in remarks)] if remarks else [""] * len(rows)
    return "".join(
        _padded(row[0], widths[0])
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        + f"{end}\n"
        for row, end in zip(safe, ends, strict=True)
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def experiment_table(experiment: Experiment) -> Table:
    """The means of each system as rows for CSV, with the differences to the first and their p."""
    rows: list[dict[str, Scalar | None]] = []
    for result in experiment.results:
        for name in MEASURES:
            compared = result.comparisons.get(name)
            rows.append(
                {
                    "system": result.system.name,
                    "measure": SHOWN[name],
                    "mean": result.mean(name),
                    "difference": compared.difference if compared else None,
                    "p": compared.p if compared else None,
                    "p_holm": compared.p_holm if compared else None,
                }
            )
    return Table(("system", "measure", "mean", "difference", "p", "p_holm"), rows)


def experiment_object(experiment: Experiment) -> Object:
    """An experiment as one JSON object.

    Returns:
        ``format_version``, ``topics`` (id, query), ``systems`` (name, ``ranking``, ``means``,
        ``comparison`` with the first by measure or null, ``topics``: values by topic and measure),
        ``left_out`` and ``unasked`` (topic ids), ``relevant`` (documents, their number),
        ``missing`` (ids of those not in the index).
    """
    return {
        "format_version": FORMAT_VERSION,
        "topics": [asdict(topic) for topic in experiment.topics],
        "systems": [_result_object(result) for result in experiment.results],
        "left_out": [topic.id for topic in experiment.left_out],
        "unasked": list(experiment.unasked),
        "relevant": experiment.relevant,
        "missing": list(experiment.missing),
    }


def _result_object(result: Result) -> Object:
    topics = result.scores[MEASURES[0]]
    comparison = {SHOWN[name]: asdict(each) for name, each in result.comparisons.items()}
    return {
        "name": result.system.name,
        "ranking": asdict(result.system.ranking),
        "means": {SHOWN[name]: result.mean(name) for name in MEASURES},
        "comparison": comparison or None,
        "topics": {
            topic: {SHOWN[name]: result.scores[name][topic] for name in MEASURES}
            for topic in topics
        },
    }
