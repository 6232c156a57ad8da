"""Whatever is wrong: one line what, one line what to do, status 2, and the index untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from searchkit.cli import COMMANDS, cli

from .conftest import Outcome, Run


def assert_two_lines(done: Outcome) -> None:
    """An error as it should be."""
    assert done.status == 2
    assert done.out == ""
    what, hint = done.err.splitlines()
    assert what.startswith("error: ")
    assert len(what) > len("error: ") + 10
    assert hint.startswith("  try: ")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "Elbe", "--facet", "persn"],
        ["query", "Elbe", "--filter", "persn=x"],
        ["query", "Elbe", "--filter", "person"],
        ["query", "Elbe", "--filter", "=x"],
        ["query", "Elbe", "--from", "gestern"],
        ["query", "Elbe", "--to", "2018-13"],
        ["query", "Elbe", "--sort", "size"],
        ["query", "Elbe", "--limit", "1001"],
        ["query", "Elbe", "--limit", "-1"],
        ["query", "Elbe", "--format", "xml"],
        ["query", "Elbe", "--color", "pink"],
        ["query", "Elbe", "--offset", "-1"],
        ["query", "Elbe", "--index"],
        ["query"],
        ["show"],
        ["show", "nix"],
        ["status", "extra"],
        ["index", "no-such-folder"],
        ["query", "Elbe", "--index", "seeds"],
        ["query", "Elbe", "--index", "seeds/elbe.txt"],
        ["index", "--index", "seeds"],
        ["index", "--index", "seeds/elbe.txt"],
        ["index", "--index", "seeds", "--rebuild"],
        ["show", "elbe", "--index", "nowhere"],
        ["status", "--index", "nowhere"],
        ["--nix"],
        ["nix"],
        ["query", "--nix"],
    ],
    ids=" ".join,
)
def test_bad_input(run: Run, arguments: list[str]) -> None:
    run("index")
    before = run("status").out
    assert_two_lines(run(*arguments))
    assert run("status").out == before


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["query", "x", "-n", "2000"], "--limit is 2000, but goes from 0 to 1000", "--limit 1000"),
        (["query", "x", "-n", "-1"], "--limit is -1, but goes from 0 to 1000", "--limit 0"),
        (["query", "x", "--offset", "-1"], "--offset is -1, but goes from 0 on", "--offset 0"),
        (["query", "x", "-n", "zehn"], "--limit is 'zehn', which is no whole number", "--limit 0"),
        (["index", "-j", "65"], "-j is 65, but goes from 1 to 64", "index -j 64"),
        (["query", "x", "--collapse", "dupl"], "no value 'dupl' of --collapse", "duplicates"),
        (["completion", "fisch"], "there is no SHELL 'fisch'", "searchkit completion fish"),
        (["query", "x", "--sort", "dat"], "there is no order 'dat'", "did you mean 'date'?"),
        (["query", "x", "--sort=-dat"], "there is no order '-dat'", "did you mean '-date'?"),
        (["query", "x", "--filter", "datum=2020"], "no facet or filter 'datum'", "year, month"),
        (["show", "bhn"], "there is no document 'bhn'", "did you mean 'bahn'?"),
        (["query", "x", "--config", "n.toml"], "cannot be read", "name another: --config FILE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_nearest_that_would_do_is_named(
    run: Run, arguments: list[str], what: str, hint: str
) -> None:
    run("index")
    done = run(*arguments)
    assert_two_lines(done)
    first, second = done.err.splitlines()
    assert what in first
    assert hint in second


@pytest.mark.usefixtures("folder")
def test_orders_have_german_names_too(run: Run) -> None:
    run("index")
    newest = run("query", "Elbe", "-l", "--sort", "-date").out
    assert run("query", "Elbe", "-l", "--sort=-datum").out == newest
    assert run("query", "Elbe", "-l", "--sort", "Datum").out != newest


@pytest.mark.usefixtures("folder")
def test_what_a_format_leaves_out_is_said(run: Run) -> None:
    run("index")
    assert "no facets" in run("query", "Elbe", "--facet", "year", "--format", "csv").err
    assert "no facets" not in run("query", "Elbe", "--facet", "year", "--format", "json").err
    assert run("complete", "xyz").err == (
        "nothing found: no word or name of the index begins with 'xyz'\n"
    )


@pytest.mark.usefixtures("empty_folder")
def test_a_query_with_nothing_to_search(run: Run) -> None:
    done = run("query", "Elbe")
    assert_two_lines(done)
    assert done.err.endswith("  try: name your texts: searchkit index FOLDER\n")
    assert not Path("index").exists()


@pytest.mark.usefixtures("empty_folder")
def test_index_without_the_default_folder(run: Run) -> None:
    assert_two_lines(run("index"))
    assert not Path("index").exists()


def test_an_empty_folder(empty_folder: Path, run: Run) -> None:
    (empty_folder / "leer").mkdir()
    assert_two_lines(run("index", "leer"))


@pytest.mark.usefixtures("folder")
def test_the_nearest_name_is_given(run: Run) -> None:
    assert "  try: searchkit query Elbe\n" in run("qury", "Elbe").err
    assert "  try: searchkit query Elbe\n" in run("suche", "Elbe").err
    assert "  try: searchkit help\n" in run("Hilfe").err
    assert "  try: to search: searchkit query Elbe 'der Pegel'; " in run("Elbe", "der Pegel").err
    assert "  try: searchkit query --facet\n" in run("query", "--fcet", "year").err
    run("index")
    assert "person" in run("query", "Elbe", "--facet", "persn").err.splitlines()[1]


@pytest.mark.usefixtures("folder")
def test_the_index_may_be_named_in_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHKIT_INDEX", "anderswo")
    run("index")
    assert Path("anderswo").is_dir()
    assert not Path("index").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert f"    searchkit {command}" in done.out.partition("Examples:")[2]


def test_without_a_command_there_is_help(run: Run) -> None:
    done = run()
    assert done.status == 0
    assert all(f"\n  {command} " in done.out for command in COMMANDS)
    assert done.out == run("--help").out


def test_the_group_itself_leaves_with_the_same_status() -> None:
    assert CliRunner().invoke(cli, ["qury"]).exit_code == 2
    assert CliRunner().invoke(cli, ["--version"]).exit_code == 0
