"""``searchkit similar``."""

from __future__ import annotations

import json

import pytest

from .conftest import Run


@pytest.mark.usefixtures("folder")
def test_similar_shows_documents_and_the_words_they_share(run: Run) -> None:
    assert run("index", "-q").status == 0
    done = run("similar", "elbe")
    assert done.status == 0
    assert done.out.startswith("1. ")
    assert "   shares: " in done.out
    answer = run("similar", "elbe", "--format", "json").json
    assert answer["id"] == "elbe"
    first = answer["similar"][0]
    assert f"\n   shares: {', '.join(w['word'] for w in first['words'][:8])}\n" in done.out
    assert first["score"] == pytest.approx(sum(word["score"] for word in first["words"]))


@pytest.mark.usefixtures("folder")
def test_similar_as_a_table_and_with_scores(run: Run) -> None:
    assert run("index", "-q").status == 0
    lines = run("similar", "elbe", "-n", "1", "--format", "csv").out.splitlines()
    assert lines[0] == "rank,id,title,date,score,words,source"
    assert len(lines) == 2
    documents = run("similar", "elbe", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in documents] == (
        run("similar", "elbe", "--format", "json").json["similar"]
    )
    assert "score " in run("similar", "elbe", "--scores").out


@pytest.mark.usefixtures("folder")
def test_nothing_like_it_is_said_and_an_unknown_id_is_an_error(run: Run) -> None:
    assert run("index", "-q").status == 0
    alone = run("similar", "elbe", "--from", "1990", "--to", "1991")
    assert (alone.status, alone.out) == (1, "")
    assert "nothing found" in alone.err
    unknown = run("similar", "gibtesnicht")
    assert unknown.status == 2
    assert "there is no document 'gibtesnicht'" in unknown.err
