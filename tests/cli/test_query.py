"""``searchkit query`` on real texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Run


def test_the_first_query_makes_the_index_and_answers(folder: Path, run: Run) -> None:
    first = run("query", "Gipfel")
    assert first.status == 0
    assert "1. Auf der Zugspitze\n   berge\n" in first.out
    assert first.err.startswith("there is no index in index yet; making one of seeds\n")
    assert "5 added, 0 replaced, 0 removed, 0 unchanged" in first.err
    assert (folder / "index").is_dir()
    second = run("query", "Gipfel")
    assert second.out == first.out
    assert re.fullmatch(r"1 document, [\d.]+ m?s\n", second.err)


@pytest.mark.usefixtures("folder")
def test_several_arguments_are_one_query(run: Run) -> None:
    together, apart = run("query", "Schnee Radweg", "-q"), run("query", "Schnee", "Radweg", "-q")
    assert apart.out == together.out
    assert run("query", '"Radweg an der"', "--format", "json").json["total"] == 1


@pytest.mark.usefixtures("folder")
def test_json_is_the_answer_and_nothing_else(run: Run) -> None:
    done = run("query", "Elbe", "--format", "json", "--facet", "year", "--facet", "source")
    answer = done.json
    assert answer["format_version"] == 1
    assert answer["query"] == "Elbe"
    assert answer["total"] == 3
    assert {hit["id"] for hit in answer["hits"]} == {"elbe", "nord/hafen", "rad"}
    assert answer["facets"]["year"] == [
        {"value": "2019", "count": 1},
        {"value": "2020", "count": 1},
    ]
    assert answer["facets"]["source"] == [{"value": "Bote", "count": 1}]
    for hit in answer["hits"]:
        for snippet in hit["snippets"]:
            assert {snippet["text"][start:end] for start, end in snippet["spans"]} == {"Elbe"}


@pytest.mark.usefixtures("folder")
def test_json_lines_are_typed_messages(run: Run) -> None:
    done = run("query", "Elbe", "--format", "jsonl", "--facet", "year", "-n", "2")
    messages = [json.loads(line) for line in done.out.splitlines()]
    assert [message["type"] for message in messages] == ["summary", "hit", "hit", "facet"]
    assert messages[0]["format_version"] == 1


@pytest.mark.usefixtures("folder")
def test_pages_and_ranks(run: Run) -> None:
    whole = run("query", "Elbe", "--format", "json").json["hits"]
    page = run("query", "Elbe", "-n", "1", "--offset", "1")
    assert page.out.startswith(f"2. {whole[1]['title']}\n")
    assert page.err.startswith("2 to 2 of 3 documents, ")
    assert run("query", "Elbe", "-n", "2").err.startswith("2 of 3 documents, ")


@pytest.mark.usefixtures("folder")
def test_past_the_last_hit_there_is_a_next_step(run: Run) -> None:
    beyond = run("query", "Elbe", "--offset", "30")
    assert (beyond.status, beyond.out) == (0, "")
    assert "  try: --offset 0 (there are no more than 3)\n" in beyond.err
    assert "try:" not in run("query", "Elbe", "--limit", "0").err


@pytest.mark.usefixtures("folder")
def test_filters_of_one_name_are_alternatives(run: Run) -> None:
    both = run("query", "Elbe", "--filter", "year=2019", "--filter", "year=2020", "--format=json")
    assert {hit["id"] for hit in both.json["hits"]} == {"elbe", "nord/hafen"}
    assert run("query", "Elbe", "--filter", "source=Bote", "--format=json").json["total"] == 1


@pytest.mark.usefixtures("folder")
def test_dates_include_what_they_overlap(run: Run) -> None:
    found = run("query", "Elbe", "--from", "2019-05-20", "--to", "2020-03", "--format", "json")
    assert [hit["date"] for hit in found.json["hits"]].count("2019-05") == 1
    assert found.json["total"] == 2


@pytest.mark.usefixtures("folder")
def test_dates_written_the_german_way(run: Run) -> None:
    found = run("query", "Elbe", "--from", "20.05.2019", "--to", "3.2020", "--format", "json").json
    assert {hit["id"] for hit in found["hits"]} == {"elbe", "nord/hafen"}


@pytest.mark.usefixtures("folder")
def test_dates_the_wrong_way_round_are_named(run: Run) -> None:
    nothing = run("query", "Elbe", "--from", "2020", "--to", "2019")
    assert nothing.status == 1
    assert "as 2020 is after 2019: searchkit query --from 2019 --to 2020 Elbe\n" in nothing.err
    nothing = run("query", "Elbe", "--from", "Q2 2020", "--to", "Juni 2019")
    assert "as Q2 2020 is after Juni 2019" in nothing.err


@pytest.mark.usefixtures("folder")
def test_quarters_and_ranges_of_dates(run: Run) -> None:
    def found(*args: str) -> set[str]:
        return {hit["id"] for hit in run("query", *args, "--format", "json").json["hits"]}

    assert found("Elbe", "--from", "Q2 2019", "--to", "2. Quartal 2019") == {"elbe"}
    assert found("Elbe", "--filter", "month=>=2020") == {"nord/hafen"}
    assert found('Elbe AND datum:"April 2019".."Mai 2019"') == {"elbe"}
    refused = run("query", "Elbe", "--from", "Sommer 2019")
    assert refused.status == 2
    assert "write the months, as 2018-06..2018-08" in refused.err


@pytest.mark.usefixtures("folder")
def test_sorting_by_date(run: Run) -> None:
    for order, dates in (("date", ["2019-05", "2020-03-14"]), ("-date", ["2020-03-14", "2019-05"])):
        hits = run("query", "Elbe", "--sort", order, "--format", "json").json["hits"]
        assert [hit["date"] for hit in hits] == [*dates, None]


@pytest.mark.usefixtures("folder")
def test_a_query_that_starts_with_a_dash(run: Run) -> None:
    assert run("query", "Elbe", "-Hafen").status == 2
    hint = run("query", "Elbe", "-Hafen", "-n", "3", "--facet=year", "der Pegel").err.splitlines()[
        1
    ]
    assert hint.startswith("  try: searchkit query -n 3 --facet=year -- Elbe -Hafen 'der Pegel' (")
    found = run("query", "--format", "json", "--", "-Hafen", "Elbe").json
    assert {hit["id"] for hit in found["hits"]} == {"elbe", "rad"}


@pytest.mark.usefixtures("folder")
def test_nothing_found_names_a_next_step(run: Run) -> None:
    nothing = run("query", "Quastenflosser", "--from", "2019")
    assert (nothing.status, nothing.out) == (1, "")
    assert nothing.err.splitlines()[-3:] == [
        "  try: without filters and dates: searchkit query Quastenflosser",
        "  try: the beginning of a word: searchkit query 'Quastenfl*'",
        "  try: the months of the documents: searchkit facets month",
    ]
    assert run("query", "Quastenflosser", "--format", "json").json["total"] == 0


@pytest.mark.usefixtures("folder")
def test_the_advice_to_try_the_beginning_of_a_word_works(run: Run) -> None:
    assert run("query", "Zugspi*").status == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("query", ["", " ", '"', "((", "AND", "+", "Elbe)", "a:b:c", "\udcff", "*"])
def test_no_query_is_an_error(run: Run, query: str) -> None:
    done = run("query", "--", query)
    assert done.status in (0, 1)
    assert "error" not in done.err


def test_a_changed_folder_is_answered_and_the_command_named(folder: Path, run: Run) -> None:
    run("query", "Elbe", "--index", "mein index")
    (folder / "seeds" / "neu.txt").write_text("Noch ein Text über die Elbe.", encoding="utf-8")
    stale = run("query", "Elbe", "--index", "mein index")
    assert "nord/hafen" in stale.out
    command = "searchkit index --index 'mein index'"
    assert stale.err.endswith(f"have changed since they were indexed; to catch up: {command}\n")
    assert run("index", "--index", "mein index").status == 0
    assert "neu" in run("query", "Elbe", "--index", "mein index").out


@pytest.mark.usefixtures("folder")
def test_quiet_says_nothing_but_errors(run: Run) -> None:
    assert run("query", "Elbe", "--quiet").err == ""
    assert run("query", "Quastenflosser", "--quiet").err == ""
    assert run("query", "Elbe", "--facet", "nix", "--quiet").err.startswith("error: ")


@pytest.mark.usefixtures("folder")
def test_colour_only_where_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = "\x1b[1;31mGipfel\x1b[0m"
    assert "\x1b" not in run("query", "Gipfel").out
    assert marked in run("query", "Gipfel", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert marked in run("query", "Gipfel").out
    assert "\x1b" not in run("query", "Gipfel", "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("query", "Gipfel").out


@pytest.mark.usefixtures("folder")
def test_lines_keep_to_the_width(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert max(map(len, run("query", "Gipfel Elbe Bahn").out.splitlines())) <= 30


@pytest.mark.usefixtures("folder")
def test_a_cursor_continues_behind_a_page(run: Run) -> None:
    first = run("query", "Elbe", "-n", "2", "--format", "json").json
    rest = run("query", "Elbe", "-n", "2", "--cursor", first["next_cursor"])
    assert rest.out.startswith("3. ")
    assert rest.err.startswith("3 to 3 of 3 documents, ")
    refused = run("query", "Schnee", "--cursor", first["next_cursor"])
    assert refused.status == 2
    assert "another query" in refused.err


@pytest.mark.usefixtures("folder")
def test_the_number_of_passages_can_be_chosen(run: Run) -> None:
    answer = run("query", "Elbe", "--snippets", "0", "--format", "json").json
    assert answer["total"] == 3
    assert all(hit["snippets"] == [] for hit in answer["hits"])
    assert run("query", "Elbe", "--snippets", "11").status == 2


def test_near_duplicates_can_be_left_out(folder: Path, run: Run) -> None:
    text = (folder / "seeds" / "elbe.txt").read_text(encoding="utf-8")
    (folder / "seeds" / "wieder.txt").write_text(text.replace("2019", "2018"), encoding="utf-8")
    assert "2 documents, " in run("query", "Hochwasser").err
    done = run("query", "Hochwasser", "--collapse", "duplicates")
    assert "1 document, " in done.err
    assert "   2019-05  elbe  1 nearly the same hidden\n" in done.out
    assert run("query", "Hochwasser", "--collapse", "source").status == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("*", "--filter", "place=Dresdn"), ("place:Dresdn",)])
def test_an_unknown_value_brings_the_nearest_to_mind(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("query", *arguments)
    assert done.status == 1
    assert "no document has the place 'Dresdn'; the nearest is 'Dresden'" in done.err
