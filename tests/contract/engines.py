"""The engines under test behind one face: begin a change, read what was committed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from searchkit.config import Ranking
from searchkit.engine.arrays.engine import open_reader
from searchkit.engine.arrays.writer import ArrayWriter, create_writer, open_writer
from searchkit.engine.port import EngineReader, EngineWriter, IndexDocument
from searchkit.text.lexicon import Lexicon
from tests.contract.slow_engine import SlowReader, SlowWriter


class Engine(Protocol):
    """What the contract asks of whoever brings an engine: an index that begins empty."""

    def writer(self) -> EngineWriter:
        """A change to what was committed last; one at a time."""

    def committed(self) -> None:
        """To be called when a writer has committed: readers opened from now on see it."""

    def reader(self) -> EngineReader:
        """What was committed last."""


class SlowEngine:
    """The slow engine; an index is a list."""

    def __init__(self, _: Path, lexicon: Lexicon, ranking: Ranking) -> None:
        self._documents: list[IndexDocument] = []
        self._lexicon, self._ranking = lexicon, ranking

    def writer(self) -> EngineWriter:
        return SlowWriter(self._documents)

    def committed(self) -> None:
        """Nothing to do."""

    def reader(self) -> EngineReader:
        return SlowReader(self._documents, self._lexicon, self._ranking)


class ArrayEngine:
    """The array engine; as in the store, every change goes to a folder of its own, which begins as
    hard links to the files of the one before.
    """

    def __init__(self, folder: Path, lexicon: Lexicon, ranking: Ranking) -> None:
        self._folder, self._lexicon, self._ranking = folder, lexicon, ranking
        self._current: Path | None = None
        self._draft: Path | None = None
        self._number = 0

    def writer(self) -> EngineWriter:
        self._number += 1
        self._draft = self._folder / f"g{self._number}"
        if self._current is None:
            self._draft.mkdir(parents=True)
            return create_writer(self._draft, self._lexicon)
        shutil.copytree(self._current, self._draft, copy_function=os.link)
        return open_writer(self._draft, self._lexicon)

    def committed(self) -> None:
        self._current = self._draft

    def reader(self) -> EngineReader:
        if self._current is None:
            write(self, [])
        assert self._current is not None
        return open_reader(self._current, self._ranking)

    def optimise(self) -> None:
        """One segment of all documents, without those that are deleted."""
        writer = self.writer()
        assert isinstance(writer, ArrayWriter)
        writer.optimise()
        writer.commit()
        self.committed()


ENGINES = (SlowEngine, ArrayEngine)


def write(
    engine: Engine, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()
) -> EngineReader:
    """Write, then delete, commit, and open what there is then."""
    writer = engine.writer()
    writer.write(documents)
    writer.delete(deleted)
    writer.commit()
    engine.committed()
    return engine.reader()
