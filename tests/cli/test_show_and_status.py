"""``searchkit show`` and ``searchkit status`` on real texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.usefixtures("folder")
def test_a_document_is_shown_in_full(run: Run) -> None:
    run("index")
    shown = run("show", "rad")
    assert shown.status == 0
    assert shown.err == ""
    assert shown.out.startswith("Radweg\n\nid ")
    assert "source" in shown.out
    assert shown.out.endswith("\n\nEin Radweg an der Elbe.\n")


@pytest.mark.usefixtures("folder")
def test_a_document_as_json(run: Run) -> None:
    run("index")
    shown = run("show", "nord/hafen", "--format", "json").json
    assert shown["format_version"] == 1
    assert shown["date"] == "2020-03-14"
    assert "Hamburger Hafen" in shown["text"]
    for entity in shown["entities"]:
        assert all(start < end <= len(shown["text"]) for start, end in entity["mentions"])


def test_people_are_called_as_facets_call_them(run: Run, empty_folder: Path) -> None:
    texts = [*["Angela Merkel sprach in Ulm."] * 5, "Merkel kam in Ulm an."]
    for number, text in enumerate(texts):
        (empty_folder / f"{number}.txt").write_text(text, encoding="utf-8")
    run("index", str(empty_folder))
    assert "Angela Merkel (1)\n" in run("show", "5").out
    entities = run("show", "5", "--format", "json").json["entities"]
    assert [entity["name"] for entity in entities] == ["Angela Merkel", "Ulm"]
    for query in ("person:Merk*", "person:Ang*", 'person:"Angela Merkel"'):
        assert run("query", query, "--count").out == "6\n"


@pytest.mark.usefixtures("folder")
def test_an_unknown_document_is_an_error_with_a_next_step(run: Run) -> None:
    run("index")
    unknown = run("show", "\x1b[2Jfort")
    assert unknown.status == 2
    assert unknown.err.startswith("error: ")
    assert "\n  try: " in unknown.err
    assert "\x1b" not in unknown.err


def test_the_status_of_an_index(folder: Path, run: Run) -> None:
    run("index")
    status = run("status", "--format", "json").json
    assert status["documents"] == 5
    assert status["sources"] == [str(folder / "seeds")]
    assert status["up_to_date"] is True
    assert "source" in status["fields"]
    assert "up to date  yes\n" in run("status").out
    (folder / "seeds" / "elbe.txt").write_text("Ganz anders.", encoding="utf-8")
    assert "up to date  no; to catch up: searchkit index\n" in run("status").out
    assert run("status", "--format", "json").json["up_to_date"] is False
