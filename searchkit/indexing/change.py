"""One change of an index: begun at the first difference, committed whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType

from searchkit.config import Settings
from searchkit.corpus.states import FileState
from searchkit.engine.arrays.engine import open_reader
from searchkit.engine.arrays.writer import create_writer, open_writer
from searchkit.engine.port import EngineWriter, IndexDocument
from searchkit.indexing.states import write_states
from searchkit.indexing.vocabulary import write_vocabulary
from searchkit.indexing.words import write_words
from searchkit.store.folder import Draft, Generation, IndexFolder
from searchkit.store.manifest import Manifest
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon


class Change:
    """A context manager that gathers writes and deletions; without any it leaves no trace.

    Args:
        folder: the index.
        basis: the generation to start from; ``None`` for an empty one.
        settings: for the time to wait for another writer.
        lexicon: the one that analyses the documents.
    """

    def __init__(
        self,
        folder: IndexFolder,
        basis: Generation | None,
        settings: Settings,
        lexicon: Lexicon,
    ) -> None:
        self._folder = folder
        self._basis = basis
        self._settings = settings
        self._lexicon = lexicon
        self._draft: Draft | None = None
        self._writer: EngineWriter | None = None
        self._splitter: CompoundSplitter | None = None

    def __enter__(self) -> Change:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Whatever was not committed is undone, for Ctrl-C too."""
        if self._writer:
            self._writer.abort()
        if self._draft:
            self._draft.abort()

    @property
    def begun(self) -> bool:
        """Whether anything differs so far."""
        return self._draft is not None

    def write(self, documents: Iterable[IndexDocument]) -> None:
        """Add or replace documents."""
        self._open().write(documents)

    def learn(self, splitter: CompoundSplitter) -> None:
        """Fix what the parts of words are, in an index that begins from nothing."""
        self._splitter = splitter

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents."""
        if ids:
            self._open().delete(ids)

    def commit(
        self, manifest: Manifest, states: Sequence[FileState], *, renew_vocabulary: bool
    ) -> None:
        """Make the change the next generation.

        Args:
            manifest, states: what it says of itself, and of the files it was made from.
            renew_vocabulary: whether the words are counted anew for suggestions and completions.
        """
        self._open().commit()
        self._writer = None
        assert self._draft is not None
        if renew_vocabulary:
            reader = open_reader(self._draft.generation.folder, self._settings.ranking)
            write_vocabulary(self._draft, reader)
            reader.close()
        write_states(self._draft, states)
        draft, self._draft = self._draft, None
        draft.commit(manifest)

    def _open(self) -> EngineWriter:
        if self._writer is None:
            timeout_s = self._settings.limits.lock_timeout_s
            self._draft = self._folder.begin(self._basis, timeout_s)
            make = open_writer if self._basis else create_writer
            self._writer = make(self._draft.generation.folder, self._lexicon)
            if self._splitter:
                write_words(self._draft, self._splitter)
        return self._writer
