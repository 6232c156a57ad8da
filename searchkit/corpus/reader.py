"""Reads the documents of a corpus, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from searchkit.config import CorpusLimits
from searchkit.corpus.files import MeteredFile, open_file
from searchkit.corpus.formats import read_documents
from searchkit.corpus.names import escaped, quoted
from searchkit.corpus.plain_text import Reading
from searchkit.corpus.problems import ProblemLog, Remark
from searchkit.corpus.states import FileState
from searchkit.corpus.walk import CorpusFile, Sources, find_sources, walk
from searchkit.model import Document, Problem

_DEFAULT_LIMITS = CorpusLimits()


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it was found.

    Args:
        document: the document.
        source: the source it belongs to, absolute and normalised.
        path: its file as shown to users: the source as named and the path below it.
        line: its line, from 1; ``None`` where the whole file is the document.
    """

    document: Document
    source: str
    path: str
    line: int | None


class Corpus:
    """The documents of some files and folders.

    Formats by suffix: ``.txt`` (a seed text, or plain text without header), ``.md`` and
    ``.markdown``, ``.jsonl`` and ``.ndjson``, these two also packed as ``.gz`` or ``.xz``.
    Nothing that a corpus holds raises: it is reported in `problems`, and the rest is read.
    The reasons there are those of `searchkit.model.Problem` and ``too-large``, and, for remarks on
    texts that were kept, ``invalid-date``, ``metadata`` (a field that is no scalar), ``no-id``.

    Args:
        sources: paths of files or folders, or one such path; a link is followed here only.
        limits: what is too large to be read.

    Raises:
        SourceNotFound: there is nothing at a path.
        CorpusError: what is there can be neither walked nor read.

    >>> corpus = Corpus("seeds")
    >>> [(found.document.id, found.document.date) for found in corpus.documents()]
    [('000_46bd2b4e575b1249', '2018-07')]
    >>> corpus.read_bytes == corpus.size_bytes, corpus.problems
    (True, ())
    """

    def __init__(self, sources: Sources, *, limits: CorpusLimits = _DEFAULT_LIMITS) -> None:
        self._sources = find_sources(sources)
        self._limits = limits
        self._clear()

    def _clear(self) -> None:
        self._log = ProblemLog(self._limits.problems)
        self._states: dict[str, FileState] = {}
        self._first: dict[str, tuple[str, int | None]] = {}  # id -> file and line
        self._refused = 0
        self._read_bytes = 0
        self._open: MeteredFile | None = None

    def documents(self) -> Iterator[Found]:
        """Read the documents: sources in the order named, files sorted, lines as they come.

        The folders are walked once; calling this again reads the same files again and forgets
        what the last reading found. A file that lies in two sources is read as part of the first.
        """
        self._clear()
        for path, error in self._survey.unreadable:
            self._log.add(path, None, _unreadable(error))
        for file in self._survey.files:
            yield from self._documents_in(file)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources as `Found.source` names them, in the order named, each once."""
        return tuple(escaped(source.absolute) for source in self._sources)

    @property
    def size_bytes(self) -> int:
        """The size of all files as they lie on disk; walks the folders when first asked."""
        return self._survey.size_bytes

    @property
    def read_bytes(self) -> int:
        """How much of `size_bytes` has been read so far."""
        return self._read_bytes + (self._open.read_bytes if self._open else 0)

    @property
    def skipped(self) -> Mapping[str, int]:
        """Files and folders passed over, by reason: hidden, link, special, other, unreadable.

        A folder passed over counts as one; ``other`` is a suffix that is not known.
        """
        return self._survey.skipped + Counter(unreadable=self._refused)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read as it stands, in the order met."""
        return self._log.problems

    @property
    def states(self) -> list[FileState]:
        """What each file was when it was read, in that order; for `changed_since`."""
        return list(self._states.values())

    @cached_property
    def _survey(self) -> _Survey:
        skipped: Counter[str] = Counter()
        unreadable: list[tuple[str, OSError]] = []

        def note(reason: str, path: str, error: OSError | None) -> None:
            skipped[reason] += 1
            if error is not None:
                unreadable.append((path, error))

        files: dict[str, CorpusFile] = {}
        for source in self._sources:
            for file in walk(source, note):
                files.setdefault(file.path, file)
        size_bytes = sum(file.size_bytes for file in files.values())
        return _Survey(list(files.values()), size_bytes, skipped, unreadable)

    def _documents_in(self, file: CorpusFile) -> Iterator[Found]:
        try:
            raw = open_file(file)
        except OSError as error:
            self._refuse(file, error)
            return
        self._open, shown = raw, file.shown
        with raw:
            try:
                for line, reading in read_documents(file, raw, self._limits.document_bytes):
                    document = self._accepted(shown, line, reading)
                    if document is not None:
                        yield Found(document, escaped(file.source.absolute), shown, line)
                raw.check_unchanged()
            except OSError as error:
                self._log.add(shown, None, _unreadable(error))
            self._keep(raw.state())
        self._read_bytes += raw.read_bytes
        self._open = None

    def _accepted(self, shown: str, line: int | None, reading: Reading) -> Document | None:
        """Note what there is to say about a text; the document, if it is to be kept."""
        for remark in reading.remarks:
            self._log.add(shown, line, remark)
        document = reading.document
        if document is not None and document.id in self._first:
            self._log.add(shown, line, _duplicate(document.id, *self._first[document.id]))
            return None
        if document is not None:
            self._first[document.id] = (shown, line)
        return document

    def _refuse(self, file: CorpusFile, error: OSError) -> None:
        """Note a file that could not be opened."""
        self._log.add(file.shown, None, _unreadable(error))
        self._refused += 1
        if not isinstance(error, FileNotFoundError):
            self._keep(FileState.of(file, file.size_bytes, file.mtime_ns, ""))

    def _keep(self, state: FileState) -> None:
        self._states[state.path] = state


@dataclass(frozen=True, slots=True)
class _Survey:
    """What walking the sources found."""

    files: list[CorpusFile]
    size_bytes: int
    skipped: Counter[str]
    unreadable: list[tuple[str, OSError]]


def _unreadable(error: OSError) -> Remark:
    return Remark("unreadable", f"cannot be read: {error.strerror or error}", lost=True)


def _duplicate(id: str, path: str, line: int | None) -> Remark:
    place = path if line is None else f"{path}:{line}"
    message = f"the id {quoted(id)} is already that of {place}; this text was left out"
    return Remark("duplicate-id", message, lost=True)
