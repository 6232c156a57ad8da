"""What is said beside the results, with an index that answers as the test wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from searchkit.cli.advice import next_steps
from searchkit.cli.options import command_line, shell_quoted
from searchkit.cli.report import report_lines
from searchkit.errors import EngineError
from searchkit.model import Hit, Problem, SearchResult, Snippet, UpdateReport

from .conftest import Run

NASTY = "\x1b]0;x\x07\u202e"
FOUND = SearchResult("x", (Hit(NASTY, "T", None, 1.0),), 1, {}, (), None, 12.0)
NOTHING = SearchResult("x", (), 0, {}, (), None, 12.0)


@dataclass
class FakeIndex:
    """An index with one answer, which may be an error to raise."""

    answer: SearchResult | BaseException = FOUND
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __enter__(self) -> FakeIndex:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def search(self, query: str, **options: Any) -> SearchResult:
        """Note what was asked and give the answer."""
        self.asked.append((query, options))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    sources = ()

    def is_stale(self) -> bool:
        """Never."""
        return False


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> FakeIndex:  # noqa: ARG001
    """The index that every command opens."""
    index = FakeIndex()
    monkeypatch.setattr("searchkit.search.index.open_index", lambda _path, **_: index)
    return index


def test_every_option_reaches_the_search(index: FakeIndex, run: Run) -> None:
    run(
        *("query", "Elbe", "Hafen", "-n", "3", "--offset", "4", "--facet", "year"),
        *("--cursor", "abc", "--snippets", "2"),
        *("--facet", "person", "--filter", "a=1", "--filter", "a=2", "--filter", "b=c=d"),
        *("--from", "2018", "--to", "2019-02", "--sort", "-date"),
        *("--collapse", "duplicates"),
    )
    assert index.asked == [
        (
            "Elbe Hafen",
            {
                "limit": 3,
                "offset": 4,
                "cursor": "abc",
                "snippets": 2,
                "facets": ("year", "person"),
                "filters": {"a": ["1", "2"], "b": ["c=d"]},
                "date_from": "2018",
                "date_to": "2019-02",
                "sort": "-date",
                "collapse": "duplicates",
            },
        )
    ]


@pytest.mark.parametrize("output_format", ["text", "json", "jsonl"])
def test_hostile_answers_never_reach_the_terminal(
    index: FakeIndex, run: Run, output_format: str
) -> None:
    snippet = Snippet(NASTY + "Elbe", ((10, 14),))
    hit = Hit(NASTY, NASTY, None, 1.0, (snippet,), {NASTY: NASTY})
    index.answer = SearchResult(NASTY, (hit,), 1, {}, (NASTY,), NASTY, 1.0)
    done = run("query", "x", "--format", output_format)
    for forbidden in NASTY.replace("]0;x", ""):
        assert forbidden not in done.out
        assert forbidden not in done.err


def test_notes_and_the_suggestion_are_narrated(index: FakeIndex, run: Run) -> None:
    index.answer = SearchResult("x", FOUND.hits, 1, {}, ("read as words",), "Elbe Hafen", 4.2)
    assert run("query", "x").err == (
        "1 document, 4.2 ms\nnote: read as words\ndid you mean: searchkit query 'Elbe Hafen'\n"
    )


def test_where_nothing_is_found_the_suggestion_comes_first(index: FakeIndex, run: Run) -> None:
    index.answer = SearchResult("Ebe", (), 0, {}, (), "Elbe", 4.2)
    done = run("query", "Ebe", "--index", "a b")
    assert done.status == 1
    assert done.err.splitlines()[1] == "  try: did you mean: searchkit query --index 'a b' Elbe"


@pytest.mark.parametrize("query", ["", '"', "+a", "a*", "x"])
def test_there_is_always_a_next_step(query: str) -> None:
    assert list(next_steps(query, index="index"))


def test_the_next_steps_fit_the_query() -> None:
    steps = list(next_steps('-x +"die Elbe"', dates=("2018", None), index="index"))
    assert steps == [
        "without filters and dates: searchkit query -- '-x +\"die Elbe\"'",
        "the words in any order: searchkit query -- '-x die Elbe'",
        "fewer words that must be there: leave out + and AND",
        "the months of the documents: searchkit facets month",
    ]


def test_the_next_steps_leave_fields_and_operators_alone() -> None:
    status = "what the index holds: searchkit status"
    assert list(next_steps("person:Quastenflosser", index="index")) == [status]
    assert list(next_steps('person:"Angela Nixda"', index="index")) == [status]
    assert list(next_steps("Elbe UND NICHT Rhein", index="index"))[1:] == [
        "the beginning of a word: searchkit query 'Rhei*'",
        status,
    ]
    assert list(next_steps('datum:"Juli 1018"', index="index")) == [
        "the months of the documents: searchkit facets month"
    ]


def test_filters_and_dates_are_told_apart() -> None:
    dates = ("2019", "16.07.2018")
    assert list(next_steps("-Elbe", filters=["person"], dates=dates, index="index"))[:3] == [
        "the dates the other way round, as 2019 is after 16.07.2018: "
        "searchkit query --from 16.07.2018 --to 2019 -- -Elbe",
        "the values that documents have: searchkit query --facet person -- -Elbe",
        "without filters and dates: searchkit query -- -Elbe",
    ]
    same_year = next_steps("Elbe", dates=("2018-07", "2018"), index="index")
    assert "other way round" not in "".join(same_year)


def test_no_step_is_an_empty_query() -> None:
    steps = list(next_steps('"', filters=["year"], index="index"))
    assert steps == ["what the index holds: searchkit status"]


def test_a_command_can_be_copied_and_is_harmless() -> None:
    assert command_line("index", index="it's") == """searchkit index --index 'it'"'"'s'"""
    assert shell_quoted("ä'\x1b\udcff") == r"$'\xc3\xa4\x27\x1b\xff'"


def test_a_defect_is_one_line_unless_debugging(
    index: FakeIndex, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.answer = ZeroDivisionError("oh\nno")
    done = run("query", "x")
    assert done.status == 2
    assert done.err.startswith("error: internal error: ZeroDivisionError: oh no\n  try: report it")
    monkeypatch.setenv("SEARCHKIT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("query", "x")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted; the index is as it was\n"),
        (BrokenPipeError(), 0, ""),
        (EngineError(f"bad{NASTY}", "run: me"), 2, "error: bad\ufffd]0;x\ufffd\ufffd\n  try: me\n"),
        (
            PermissionError(13, "Permission denied", "x"),
            2,
            "error: x: permission denied\n  try: check the path, its permissions and the disk\n",
        ),
    ],
    ids=["interrupt", "pipe", "own", "system"],
)
def test_what_is_raised_becomes_a_status(
    index: FakeIndex, run: Run, error: BaseException, status: int, said: str
) -> None:
    index.answer = error
    done = run("query", "x")
    assert (done.status, done.err) == (status, said)


def test_losses_come_before_remarks_and_both_are_counted() -> None:
    remark = Problem("a.txt", None, "decoding", "read as Windows-1252", lost=False)
    loss = Problem("b.txt", None, "empty", "is empty")
    report = UpdateReport(1, 0, 0, 0, {}, (remark, loss), 2.0)
    assert list(report_lines(report, ["x"]))[1:] == [
        "1 text left out, 1 remark:",
        "  b.txt: is empty",
        "  a.txt: read as Windows-1252",
    ]


@pytest.mark.usefixtures("folder")
def test_commands_to_copy_name_an_index_that_only_the_command_line_knows(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", "--index", "anders")
    assert "searchkit status --index anders" in run("query", "xyz", "--index", "anders").err
    Path("searchkit.toml").write_text("index = 'anders'\n")
    assert run("query", "xyz").err.endswith(": searchkit status\n")
    named = run("query", "xyz", "--config", "searchkit.toml")
    assert named.err.endswith(": searchkit status --index anders\n")
    Path("searchkit.toml").unlink()
    monkeypatch.setenv("SEARCHKIT_INDEX", "anders")
    assert run("query", "xyz").err.endswith(": searchkit status\n")


@pytest.mark.usefixtures("folder")
def test_where_no_hits_are_wanted_only_their_number_is_said(run: Run) -> None:
    run("index")
    assert run("query", "Elbe", "-n", "0").err.startswith("3 documents, ")
    assert run("query", "Elbe", "-n", "1").err.startswith("1 of 3 documents, ")
    assert run("query", "Elbe", "--offset", "9").err.startswith("0 of 3 documents, ")
