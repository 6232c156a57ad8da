"""Every command that writes data writes it as text, JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Run

COMMANDS = [
    ["query", "Elbe", "--facet", "year"],
    ["query", "Elbe", "--explain"],
    ["show", "nord/hafen"],
    ["facets"],
    ["complete", "el"],
    ["status"],
    ["index"],
]


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_formats(run: Run, arguments: list[str]) -> None:
    run("index")
    assert run(*arguments, "--format", "json").json["format_version"] == 1
    lines = run(*arguments, "--format", "jsonl").out.splitlines()
    assert lines
    assert all(isinstance(json.loads(line), dict) for line in lines)
    rows = read_csv(run(*arguments, "--format", "csv").out)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    assert run(*arguments, "--quiet").err == ""


@pytest.mark.usefixtures("folder")
def test_hits_as_csv(run: Run) -> None:
    rows = read_csv(run("query", "Radweg Hafen", "--format", "csv").out)
    assert list(rows[0]) == ["rank", "id", "title", "date", "score", "snippet", "source"]
    assert {row["id"]: (row["date"], row["source"]) for row in rows} == {
        "rad": ("", "Bote"),
        "nord/hafen": ("2020-03-14", ""),
    }
    assert [row["rank"] for row in rows] == ["1", "2"]


@pytest.mark.usefixtures("folder")
def test_values_as_csv(run: Run) -> None:
    run("index")
    done = run("facets", "jahr", "source", "--format", "csv")
    assert done.out == "facet,value,count\nyear,2019,1\nyear,2020,1\nyear,2021,1\nsource,Bote,1\n"


@pytest.mark.usefixtures("folder")
def test_the_report_of_an_update_as_json(run: Run) -> None:
    done = run("index", "--format", "json")
    assert done.json["added"] == 5
    assert done.json["sources"] == ["seeds"]
    assert "5 added" in done.err
    assert run("index").out == ""


@pytest.mark.usefixtures("folder")
def test_scores_add_up_in_every_format(run: Run) -> None:
    done = run("query", "Elbe Pegel", "--explain", "--format", "json").json
    for hit in done["explanation"]["hits"]:
        assert sum(p["score"] for p in hit["parts"]) == pytest.approx(hit["score"], abs=1e-5)
    text = run("query", "Elbe Pegel", "--explain", "-n", "1").out
    assert "\nquery\n  Elbe Pegel\n\ntree\n  combination\n" in text
    assert "  text:elb" in text


@pytest.mark.usefixtures("folder")
def test_hostile_metadata_is_one_harmless_cell(run: Run, folder: Path) -> None:
    record = {"id": "x", "text": "Ein Quastenflosser.", "title": 'a,"\n\x1b[2J', "rank": "1"}
    (folder / "seeds" / "x.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = run("query", "Quastenflosser", "--format", "csv")
    (row,) = read_csv(done.out)
    assert "\x1b" not in done.out
    assert row["title"] == 'a," \ufffd[2J'
    assert row["metadata.rank"] == "1"
