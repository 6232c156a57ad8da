"""The build and the update that the fault tests disturb, and what an index answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from searchkit import Document, Settings, build_index, open_index
from tests.docs.readme import ROOT

SETTINGS = Settings(extractor="none")
_PLACES = ("Helsinki", "Berlin", "Wien", "Bern")

Answers = tuple[object, ...]


def documents(count: int, state: int = 0) -> list[Document]:
    """Documents whose every text says which state of the index it belongs to."""
    return [
        Document(
            f"d{n}",
            f"Der Gipfel in {_PLACES[n % 4]} war Treffen Nummer {n}. Zustand{state} gilt. " * 3,
            date=f"2018-{n % 12 + 1:02}",
            metadata={"source": _PLACES[n % 3]},
        )
        for n in range(count)
    ]


def build(folder: Path) -> None:
    """The first state."""
    build_index(documents(12), folder, settings=SETTINGS).close()


def update(folder: Path) -> None:
    """The second: some documents replaced, some removed, some new."""
    with open_index(folder, settings=SETTINGS) as index:
        index.update(documents(16, state=1)[4:])


def remove(folder: Path) -> None:
    """The third, with which the first is thrown away."""
    with open_index(folder, settings=SETTINGS) as index:
        index.remove(["d5"])


STEPS = {"build": build, "update": update, "remove": remove}
QUERIES = ("Gipfel Helsinki", '"Treffen Nummer"', "Treff*", "Zustand1", "Gipfl", "source:Wien")


def answers(folder: Path) -> Answers:
    """What the index says to every query, and every document."""
    with open_index(folder, settings=SETTINGS) as index:
        found = [index.search(query, limit=50, facets=["month", "source"]) for query in QUERIES]
        results = tuple(
            (
                [(hit.id, hit.score, hit.date, [s.text for s in hit.snippets]) for hit in r.hits],
                r.total,
                r.notes,
                dict(r.facets),
            )
            for r in found
        )
        # Numbers of documents follow from the order of writing; ids do not.
        stored = sorted((d.id, d.text, d.date) for d in index.scan())
        return (results, stored, index.complete("tre"))


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs some code; what it is given is in ``sys.argv[1:]``."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
