"""An index brought up to date with its sources: one commit, or nothing at all."""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from searchkit.config import Settings
from searchkit.corpus.states import FileState
from searchkit.engine.port import EngineReader, Origin
from searchkit.errors import SourceEmpty
from searchkit.extract.registry import make_extractor
from searchkit.indexing.change import Change
from searchkit.indexing.convert import Converter
from searchkit.indexing.feed import PROGRAM, Feed, Item, Source, make_feed
from searchkit.indexing.fingerprint import index_settings
from searchkit.indexing.progress import Progress, ProgressCallback
from searchkit.indexing.states import content_of, read_states
from searchkit.indexing.stored import digest
from searchkit.indexing.vocabulary import VocabularyCounter, needs_renewal
from searchkit.indexing.words import learn_words
from searchkit.model import Document, UpdateReport
from searchkit.store.folder import Generation, IndexFolder
from searchkit.store.manifest import Manifest
from searchkit.text.lexicon import Lexicon

# Documents whose words are analysed together.
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Basis:
    """What a change starts from: a generation, its manifest, its documents and its words.

    The lexicon may be one that searches use: words are analysed once.
    """

    generation: Generation
    manifest: Manifest
    reader: EngineReader
    lexicon: Lexicon


class IndexWriter:
    """Writes to one index folder.

    Args:
        folder: the index.
        settings: in force.
    """

    def __init__(
        self,
        folder: IndexFolder,
        settings: Settings,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._stored_settings = index_settings(settings)
        self._extractor = make_extractor(settings.extractor)

    def build(self, source: Source, progress: ProgressCallback | None = None) -> UpdateReport:
        """Index a source from nothing, beside what there was, and switch when done.

        Raises:
            SourceNotFound, SourceEmpty: there is nothing to index.
            DocumentInvalid: an item of the source is no document.
            IndexPathInvalid, IndexLocked, StoreError: the folder cannot be written.
        """
        self._folder.exists()
        return self._synchronise(None, make_feed(source), progress)

    def update(
        self, basis: Basis, source: Source, progress: ProgressCallback | None = None
    ) -> UpdateReport:
        """Bring what came from a source in line with what the source holds now.

        Documents from elsewhere stay, unless the source has one of the same id.
        Raises what ``build`` does; nothing is written where nothing changed.
        """
        return self._synchronise(basis, make_feed(source), progress)

    def add(self, basis: Basis, documents: Iterable[Document]) -> UpdateReport:
        """Add documents or replace those of the same id; remove none."""
        return self._synchronise(basis, make_feed(documents), None, remove_gone=False)

    def remove(self, basis: Basis, ids: Iterable[str]) -> int:
        """Remove the documents of these ids; unknown ones are passed over. Says how many."""
        known = [i for i in dict.fromkeys(ids) if basis.reader.number(i) is not None]
        with Change(self._folder, basis.generation, self._settings) as change:
            change.delete(known)
            if change.begun:
                counter = VocabularyCounter(basis.lexicon)
                documents = len(basis.reader.origins())
                uncounted = _renew_vocabulary(change, basis, counter, set(known), documents)
                states = read_states(basis.generation)
                manifest = self._manifest(basis, basis.manifest.sources, uncounted)
                change.commit(manifest, states)
        return len(known)

    def _synchronise(
        self,
        basis: Basis | None,
        feed: Feed,
        progress: ProgressCallback | None,
        *,
        remove_gone: bool = True,
    ) -> UpdateReport:
        began = time.perf_counter()
        known = basis.reader.origins() if basis else {}
        with Change(self._folder, basis.generation if basis else None, self._settings) as change:
            converter, items = self._prepare(change, basis, feed)
            if progress:
                items = _reporting(items, feed, progress)
            seen, changed = _write_differences(change, converter, items, known)
            if not seen and feed.sources != (PROGRAM,):
                raise _empty(feed)
            gone = _gone(known, seen, feed.sources) if remove_gone else []
            change.delete(gone)
            counter = converter.vocabulary
            uncounted = _renew_vocabulary(change, basis, counter, {*changed, *gone}, len(known))
            kept = {known[i].source for i in known.keys() - {*changed, *gone}}
            self._commit(change, basis, feed, kept, uncounted)
        replaced = sum(document_id in known for document_id in changed)
        return UpdateReport(
            added=len(changed) - replaced,
            replaced=replaced,
            removed=len(gone),
            unchanged=len(seen) - len(changed),
            skipped=dict(feed.skipped),
            problems=tuple(feed.problems),
            took_s=time.perf_counter() - began,
        )

    def _prepare(
        self, change: Change, basis: Basis | None, feed: Feed
    ) -> tuple[Converter, Iterator[Item]]:
        """What analyses the documents, and the documents; a new index first learns their words."""
        if basis:
            return Converter(basis.lexicon, self._extractor, self._settings.opening), feed.items()
        lexicon = Lexicon()
        splitter, items = learn_words(feed.items(), lexicon)
        change.learn(splitter)
        if self._settings.compounds:
            lexicon.adopt(splitter)
        return Converter(lexicon, self._extractor, self._settings.opening), items

    def _commit(
        self,
        change: Change,
        basis: Basis | None,
        feed: Feed,
        kept: Container[str],
        uncounted: int,
    ) -> None:
        """Commit where a document, a file or the list of sources differs.

        ``kept`` are the origins of documents that stayed: a source that has none any more, because
        its files have moved, is forgotten.
        """
        before = read_states(basis.generation) if basis else []
        known = basis.manifest.sources if basis else ()
        named = [source for source in feed.sources if source != PROGRAM]
        live = [source for source in known if source in kept or source in named]
        sources = tuple(dict.fromkeys([*live, *named]))
        states = _merged_states(before, feed, sources)
        same = basis is not None and sources == known and content_of(states) == content_of(before)
        if change.begun or not same:
            change.commit(self._manifest(basis, sources, uncounted), states)

    def _manifest(self, basis: Basis | None, sources: tuple[str, ...], uncounted: int) -> Manifest:
        built = basis.manifest.built if basis else os.urandom(8).hex()
        return Manifest(self._stored_settings, built, sources, uncounted)


def _write_differences(
    change: Change,
    converter: Converter,
    items: Iterable[Item],
    known: Mapping[str, Origin],
) -> tuple[set[str], list[str]]:
    """Write what is new or different; the ids of all documents, and of those written."""
    seen: set[str] = set()
    changed: list[str] = []
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        seen.update(item.document.id for item in batch)
        different = [
            item
            for item in batch
            if known.get(item.document.id) != Origin(item.source, digest(item.document))
        ]
        converter.learn(item.document.text for item in different)
        for item in different:
            change.write(converter.convert(item.document, item.source))
            changed.append(item.document.id)
    return seen, changed


def _renew_vocabulary(
    change: Change,
    basis: Basis | None,
    counter: VocabularyCounter,
    changed: set[str],
    documents: int,
) -> int:
    """Count the words anew where enough has changed since they were last counted.

    ``counter`` has counted the documents that were written. Says how many changed documents remain
    uncounted.
    """
    if basis is None:
        change.keep_vocabulary(counter)
        return 0
    uncounted = basis.manifest.uncounted + len(changed)
    if not changed or not needs_renewal(uncounted, documents):
        return uncounted
    counter.add_all(basis.reader, changed)
    change.keep_vocabulary(counter)
    return 0


def _gone(known: Mapping[str, Origin], seen: set[str], sources: Sequence[str]) -> list[str]:
    """The documents that came from the sources and are in them no more."""
    return [i for i, origin in known.items() if origin.source in sources and i not in seen]


def _merged_states(
    before: Sequence[FileState], feed: Feed, sources: Sequence[str]
) -> list[FileState]:
    """The files as they are now, and those of sources that were not looked at."""
    others = [source for source in sources if source not in feed.sources]
    kept = [state for state in before if any(_below(state.path, s) for s in others)]
    return [*kept, *feed.states]


def _reporting(items: Iterator[Item], feed: Feed, progress: ProgressCallback) -> Iterator[Item]:
    """The same items; tells how far they have come whenever the next one is asked for."""
    for count, item in enumerate(items, start=1):
        yield item
        progress(Progress(count, item.read_bytes, feed.size_bytes))


def _below(path: str, source: str) -> bool:
    return path == source or path.startswith(source.rstrip(os.sep) + os.sep)


def _empty(feed: Feed) -> SourceEmpty:
    where = ", ".join(feed.sources)
    reasons = [f"{count} skipped ({reason})" for reason, count in feed.skipped.items()]
    reasons += [str(problem) for problem in feed.problems[:3]]
    because = f": {'; '.join(reasons)}" if reasons else ""
    return SourceEmpty(
        f"there is no text to index in {where}{because}",
        "put .txt, .md or .jsonl files there, or name another folder: searchkit index FOLDER",
    )
