"""One change of an index: begun at the first difference, committed whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from searchkit.config import Settings
from searchkit.corpus.states import FileState
from searchkit.engine.arrays.engine import open_reader
from searchkit.engine.arrays.writer import ArrayWriter, create_writer, open_writer
from searchkit.engine.stored import encode_text
from searchkit.indexing.convert import Converter
from searchkit.indexing.feed import SHARED, TOGETHER, Item
from searchkit.indexing.learning import FormCounts
from searchkit.indexing.parallel import Workers
from searchkit.indexing.states import write_states
from searchkit.indexing.vocabulary import (
    COMPLETION,
    SPELLING,
    CountedWords,
    completion_arrays,
    spelling_arrays,
)
from searchkit.indexing.words import write_words
from searchkit.store.draft import Draft
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation
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
        jobs: processes that index, this one included.
    """

    def __init__(
        self,
        folder: IndexFolder,
        basis: Generation | None,
        settings: Settings,
        lexicon: Lexicon,
        jobs: int = 1,
    ) -> None:
        self._folder = folder
        self._basis = basis
        self._settings = settings
        self._lexicon = lexicon
        self._jobs = jobs
        self._draft: Draft | None = None
        self._writer: ArrayWriter | None = None
        self._workers: Workers | None = None
        self._shared: list[str] = []
        self._splitter: CompoundSplitter | None = None
        self._sample: Sequence[str] = ()

    def __enter__(self) -> Change:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Whatever was not committed is undone, for Ctrl-C too."""
        if self._workers:
            self._workers.stop()
        if self._writer:
            self._writer.abort()
        if self._draft:
            self._draft.abort()

    @property
    def begun(self) -> bool:
        """Whether anything differs so far."""
        return self._draft is not None

    @property
    def together(self) -> int:
        """How many documents are best written at once."""
        return TOGETHER if self._jobs == 1 else SHARED

    @property
    def shared(self) -> Sequence[str]:
        """The ids of the documents that other processes took while words were counted."""
        return self._shared

    def share(self, items: Sequence[Item]) -> bool:
        """Give new documents to another process before anything is written, if one has time."""
        if not self._others().offer(items):
            return False
        self._shared += [item.document.id for item in items]
        return True

    def take_back(self) -> Sequence[Item]:
        """New documents that were given to another process, and that none has begun with; none
        where there are no such.
        """
        items = self._others().take_back() or ()
        back = {item.document.id for item in items}
        self._shared = [shared for shared in self._shared if shared not in back]
        return items

    def count(self) -> None:
        """Ask other processes for the words of the documents that they were given."""
        self._others().count()

    def counts(self) -> Sequence[FormCounts]:
        """The words that other processes were asked for."""
        return self._others().counts()

    def write(self, items: Sequence[Item], converter: Converter) -> None:
        """Add or replace documents, here or in another process."""
        writer = self._open()
        if self._others().offer(items):
            writer.delete([item.document.id for item in items])
        else:
            writer.write(converter.convert(items))

    def write_waiting(self, converter: Converter) -> None:
        """Write here what still waits for other processes."""
        while waiting := self._others().take_back():
            self._open().write(converter.convert(waiting))

    def learn(self, splitter: CompoundSplitter, sample: Sequence[str]) -> None:
        """Fix what the parts of words are, in an index that begins from nothing.

        Args:
            splitter: knows the parts.
            sample: some of the texts, which show what they have in common; none where there are no
                documents.
        """
        self._splitter, self._sample = splitter, sample
        if sample:
            # At once, for other processes wait for it.
            self._open()

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
        writer = self._open()
        # All of them make their last segments at the same time.
        self._others().finish()
        writer.flush()
        writer.adopt(self._others().segments())
        writer.commit()
        self._writer = None
        assert self._draft is not None
        if renew_vocabulary:
            self._write_vocabulary(self._draft)
        self._others().close()
        write_states(self._draft, states)
        draft, self._draft = self._draft, None
        draft.commit(manifest)

    def _write_vocabulary(self, draft: Draft) -> None:
        """Keep what suggestions and completions need; another process makes one of the two."""
        folder = draft.generation.folder
        is_shared = self._others().complete(folder)
        reader = open_reader(folder, self._settings.ranking)
        found = CountedWords.of(reader)
        draft.write_arrays(SPELLING, spelling_arrays(found))
        draft.write_arrays(
            COMPLETION,
            self._others().completion() if is_shared else completion_arrays(found, reader),
        )
        reader.close()

    def _open(self) -> ArrayWriter:
        if self._writer is None:
            timeout_s = self._settings.limits.lock_timeout_s
            self._draft = self._folder.begin(self._basis, timeout_s)
            make = open_writer if self._basis else create_writer
            self._writer = make(self._draft.generation.folder, self._lexicon)
            if self._splitter:
                write_words(self._draft, self._splitter)
            self._writer.prepare([encode_text(text) for text in self._sample], self._jobs)
            self._others().begin(self._draft.generation.folder, self._writer.next_number + 1)
        return self._writer

    def _others(self) -> Workers:
        """The other processes, started when they are first needed."""
        if self._workers is None:
            self._workers = Workers(self._settings, self._jobs - 1)
        return self._workers
