"""A folder of small German texts, and two ways to run the command line in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.cli import main

HOME = Path(searchkit.__file__).parents[1]
TEXTS = {
    "elbe.txt": " date 2019-05 Die Elbe führt Hochwasser. In Dresden stieg der Pegel der Elbe.\n",
    "nord/hafen.txt": " date 2020-03-14 Der Hamburger Hafen wächst. Die Elbe wird vertieft.\n",
    "berge.md": "# Auf der Zugspitze\n\nDer Schnee auf dem Gipfel schmilzt. Zwei Gipfel ruhen.\n",
}
RECORDS = [
    {"id": "bahn", "title": "Neue Strecke", "text": "Die Bahn baut.", "date": "2021-02-8"},
    {"id": "rad", "title": "Radweg", "text": "Ein Radweg an der Elbe.", "source": "Bote"},
]
VARIABLES = (
    *("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS", "PAGER", "LESS"),
    *("LC_ALL", "LC_TIME", "LANG"),
    *(name for name in os.environ if name.startswith("SEARCHKIT_")),
    "SEARCHKIT_DEBUG",
)


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, with nothing of note in the environment."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def folder(empty_folder: Path) -> Path:
    """A working directory with five texts in ``seeds``."""
    for name, text in TEXTS.items():
        file = empty_folder / "seeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    (empty_folder / "seeds" / "meldungen.jsonl").write_text(lines, encoding="utf-8")
    return empty_folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def run_here(*arguments: str) -> Outcome:
        capsys.readouterr()
        status = main(arguments)
        return Outcome(status, *capsys.readouterr())

    return run_here


@pytest.fixture
def run_process() -> Run:
    """Run ``python -m searchkit`` as a process of its own."""

    def run_there(*arguments: str, **environment: str) -> Outcome:
        command = [sys.executable, "-m", "searchkit", *arguments]
        done = subprocess.run(
            command, env=process_environment(**environment), capture_output=True, check=False
        )
        return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run_there


def process_environment(**changes: str) -> dict[str, str]:
    """The environment for a process that finds this very searchkit wherever it runs."""
    path = os.pathsep.join(filter(None, [str(HOME), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, **changes}
