"""Queries from standard input; counts and ids instead of passages."""

from __future__ import annotations

import io
import sys

import pytest

from .conftest import Run


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Let standard input hold some text."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.mark.usefixtures("folder")
def test_a_query_a_line(run: Run, typed) -> None:
    run("index")
    typed("Radweg\n\n  Zugspitze  \nQuastenflosser\n")
    done = run("query", "-")
    assert done.status == 0
    headings = [line for line in done.out.splitlines() if line in ("Radweg", "Zugspitze")]
    assert headings == ["Radweg", "Zugspitze"]
    assert "1. Radweg\n" in done.out
    assert "Radweg: 1 document, " in done.err
    assert "Quastenflosser: nothing found, " in done.err


@pytest.mark.usefixtures("folder")
def test_counts(run: Run, typed) -> None:
    run("index")
    assert run("query", "Elbe", "--count").out == "3\n"
    assert run("query", "Quastenflosser", "--count").status == 1
    typed("Elbe\nQuastenflosser\n")
    done = run("query", "-", "--count")
    assert (done.status, done.out) == (0, "3\tElbe\n0\tQuastenflosser\n")


@pytest.mark.usefixtures("folder")
def test_ids_alone(run: Run, typed) -> None:
    run("index")
    assert set(run("query", "Elbe", "-l").out.splitlines()) == {"elbe", "nord/hafen", "rad"}
    assert run("query", "Radweg", "-l0").out == "rad\0"
    typed("Radweg\nZugspitze\n")
    assert run("query", "-", "-l").out == "rad\nberge\n"


@pytest.mark.usefixtures("folder")
def test_counts_and_ids_for_programs(run: Run) -> None:
    run("index")
    found = run("query", "Elbe", "--count", "--format", "json").json
    assert (found["total"], found["hits"]) == (3, [])
    assert run("query", "Elbe", "--count", "--format", "csv").out == "query,total\nElbe,3\n"
    found = run("query", "Radweg", "-l", "--format", "json").json
    assert [(hit["id"], hit["snippets"]) for hit in found["hits"]] == [("rad", [])]
    assert run("query", "Radweg", "-0").out == "rad\0"


@pytest.mark.usefixtures("folder")
def test_batches_in_the_other_formats(run: Run, typed) -> None:
    run("index")
    queries = "Radweg\nZugspitze\n"
    typed(queries)
    found = run("query", "-", "--format", "json").json
    assert [each["query"] for each in found["results"]] == ["Radweg", "Zugspitze"]
    typed(queries)
    assert run("query", "-", "--format", "csv").out.splitlines()[2].startswith("Zugspitze,1,berge,")
    typed("")
    assert run("query", "-", "--format", "csv").status == 1


@pytest.mark.usefixtures("folder")
def test_what_is_wrong_is_shown_where_it_is(run: Run) -> None:
    run("index")
    done = run("query", "--strict", "Elbe (Hafen")
    assert done.status == 2
    assert done.err.splitlines() == [
        "error: '(' is never closed",
        "  Elbe (Hafen",
        "       ^",
        "  try: write ')' behind the last word that belongs in",
    ]
    assert run("query", "--literal", "(Hafen", "-l").out == "nord/hafen\n"
