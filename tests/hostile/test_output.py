"""Texts, titles, ids and file names that would steer a terminal or a page: whole commands."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from searchkit.cli import main
from tests.docs.readme import ROOT

NASTY = "\x1b[2J\x1b]0;böse\x07\x9b31m\u202eGipfel\u2066\u200b"
SCRIPT = '<script>alert("Gipfel")</script><img src=x onerror=alert(1)>&lt;b&gt;'
CODES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[ -~]*\x1b\\")


def is_harmless(text: str) -> bool:
    """Whether no character steers or reorders; line feeds and tabs may stay."""
    return all(
        char in "\n\t"
        or (
            unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
            and unicodedata.bidirectional(char) not in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI")
        )
        for char in text
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with an index of nasty texts."""
    found = tmp_path_factory.mktemp("nasty")
    seeds = found / "seeds"
    seeds.mkdir()
    records = [
        {
            "id": f"{NASTY}\n1",
            "title": NASTY,
            "text": f"Der Gipfel {NASTY} begann.",
            "source": NASTY,
        },
        {"id": SCRIPT, "title": SCRIPT, "text": f"Der Gipfel {SCRIPT} begann.", NASTY: SCRIPT},
        {"id": "p", "text": f"Angela {NASTY} Merkel traf Wladimir Putin{NASTY} am Gipfel."},
        {"id": "falsch", "text": None, NASTY: [1]},
        {"id": NASTY * 1000, "text": "x"},
    ]
    (seeds / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    if os.name != "nt":
        (seeds / f"{NASTY}.txt").write_text(f"Der Gipfel in Helsinki. {NASTY}\n{SCRIPT}\r\nEnde.")
        (seeds / f"{NASTY}\nb.md").write_bytes(b"\xff Der Gipfel \x80")
        (seeds / f"{NASTY}.jsonl").write_bytes(b"{\n\xff\n")
    return found


@pytest.fixture(autouse=True)
def _in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PAGER", "LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)


@pytest.fixture(scope="module")
def ids(folder: Path) -> list[str]:
    """The ids of the documents, by an index of their own."""
    from searchkit import build_index

    with build_index(folder / "seeds", folder / "ids") as index:
        return [document.id for document in index.scan()]


COMMANDS = [
    ("index", "--rebuild"),
    ("query", "Gipfel", "--facet", "person", "--facet", "source", "--facet", "year"),
    ("query", "Gipfel", "--explain"),
    ("query", f"{NASTY} Gipfl source:{NASTY}"),
    ("query", "--filter", f"source={NASTY}", "Gipfel"),
    ("query", "--filter", f"{NASTY}=x", "Gipfel"),
    ("query", "--sort", NASTY, "Gipfel"),
    ("query", "--strict", f"Gipfel ({NASTY}"),
    ("query", "-l", "Gipfel"),
    ("query", "--cursor", NASTY, "Gipfel"),
    ("query", "--from", NASTY, "Gipfel"),
    ("query", "--index", NASTY, "Gipfel"),
    ("query", "--config", NASTY, "Gipfel"),
    ("query", "--set", f"{NASTY}=1", "Gipfel"),
    ("facets", "person"),
    ("facets", "source", "--prefix", NASTY),
    ("facets", NASTY),
    ("complete", "gip"),
    ("complete", NASTY),
    ("show", NASTY),
    ("similar", NASTY),
    ("status",),
    ("check",),
    (NASTY,),
    ("query", f"--{NASTY}"),
]


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: ascii(" ".join(c))[:40])
def test_nothing_that_steers_a_terminal_gets_out(command, format, capsys):
    arguments = [*command, "--format", format]
    status = main(arguments)
    out, err = capsys.readouterr()
    assert status in (0, 1, 2)
    assert is_harmless(out)
    assert is_harmless(err)
    if out and format == "json":
        json.loads(out)
    elif format == "jsonl":
        for line in out.splitlines():
            json.loads(line)


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv"])
def test_every_document_is_shown_without_harm(ids, format, capsys):
    assert len(ids) > 3
    main(["index"])
    for document_id in ids:
        for command in ("show", "similar"):
            assert main([command, "--format", format, "--", document_id]) in (0, 1)
            out, _ = capsys.readouterr()
            assert is_harmless(out)
            if format == "json":
                json.loads(out)


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Always."""
        return True


@pytest.mark.parametrize("command", [c for c in COMMANDS if c[0] in ("query", "facets", "status")])
def test_on_a_terminal_only_the_codes_of_searchkit_get_out(command, monkeypatch):
    for name, value in {"FORCE_HYPERLINK": "1", "PAGER": "", "COLUMNS": "60"}.items():
        monkeypatch.setenv(name, value)
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    main([*command, "--color", "always"])
    for written in (out.getvalue(), err.getvalue()):
        assert is_harmless(CODES.sub("", written).replace("\r\x1b[K", ""))


def test_bytes_of_a_pipe_are_harmless_utf_8():
    done = subprocess.run(
        [sys.executable, "-m", "searchkit", "query", "Gipfel", f"source:{NASTY}", "-n", "100"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert is_harmless(done.stdout.decode("utf-8"))
    assert is_harmless(done.stderr.decode("utf-8"))
    assert b"Gipfel" in done.stdout
