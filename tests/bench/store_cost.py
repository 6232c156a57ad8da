"""What it costs that a commit is all or nothing: sealing, syncing and switching, against writing
the same files plainly. See "Working on searchkit" in the README for how to run it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from searchkit import Document, Index, Settings, build_index
from searchkit.store.draft import Draft

SETTINGS = Settings(extractor="none")
COUNTS = (1, 100, 1000)


def articles(corpus: Path) -> Iterator[Document]:
    """The texts of a corpus of JSON Lines, over and over under new ids."""
    for turn in itertools.count():
        with lzma.open(corpus, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                yield Document(f"{turn}.{number}", row["text"], row.get("title") or "")


@contextmanager
def timed_commits() -> Iterator[list[float]]:
    """The seconds of every commit of the store while it lasts."""
    seconds: list[float] = []
    commit = Draft.commit

    def timed(self, manifest):  # type: ignore[no-untyped-def]
        began = time.perf_counter()
        done = commit(self, manifest)
        seconds.append(time.perf_counter() - began)
        return done

    Draft.commit = timed  # type: ignore[method-assign]
    try:
        yield seconds
    finally:
        Draft.commit = commit  # type: ignore[method-assign]


def plain_write(index: Path, target: Path) -> tuple[float, int]:
    """The seconds of writing the files a commit has made, and their bytes; nothing is synced."""
    generation = index / (index / "CURRENT").read_text(encoding="ascii").strip()
    contents = {
        file.name: file.read_bytes() for file in generation.iterdir() if file.stat().st_nlink == 1
    }
    target.mkdir()
    began = time.perf_counter()
    for name, content in contents.items():
        (target / name).write_bytes(content)
    seconds = time.perf_counter() - began
    shutil.rmtree(target)
    return seconds, sum(map(len, contents.values()))


def measure(index: Index, folder: Path, new: Iterator[Document], count: int, rounds: int) -> str:
    """A line about commits of so many documents: medians over some rounds."""
    adds, commits, plains, sizes = [], [], [], []
    for _ in range(rounds):
        documents = list(itertools.islice(new, count))
        os.sync()  # what others have written shall not be waited for here
        began = time.perf_counter()
        with timed_commits() as seconds:
            index.add(documents)
        adds.append(time.perf_counter() - began)
        commits += seconds
        plain, size = plain_write(folder / "index", folder / "plain")
        plains.append(plain)
        sizes.append(size)
    add, commit, plain = (median(each) * 1000 for each in (adds, commits, plains))
    size = median(sizes) / 1e6
    share = 100 * (commit - plain) / add
    return f"{count:9}  {add:10.1f}  {commit:9.1f}  {plain:8.1f}  {size:6.1f}  {share:13.1f} %"


def main() -> None:
    """Build an index, add to it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="articles as .jsonl.xz")
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    new = articles(chosen.corpus)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = list(itertools.islice(new, chosen.articles))
        with build_index(first, folder / "index", settings=SETTINGS) as index:
            print(f"{len(first):,} articles; medians of {chosen.rounds} rounds, in milliseconds")
            print("documents  whole call     commit  plainly      MB  store's share")
            for count in COUNTS:
                print(measure(index, folder, new, count, chosen.rounds))


if __name__ == "__main__":
    main()
