"""What is to be indexed, whether it comes from files or from a program."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from searchkit.config import CorpusLimits
from searchkit.corpus.reader import Corpus
from searchkit.corpus.states import FileState
from searchkit.errors import DocumentInvalid
from searchkit.model import Document, Entity, Problem
from searchkit.text.lexicon import AnalysedText

PathLike = str | os.PathLike[str]
Source = PathLike | Sequence[PathLike] | Iterable[Document]

#: The origin of documents that a program gave.
PROGRAM = ""

#: So many documents are analysed together,
TOGETHER = 1024
#: or so many where processes share the work, so that none is left with much at the end;
SHARED = 256
# or fewer of so many code points in all.
_LETTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A document to index.

    Args:
        document: what was read.
        source: its origin.
        read_bytes: how much of the files was read when it was found.
        words: of its text, where they are known already.
        entities: what its text names, where that is known already.
    """

    document: Document
    source: str
    read_bytes: int = 0
    words: AnalysedText | None = None
    entities: tuple[Entity, ...] | None = None


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Items in lists of so many, or fewer where their texts are long."""
    batch: list[Item] = []
    letters = 0
    for item in items:
        batch.append(item)
        letters += len(item.document.text)
        if len(batch) == size or letters >= _LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


class Feed(Protocol):
    """Documents to index; after ``items`` is used up, what became of the rest."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The origins it stands for: absolute paths, or ``PROGRAM``."""

    @property
    def skipped(self) -> Mapping[str, int]:
        """Files not read, by reason."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be indexed as it stands."""

    @property
    def states(self) -> Sequence[FileState]:
        """What the files looked like."""

    @property
    def size_bytes(self) -> int:
        """The size of the files; 0 for documents of a program."""

    def items(self) -> Iterator[Item]:
        """Each document with its origin, no id twice."""


def make_feed(source: Source, limits: CorpusLimits) -> Feed:
    """The feed of a path, several paths, or documents; the limits are for files.

    Raises:
        SourceNotFound: a path leads nowhere.
        DocumentInvalid: it is neither.
    """
    if isinstance(source, str | os.PathLike):
        return _CorpusFeed([source], limits)
    if not isinstance(source, Iterable):
        raise DocumentInvalid(
            f"the source is {type(source).__name__}, neither a path nor documents",
            "give a path, several paths, or searchkit.Document values in a list",
        )
    items = iter(source)
    first = next(items, None)
    if isinstance(first, str | os.PathLike):
        return _CorpusFeed([first, *items], limits)  # type: ignore[list-item]
    given: Iterable[object] = () if first is None else chain([first], items)
    return _ProgramFeed(given)


class _CorpusFeed:
    def __init__(self, paths: Sequence[PathLike], limits: CorpusLimits) -> None:
        self._corpus = Corpus(paths, limits=limits)
        self.sources = tuple(self._corpus.sources)

    @property
    def skipped(self) -> Mapping[str, int]:
        return self._corpus.skipped

    @property
    def problems(self) -> Sequence[Problem]:
        return self._corpus.problems

    @property
    def states(self) -> Sequence[FileState]:
        return self._corpus.states

    @property
    def size_bytes(self) -> int:
        return self._corpus.size_bytes

    def items(self) -> Iterator[Item]:
        for found in self._corpus.documents():
            yield Item(found.document, found.source, self._corpus.read_bytes)


class _ProgramFeed:
    sources = (PROGRAM,)
    skipped: Mapping[str, int] = {}
    states: Sequence[FileState] = ()
    size_bytes = 0

    def __init__(self, given: Iterable[object]) -> None:
        self._given = given
        self.problems: list[Problem] = []

    def items(self) -> Iterator[Item]:
        seen: set[str] = set()
        for count, document in enumerate(self._given, start=1):
            if not isinstance(document, Document):
                raise DocumentInvalid(
                    f"item {count} of the documents is {type(document).__name__}, no Document",
                    "give searchkit.Document values, or a path",
                )
            if document.id in seen:
                self._refuse(document.id, count)
                continue
            seen.add(document.id)
            yield Item(document, PROGRAM)

    def _refuse(self, document_id: str, count: int) -> None:
        message = f"item {count} has the id {document_id!r} of an earlier one"
        self.problems.append(Problem("documents", count, "duplicate-id", message))
