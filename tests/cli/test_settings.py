"""Settings from flags, the environment and a file, in this order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchkit.cli.configuration import known_settings, variable_of
from searchkit.config import Limits, Ranking, Settings

from .conftest import Outcome, Run


def origins(status: Outcome) -> dict[str, tuple[object, str]]:
    """Value and origin of each setting."""
    found = status.json["settings"]
    return {name: (each["value"], each["origin"]) for name, each in found.items()}


@pytest.fixture
def indexed(folder: Path, run: Run) -> Path:
    """A folder with an index."""
    run("index")
    return folder


@pytest.mark.usefixtures("indexed")
def test_every_setting_is_shown_with_its_default(run: Run) -> None:
    found = origins(run("status", "--format", "json"))
    assert {name: value for name, (value, _) in found.items()} == {
        **known_settings(),
        "format": "json",
    }
    assert found["format"] == ("json", "--format")
    assert {origin for name, (_, origin) in found.items() if name != "format"} == {"default"}
    assert found["ranking.k1"] == (Ranking().k1, "default")
    assert re.search(r"\nranking\.k1 +1\.2 \(default\)\n", run("status").out)


def test_flags_count_before_variables_before_the_file(
    indexed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("searchkit.toml").write_text(
        "format = 'json'\nquiet = true\nranking.k1 = 0.9\nranking.b = 1\nlimits.hits = 7\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("SEARCHKIT_RANKING_K1", "1.1")
    monkeypatch.setenv("SEARCHKIT_LIMITS_HITS", "8")
    monkeypatch.setenv("SEARCHKIT_COLOR", "never")
    found = origins(run("status", "--set", "limits.hits=9"))
    assert found["format"] == ("json", "searchkit.toml")
    assert found["quiet"] == (True, "searchkit.toml")
    assert found["color"] == ("never", "SEARCHKIT_COLOR")
    assert found["ranking.b"] == (1.0, "searchkit.toml")
    assert found["ranking.k1"] == (1.1, "SEARCHKIT_RANKING_K1")
    assert found["limits.hits"] == (9, "--set")
    assert run("query", "Elbe", "-n", "10", "--set", "limits.hits=9").status == 2
    assert run("query", "Elbe", "-n", "8").status == 0
    assert indexed.is_dir()


def test_settings_reach_the_answers(indexed: Path, run: Run) -> None:
    before = run("query", "Elbe", "--format", "json").json["hits"][0]["score"]
    (indexed / "pyproject.toml").write_text("[tool.searchkit.ranking]\nexact = 0\n")
    after = run("query", "Elbe", "--format", "json").json["hits"][0]["score"]
    assert after < before
    assert origins(run("status", "--format", "json"))["ranking.exact"] == (0.0, "pyproject.toml")


def test_word_patterns_are_a_list_or_have_blanks_between(folder: Path, run: Run) -> None:
    (folder / "searchkit.toml").write_text("word_patterns = ['#\\w+', 'C[+][+]']\n")
    (folder / "seeds" / "marke.txt").write_text("Die #Elbe und C++.\n")
    run("index")
    assert origins(run("status", "--format", "json"))["word_patterns"] == (
        r"#\w+ C[+][+]",
        "searchkit.toml",
    )
    assert run("query", "#elbe", "--count").out == "1\n"
    failed = run("query", "#elbe", "--set", r"word_patterns=#\w+")
    assert failed.status == 2
    assert "was made with tokeniser" in failed.err
    assert "(?:" not in failed.err
    assert run("query", "x", "--set", "word_patterns=(").err.startswith("error: the word pattern")


def test_a_named_file_and_the_index_beside_it(indexed: Path, run: Run) -> None:
    other = indexed / "fern" / "andere.toml"
    other.parent.mkdir()
    other.write_text("index = '../index'\n")
    found = run("status", "--config", "fern/andere.toml", "--format", "json")
    assert origins(found)["index"] == ("fern/../index", "fern/andere.toml")
    assert run("query", "Elbe", "--config", "fern/andere.toml").status == 0
    assert run("status", "--config", "nix.toml").err.startswith("error: the configuration 'nix")


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("ranking.k = 1", "there is no setting 'ranking.k' (in searchkit.toml)", "ranking.k1"),
        ("titel = 1", "there is no setting 'titel' (in searchkit.toml)", "ranking.title"),
        ("ranking.k1 = 'viel'", "ranking.k1 = 'viel' (in searchkit.toml) is not a number", "1.2"),
        ("limits.hits = 1.5", "limits.hits = 1.5 (in searchkit.toml) is not a whole number", ""),
        ("compounds = 3", "compounds = 3 (in searchkit.toml) is not true or false", "True"),
        ("index = 3", "index = 3 (in searchkit.toml) is not a text", ""),
        ("ranking.b = nan", "ranking.b = nan (in searchkit.toml) is not a number", ""),
        ("limits.query.depth = 99", "queries cannot nest 99 deep", "0 to 50"),
        ("x = [", "the configuration 'searchkit.toml' cannot be read", ""),
        ("format = 'jsn'", "there is no value 'jsn' of --format", "--format json"),
        (
            "extractor = 'python:evil:factory'",
            "searchkit.toml names an extractor that runs code: python:evil:factory",
            "--config searchkit.toml",
        ),
    ],
)
def test_what_a_file_cannot_say(indexed: Path, run: Run, line: str, said: str, hint: str) -> None:
    (indexed / "searchkit.toml").write_text(line)
    done = run("status")
    assert done.status == 2
    assert done.err.startswith(f"error: {said}")
    assert hint in done.err.splitlines()[1]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("flag", ["ranking.k1", "ranking.k1=x", "index=x", "nix=1"])
def test_what_a_flag_cannot_say(run: Run, flag: str) -> None:
    assert run("status", "--set", flag).status == 2


def test_other_settings_than_those_of_the_index(indexed: Path, run: Run) -> None:
    (indexed / "searchkit.toml").write_text("compounds = false\n")
    assert "searchkit index --rebuild" in run("query", "Elbe").err
    assert run("index", "--rebuild").status == 0
    assert run("query", "Elbe").status == 0


def test_an_unrelated_project_file_sets_nothing(indexed: Path, run: Run) -> None:
    (indexed / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert run("status").status == 0


def test_every_setting_has_a_variable_of_its_own() -> None:
    variables = [variable_of(name) for name in known_settings()]
    assert len(set(variables)) == len(variables)
    assert "SEARCHKIT_LIMITS_QUERY_WORDS" in variables
    assert Settings(limits=Limits()) == Settings()
