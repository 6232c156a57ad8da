"""One change of an index: begun at the first difference, committed whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from searchkit.config import Settings
from searchkit.corpus.states import FileState
from searchkit.engine.port import EngineWriter, IndexDocument
from searchkit.engine.whoosh.writer import create_writer, open_writer
from searchkit.indexing.states import write_states
from searchkit.indexing.vocabulary import VocabularyCounter
from searchkit.indexing.words import write_words
from searchkit.store.folder import Draft, Generation, IndexFolder
from searchkit.store.manifest import Manifest
from searchkit.text.compounds import CompoundSplitter


class Change:
    """A context manager that gathers writes and deletions; without any it leaves no trace.

    Args:
        folder: the index.
        basis: the generation to start from; ``None`` for an empty one.
        settings: for the time to wait for another writer.
    """

    def __init__(self, folder: IndexFolder, basis: Generation | None, settings: Settings) -> None:
        self._folder = folder
        self._basis = basis
        self._settings = settings
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

    def write(self, document: IndexDocument) -> None:
        """Add or replace a document."""
        self._open().write([document])

    def learn(self, splitter: CompoundSplitter) -> None:
        """Fix what the parts of words are, in an index that begins from nothing."""
        self._splitter = splitter

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents."""
        if ids:
            self._open().delete(ids)

    def keep_vocabulary(self, counter: VocabularyCounter) -> None:
        """Renew what suggestions and completions come from."""
        self._open()
        assert self._draft is not None
        counter.write(self._draft)

    def commit(self, manifest: Manifest, states: Sequence[FileState]) -> None:
        """Make the change the next generation."""
        self._open().commit()
        self._writer = None
        assert self._draft is not None
        write_states(self._draft, states)
        draft, self._draft = self._draft, None
        draft.commit(manifest)

    def _open(self) -> EngineWriter:
        if self._writer is None:
            timeout_s = self._settings.limits.lock_timeout_s
            self._draft = self._folder.begin(self._basis, timeout_s)
            make = open_writer if self._basis else create_writer
            self._writer = make(self._draft.generation.folder)
            if self._splitter:
                write_words(self._draft, self._splitter)
        return self._writer
