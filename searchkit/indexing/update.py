"""An index brought up to date with its sources: one commit, or nothing at all."""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchkit.config import Settings
from searchkit.corpus.states import FileState
from searchkit.engine.port import EngineReader, Origin
from searchkit.errors import SourceEmpty
from searchkit.extract.registry import make_extractor
from searchkit.indexing.change import Change
from searchkit.indexing.collection import rare_collections
from searchkit.indexing.convert import Converter
from searchkit.indexing.digest import digest
from searchkit.indexing.feed import PROGRAM, Feed, Item, Source, batched, make_feed
from searchkit.indexing.fingerprint import index_settings
from searchkit.indexing.learning import learn_words
from searchkit.indexing.origins import Origins
from searchkit.indexing.progress import Progress, ProgressCallback
from searchkit.indexing.states import content_of, read_states
from searchkit.indexing.vocabulary import needs_renewal
from searchkit.model import Document, UpdateReport
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation
from searchkit.store.manifest import Manifest
from searchkit.text.lexicon import Lexicon


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
        jobs: processes that index, this one included.
    """

    def __init__(
        self,
        folder: IndexFolder,
        settings: Settings,
        jobs: int = 1,
    ) -> None:
        self._jobs = jobs
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
        with rare_collections():
            return self._synchronise(None, self._feed(source), progress)

    def update(
        self, basis: Basis, source: Source, progress: ProgressCallback | None = None
    ) -> UpdateReport:
        """Bring what came from a source in line with what the source holds now.

        Documents from elsewhere stay, unless the source has one of the same id.
        Raises what ``build`` does; nothing is written where nothing changed.
        """
        with rare_collections():
            return self._synchronise(basis, self._feed(source), progress)

    def add(self, basis: Basis, documents: Iterable[Document]) -> UpdateReport:
        """Add documents or replace those of the same id; remove none."""
        return self._synchronise(basis, self._feed(documents), None, remove_gone=False)

    def remove(self, basis: Basis, ids: Iterable[str]) -> int:
        """Remove the documents of these ids; unknown ones are passed over. Says how many."""
        known = [i for i in dict.fromkeys(ids) if basis.reader.number(i) is not None]
        with self._change(basis, basis.lexicon) as change:
            change.delete(known)
            if change.begun:
                documents = basis.reader.document_count()
                renewed, uncounted = _vocabulary_state(basis, len(known), documents)
                states = read_states(basis.generation)
                manifest = self._manifest(basis, basis.manifest.sources, uncounted)
                change.commit(manifest, states, renew_vocabulary=renewed)
        return len(known)

    def _feed(self, source: Source) -> Feed:
        return make_feed(source, self._settings.limits.corpus)

    def _change(self, basis: Basis | None, lexicon: Lexicon) -> Change:
        generation = basis.generation if basis else None
        return Change(self._folder, generation, self._settings, lexicon, self._jobs)

    def _synchronise(
        self,
        basis: Basis | None,
        feed: Feed,
        progress: ProgressCallback | None,
        *,
        remove_gone: bool = True,
    ) -> UpdateReport:
        began = time.perf_counter()
        known: Mapping[str, Origin] = {}
        if basis:
            # To see what is gone, all must be looked at.
            known = basis.reader.origins() if remove_gone else Origins(basis.reader)
        lexicon = basis.lexicon if basis else Lexicon(None, self._settings.word_patterns)
        with self._change(basis, lexicon) as change:
            items = feed.items() if basis else self._learned(change, feed, lexicon)
            if progress:
                items = _reporting(items, len(change.shared), feed, progress)
            converter = Converter(lexicon, self._extractor)
            seen, changed = _write_differences(change, converter, items, known)
            if basis is None:
                # The segment of all documents needs the memory.
                lexicon.forget_chunks()
            if not seen and feed.sources != (PROGRAM,):
                raise _empty(feed)
            gone = _gone(known, seen, feed.sources) if remove_gone else []
            change.delete(gone)
            written = {*changed, *gone}
            kept: set[str] | None = None
            if remove_gone:
                kept = {known[i].source for i in known.keys() - written}
            self._commit(
                change, basis, feed, kept, _vocabulary_state(basis, len(written), len(known))
            )
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

    def _learned(self, change: Change, feed: Feed, lexicon: Lexicon) -> Iterator[Item]:
        """All documents, after the words of the first were learned for an index that is new."""
        splitter, sample, items = learn_words(feed.items(), lexicon, change)
        change.learn(splitter, sample)
        if self._settings.compounds:
            lexicon.adopt(splitter)
        return items

    def _commit(
        self,
        change: Change,
        basis: Basis | None,
        feed: Feed,
        kept: Container[str] | None,
        vocabulary: tuple[bool, int],
    ) -> None:
        """Commit where a document, a file or the list of sources differs.

        ``kept`` are the origins of documents that stayed, None where all have: a source that has
        none any more, because its files have moved, is forgotten.
        """
        before = read_states(basis.generation) if basis else []
        known = basis.manifest.sources if basis else ()
        named = [source for source in feed.sources if source != PROGRAM]
        live = [source for source in known if kept is None or source in kept or source in named]
        sources = tuple(dict.fromkeys([*live, *named]))
        states = _merged_states(before, feed, sources)
        same = basis is not None and sources == known and content_of(states) == content_of(before)
        if change.begun or not same:
            renewed, uncounted = vocabulary
            manifest = self._manifest(basis, sources, uncounted)
            change.commit(manifest, states, renew_vocabulary=renewed)

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
    changed = list(change.shared)
    seen = set(changed)
    for batch in batched(items, change.together):
        seen.update(item.document.id for item in batch)
        different = [item for item in batch if _differs(item, known.get(item.document.id))]
        if different:
            change.write(different, converter)
            changed += [each.document.id for each in different]
    change.write_waiting(converter)
    return seen, changed


def _differs(item: Item, known: Origin | None) -> bool:
    """Whether a document is new or not as it was."""
    return known is None or known != Origin(item.source, digest(item.document))


def _vocabulary_state(basis: Basis | None, changed: int, documents: int) -> tuple[bool, int]:
    """Whether the words are to be counted anew, because enough has changed since they last were;
    and how many changed documents remain uncounted.
    """
    if basis is None:
        return True, 0
    uncounted = basis.manifest.uncounted + changed
    renewed = changed > 0 and needs_renewal(uncounted, documents)
    return renewed, 0 if renewed else uncounted


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


def _reporting(
    items: Iterator[Item], before: int, feed: Feed, progress: ProgressCallback
) -> Iterator[Item]:
    """The same items; tells how far they have come whenever the next one is asked for."""
    for count, item in enumerate(items, start=1 + before):
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
