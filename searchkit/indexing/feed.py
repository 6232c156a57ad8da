"""What is to be indexed, whether it comes from files or from a program."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

from searchkit.corpus.reader import Corpus
from searchkit.corpus.states import FileState
from searchkit.errors import DocumentInvalid
from searchkit.indexing.progress import Progress, ProgressCallback
from searchkit.model import Document, Problem

PathLike = str | os.PathLike[str]
Source = PathLike | Sequence[PathLike] | Iterable[Document]

#: The origin of documents that a program gave.
PROGRAM = ""


class Feed(Protocol):
    """Documents to index; after ``documents`` is used up, what became of the rest."""

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

    def documents(self) -> Iterator[tuple[Document, str]]:
        """Each document with its origin, no id twice."""


def make_feed(source: Source, progress: ProgressCallback | None) -> Feed:
    """The feed of a path, several paths, or documents.

    Raises:
        SourceNotFound: a path leads nowhere.
    """
    if isinstance(source, str | os.PathLike):
        return _CorpusFeed([source], progress)
    items = iter(source)
    first = next(items, None)
    if isinstance(first, str | os.PathLike):
        return _CorpusFeed([first, *items], progress)  # type: ignore[list-item]
    given: Iterable[object] = () if first is None else chain([first], items)
    return _ProgramFeed(given, progress)


class _CorpusFeed:
    def __init__(self, paths: Sequence[PathLike], progress: ProgressCallback | None) -> None:
        self._corpus = Corpus(paths)
        self._progress = progress
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

    def documents(self) -> Iterator[tuple[Document, str]]:
        corpus = self._corpus
        for count, found in enumerate(corpus.documents(), start=1):
            yield found.document, found.source
            if self._progress:
                self._progress(Progress(count, corpus.read_bytes, corpus.size_bytes))


class _ProgramFeed:
    sources = (PROGRAM,)
    skipped: Mapping[str, int] = {}
    states: Sequence[FileState] = ()

    def __init__(self, given: Iterable[object], progress: ProgressCallback | None) -> None:
        self._given = given
        self._progress = progress
        self.problems: list[Problem] = []

    def documents(self) -> Iterator[tuple[Document, str]]:
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
            yield document, PROGRAM
            if self._progress:
                self._progress(Progress(count, 0, 0))

    def _refuse(self, document_id: str, count: int) -> None:
        message = f"item {count} has the id {document_id!r} of an earlier one"
        self.problems.append(Problem("documents", count, "duplicate-id", message))
