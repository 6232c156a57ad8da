"""``searchkit index`` on real texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit import Document, build_index

from .conftest import Run


def generation(run: Run) -> int:
    """The number of the generation in force."""
    number: int = run("status", "--format", "json").json["generation"]
    return number


def test_what_is_new_changed_and_gone_is_counted(folder: Path, run: Run) -> None:
    made = run("index")
    assert (made.status, made.out) == (0, "")
    assert made.err.startswith("seeds: 5 added, 0 replaced, 0 removed, 0 unchanged, ")
    (folder / "seeds" / "neu.txt").write_text("Ein neuer Text.", encoding="utf-8")
    (folder / "seeds" / "elbe.txt").write_text("Die Elbe ist wieder ruhig.", encoding="utf-8")
    (folder / "seeds" / "berge.md").unlink()
    assert "seeds: 1 added, 1 replaced, 1 removed, 3 unchanged, " in run("index").err
    assert run("query", "Zugspitze").status == 1
    assert "elbe" in run("query", "ruhig").out


@pytest.mark.usefixtures("folder")
def test_a_second_run_touches_nothing(run: Run) -> None:
    run("index")
    before = generation(run)
    assert "0 added, 0 replaced, 0 removed, 5 unchanged" in run("index").err
    assert generation(run) == before


def test_without_a_source_the_known_ones_are_read_again(folder: Path, run: Run) -> None:
    (folder / "seeds").rename(folder / "texte")
    assert run("index", "texte").status == 0
    again = run("index")
    assert again.err.startswith("texte: 0 added")
    assert run("index", "--rebuild").err.startswith("texte: 5 added")


def test_problems_are_reported_with_file_and_line(folder: Path, run: Run) -> None:
    lines = [{"id": "gut", "text": "Gut."}, {"id": "gut", "text": "Noch einmal."}]
    text = "".join(json.dumps(line) + "\n" for line in lines) + "{kaputt\n"
    (folder / "seeds" / "fehler.jsonl").write_text(text, encoding="utf-8")
    (folder / "seeds" / "leer.txt").write_text("", encoding="utf-8")
    (folder / "seeds" / ".versteckt.txt").write_text("Geheim.", encoding="utf-8")
    done = run("index")
    assert done.status == 0
    assert "6 added" in done.err
    assert "(hidden)" in done.err
    assert "fehler.jsonl:2: " in done.err
    assert "fehler.jsonl:3: " in done.err
    assert "leer.txt: " in done.err
    assert run("index", "--strict").status == 1
    assert run("index", "--strict", "--rebuild").status == 1


@pytest.mark.usefixtures("folder")
def test_strict_is_content_with_a_clean_folder(run: Run) -> None:
    assert run("index", "--strict").status == 0


@pytest.mark.usefixtures("folder")
def test_quiet_says_nothing(run: Run) -> None:
    done = run("index", "--quiet")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_a_hundred_problems_are_cut(folder: Path, run: Run) -> None:
    (folder / "seeds" / "viele.jsonl").write_text("{\n" * 100, encoding="utf-8")
    err = run("index").err
    assert err.count("viele.jsonl:") == 20
    assert err.endswith("  and 80 more\n")


def test_an_index_made_by_a_program_has_nothing_to_read_again(empty_folder: Path, run: Run) -> None:
    build_index([Document("a", "Ein Text.")], empty_folder / "index").close()
    done = run("index")
    assert done.status == 2
    assert done.err.splitlines()[1] == "  try: name what to index: searchkit index FOLDER"
    assert "none: made by a program" in run("status").out


@pytest.mark.usefixtures("folder")
def test_other_settings_name_the_command_that_helps_and_it_helps(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", "--index", "mein index")
    monkeypatch.setattr("searchkit.indexing.fingerprint.STEMMER", "another stemmer")
    for command in (["query", "Elbe"], ["status"], ["index"], ["show", "elbe"]):
        refused = run(*command, "--index", "mein index")
        assert refused.status == 2
        assert refused.err.endswith("searchkit index --index 'mein index' --rebuild\n")
    assert run("index", "--index", "mein index", "--rebuild").status == 0
    assert run("query", "Elbe", "--index", "mein index").status == 0


def test_a_damaged_index_can_be_rebuilt_from_a_named_folder(folder: Path, run: Run) -> None:
    run("index")
    (next((folder / "index").glob("generation-*")) / "manifest.json").write_text("{", "ascii")
    assert "--rebuild" in run("query", "Elbe").err
    assert "searchkit index --rebuild FOLDER" in run("index", "--rebuild").err
    assert run("index", "--rebuild", "seeds").status == 0
    assert run("query", "Elbe").status == 0


def test_a_source_that_is_gone_says_how_to_go_on(folder: Path, run: Run) -> None:
    run("index", "seeds")
    (folder / "seeds").rename(folder / "texte")
    gone = run("index")
    assert gone.status == 2
    assert "searchkit index FOLDER" in gone.err
    assert "5 replaced" in run("index", "texte").err
    assert "\nup to date  yes\n" in run("status").out


@pytest.mark.usefixtures("folder")
def test_the_extractor_is_chosen_by_a_flag(run: Run) -> None:
    assert run("index", "--extractor", "none").status == 0
    # Whoever reads need not say it.
    assert run("query", "Radweg").status == 0
    assert "Dresden" not in run("facets", "place").out
    refused = run("index")
    assert refused.status == 2
    assert "the index was made with extractor 'none'" in refused.err
    assert "--set extractor=none" in refused.err
    assert run("index", "--set", "extractor=none").status == 0
    assert run("index", "--rebuild").status == 0
    assert "Dresden" in run("facets", "place").out


@pytest.mark.usefixtures("folder")
def test_names_found_by_rules_are_shown_without_saying_so(run: Run) -> None:
    assert run("index", "--extractor", "rules").status == 0
    assert "Dresden" in run("facets", "place").out
    (hit,) = run("query", "Radweg", "-n", "1", "--format", "json").json["hits"]
    assert run("show", hit["id"]).status == 0
    assert run("status").status == 0
    assert "extractor 'rules" in run("index").err
    assert run("index", "--extractor", "rules").status == 0


@pytest.mark.usefixtures("folder")
def test_an_extractor_that_is_missing_says_what_to_install(run: Run) -> None:
    refused = run("index", "--extractor", "flair:de-ner")
    assert refused.status == 2
    assert "pip install" in refused.err
    unknown = run("index", "--extractor", "magic")
    assert unknown.status == 2
    assert "there is no extractor 'magic'" in unknown.err
    assert "spacy:MODEL" in unknown.err
