"""``searchkit help``, shell completion, the pager and links."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit.cli import COMMANDS, terminal
from searchkit.cli.files import FileAddresses
from searchkit.cli.terminal import conventions, follows_links, write_paged
from searchkit.query.grammar import EXAMPLES
from searchkit.render.conventions import ENGLISH, GERMAN, NEUTRAL

from .conftest import Run, process_environment
from .test_terminal import Terminal


def test_the_query_language_is_explained(run: Run) -> None:
    done = run("help", "query")
    assert done.status == 0
    assert all(example.query in done.out for example in EXAMPLES)
    assert "searchkit query --help" in done.out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("example", EXAMPLES, ids=[e.query for e in EXAMPLES])
def test_every_example_of_the_language_can_be_asked(run: Run, example) -> None:
    run("index")
    done = run("query", "--format", "json", "--", example.query)
    assert done.status in (0, 1)
    # The index has no metadata "zahl"; all else is read as it is explained.
    misread = [note for note in done.json["notes"] if "(at character" in note]
    expected = "zahl" in example.query or example.query == "-Trump"
    assert bool(misread) == expected


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "query"])
def test_a_command_is_explained_as_by_its_own_help(run: Run, command: str) -> None:
    assert run("help", command).out == run(command, "--help").out


def test_help_without_a_topic_and_on_an_unknown_one(run: Run) -> None:
    assert run("help").out == run("--help").out
    unknown = run("help", "qury")
    assert unknown.status == 2
    assert unknown.err.splitlines()[1] == "  try: searchkit help query"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.status == 0
    assert "_SEARCHKIT_COMPLETE" in done.out
    assert run("completion", "bsh").err.splitlines()[1].endswith(" bash")


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name == "nt", reason="no such shells there")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("searchkit que", ["query"]),
        ("searchkit query Hafe", ["Hafen"]),
        ("searchkit query x --facet so", ["source"]),
        ("searchkit facets pla", ["place"]),
        ("searchkit query x --filter sou", ["source="]),
        ("searchkit query x --filter source=b", ["source=Bote"]),
        ("searchkit query x --filter nix=b", []),
        ("searchkit query x --format js", ["json", "jsonl"]),
        ("searchkit query --index nowhere Zug", []),
    ],
)
def test_what_a_shell_offers(run: Run, words: str, offered: list[str]) -> None:
    run("index")
    done = subprocess.run(
        [sys.executable, "-m", "searchkit"],
        env=process_environment(
            _SEARCHKIT_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split()) - 1),
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.partition(",")[2] for line in done.stdout.split()] == offered
    assert done.stderr == ""


OFFERED = {
    "searchkit que": ["query"],
    "searchkit query Hafe": ["Hafen"],
    "searchkit query +Hafe": ["+Hafen"],
    "searchkit query --filter sou": ["source="],
    "searchkit query --filter source=Bo": ["Bote"],
    "searchkit query --filter stadt=Bad\\ E": ["Bad\\ Ems"],
    "searchkit query --filter 'stadt=Bad E": ["stadt=Bad Ems"],
    'searchkit query --filter stadt="Bad E': ["stadt=Bad Ems"],
    "searchkit query stadt:Ba": ['\\"Bad\\ Ems\\"'],
    "searchkit query x --filter s": ["source=", "stadt="],
    "searchkit query x --index nowhere Zug": [],
}


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_is_offered_what_can_stand_in_the_line(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "Der Hafen.", "stadt": "Bad Ems", "source": "Bote"},
        {"id": "b", "text": "Ein Zug.", "source": "dpa"},
    ]
    texts = tmp_path / "texte.jsonl"
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run("index", str(texts), "--extractor", "none")
    program = tmp_path / "searchkit"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m searchkit "$@"\n')
    program.chmod(0o755)
    # What bash does when the tab key is pressed, but for what readline then shows.
    script = f"""
        eval "$(searchkit completion bash)"
        compopt() {{ :; }}
        for COMP_LINE in {" ".join(map(shlex.quote, OFFERED))}; do
            COMP_POINT=${{#COMP_LINE}}
            _searchkit_completion searchkit
            (IFS='|'; echo "${{COMPREPLY[*]}}")
        done
    """
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environment = process_environment(PATH=path, SEARCHKIT_EXTRACTOR="none")
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    answers = dict(zip(OFFERED, done.stdout.splitlines(), strict=True))
    assert answers == {line: "|".join(offered) for line, offered in OFFERED.items()}
    assert done.stderr == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name == "nt", reason="no such shells there")
def test_a_broken_configuration_is_no_matter_to_a_shell() -> None:
    Path("searchkit.toml").write_text("x = [")
    words = {"COMP_WORDS": "searchkit query --fil", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-m", "searchkit"],
        env=process_environment(_SEARCHKIT_COMPLETE="bash_complete", **words),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("plain,--filter", "")


def test_long_text_goes_through_the_pager_and_short_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = tmp_path / "shown"
    pager = f'{sys.executable} -c \'import sys; open("{shown}", "w").write(sys.stdin.read())\''
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(screen, "fileno", lambda: 1, raising=False)
    monkeypatch.setattr(terminal.os, "get_terminal_size", lambda _: os.terminal_size((80, 5)))
    environ = {**os.environ, "PAGER": pager}
    write_paged("kurz\n", wanted=True, environ=environ)
    assert screen.getvalue() == "kurz\n"
    write_paged("lang\n" * 9, wanted=True, environ=environ)
    assert shown.read_text() == "lang\n" * 9
    told = tmp_path / "told.py"
    told.write_text(
        f"import os, pathlib; pathlib.Path({str(shown)!r}).write_text(os.environ['LESSCHARSET'])"
    )
    write_paged("lang\n" * 9, wanted=True, environ={"PAGER": f"{sys.executable} {told}"})
    assert shown.read_text() == "utf-8"
    write_paged("ohne\n" * 9, wanted=False, environ=environ)
    write_paged("fehlt\n" * 9, wanted=True, environ={"PAGER": "no-such-pager-here"})
    write_paged("cat\n" * 9, wanted=True, environ={"PAGER": "cat"})
    assert screen.getvalue() == "kurz\n" + "ohne\n" * 9 + "fehlt\n" * 9 + "cat\n" * 9


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_links_where_the_terminal_follows_them(environ: dict[str, str], expected: bool) -> None:
    assert follows_links(Terminal(), environ) is expected
    assert not follows_links(io.StringIO(), {"TERM_PROGRAM": "WezTerm"})


def test_titles_lead_to_their_files(folder: Path, run: Run, monkeypatch) -> None:
    run("index")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    out = run("query", "Hafen Radweg", "--color", "always").out
    uri = (folder / "seeds" / "nord" / "hafen.txt").as_uri()
    assert f"\x1b]8;;{uri}\x1b\\" in out
    assert out.count("\x1b]8;;file:") == 1, "a line of a JSON Lines file has no address"
    assert "\x1b]8" not in run("query", "Hafen").out


def test_addresses_stay_inside_the_sources(folder: Path) -> None:
    (folder / "geheim.txt").write_text("x")
    addresses = FileAddresses([str(folder / "seeds")])
    assert addresses.address("nord/hafen") == (folder / "seeds/nord/hafen.txt").as_uri()
    assert addresses.address("../geheim") is None
    assert addresses.address("a\0b") is None
    assert addresses.address("x" * 4000) is None


def test_numbers_and_dates_by_locale(folder: Path, run: Run, monkeypatch) -> None:
    assert conventions({"LC_ALL": "de_DE.UTF-8", "LANG": "en_US"}) is GERMAN
    assert conventions({"LC_ALL": "", "LANG": "en_GB.UTF-8"}) is ENGLISH
    assert conventions({"LANG": "C.UTF-8"}) is NEUTRAL
    assert conventions({"LANG": "den_XX"}) is NEUTRAL
    run("index")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "   14. März 2020  nord/hafen\n" in run("query", "Hafen").out
    assert "   Mai 2019  elbe\n" in run("query", "Pegel").out
    assert run("query", "Hafen", "--format", "json").json["hits"][0]["date"] == "2020-03-14"
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "   14 March 2020  nord/hafen\n" in run("query", "Hafen").out
    assert folder.is_dir()


@pytest.mark.usefixtures("folder")
def test_the_source_and_the_score_on_request(run: Run) -> None:
    run("index")
    assert "\n   Bote  rad\n" in run("query", "Radweg").out
    assert "\n   Bote  rad  score " in run("query", "Radweg", "--scores").out
