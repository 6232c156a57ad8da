"""``searchkit eval`` on the worked example."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from .conftest import Run

EXAMPLE = Path(__file__).parents[1] / "relevance" / "example"


@pytest.fixture
def example(empty_folder: Path, run: Run) -> Path:
    """A working directory with the example's files and an index of its texts."""
    shutil.copytree(EXAMPLE, empty_folder, dirs_exist_ok=True)
    assert run("index", "texts", "--quiet").status == 0
    return empty_folder


@pytest.fixture
def measured(example: Path) -> Path:
    """The example, where ir-measures is installed."""
    pytest.importorskip("ir_measures")
    return example


def layout(text: str) -> list[str]:
    """The lines without their figures and order: both move whenever the ranking does."""
    return sorted(re.sub(r"[+-]?\d", "0", line) for line in text.splitlines())


@pytest.mark.usefixtures("measured")
def test_the_worked_example(run: Run) -> None:
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ searchkit (.*)\n((?s:.*?))```", readme)
    assert shown
    done = run(*shlex.split(shown[1]))
    assert done.status == 0
    assert layout(done.out) == layout(shown[2])
    note = done.err.strip()
    assert note.startswith("note: missing from the index: ")
    assert note in readme


@pytest.mark.usefixtures("measured")
def test_figures_as_json(run: Run) -> None:
    compared = ("--set", "exact=0.2", "--compare", "title=0.1", "--compare", "b=0,exact=0")
    done = run("eval", "topics.trec", "--qrels", "qrels.txt", *compared, "--format", "json")
    assert done.status == 0
    assert done.json["format_version"] == 1
    names = [system["name"] for system in done.json["systems"]]
    assert names == ["exact=0.2", "title=0.1,exact=0.2", "b=0.0,exact=0.0"]
    first, *others = done.json["systems"]
    assert first["comparison"] is None
    assert first["topics"]["2"]["nDCG@10"] == 1.0
    assert set(first["means"]) == {"nDCG@10", "MRR@10", "recall@10", "recall@100"}
    for other in others:
        for name, comparison in other["comparison"].items():
            difference = other["means"][name] - first["means"][name]
            assert comparison["difference"] == pytest.approx(difference)
            assert 0 < comparison["p"] <= comparison["p_holm"] <= 1
    assert done.json["missing"] == ["umleitung"]


@pytest.mark.usefixtures("measured")
def test_topics_may_carry_their_judgements(run: Run) -> None:
    done = run("eval", "topics.tsv", "--topics", "--quiet")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("5 topics\n\nsystem ")
    *_, last = done.out.splitlines()
    worst_first = [line.split()[1] for line in done.out.split("\n\n")[2].splitlines()[1:]]
    assert worst_first == sorted(worst_first)
    assert last.split()[0] in "12345"


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["topics.trec"], "'topics.trec' holds no judgements", "--qrels FILE"),
        (["qrels.txt"], "'qrels.txt' line 1 is no topic", "id<TAB>query"),
        (["nirgends.tsv"], "no file 'nirgends.tsv'", "check the path"),
        (["topics.tsv", "--qrels", "topics.trec"], "line 1 is no judgement", "topic<TAB>"),
        (["topics.tsv", "--set", "titel=1"], "no weight 'titel'", "mean title?"),
        (["topics.tsv", "--compare", "b=2"], "b=2 is out of range", "from 0 to 1"),
        (["topics.tsv", "--index", "dort"], "no index", "searchkit index --index dort"),
    ],
)
def test_errors_say_what_to_do(run: Run, arguments: list[str], message: str, hint: str) -> None:
    done = run("eval", *arguments)
    assert (done.status, done.out) == (2, "")
    error, next_step = done.err.splitlines()
    assert error.startswith("error: ")
    assert message in error
    assert next_step.startswith("  try: ")
    assert hint in next_step
