"""Documents into segments: new ones beside the old, deletions as marks, merges now and then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.builder import MAX_DOCUMENTS, MAX_WORDS, SegmentBuilder
from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.folder import SegmentFolder, SegmentInfo
from searchkit.engine.arrays.guard import writing
from searchkit.engine.arrays.integers import Arrays
from searchkit.engine.arrays.merge import merged_arrays
from searchkit.engine.port import EngineWriter, IndexDocument, Outcome
from searchkit.store.arrays import write_arrays
from searchkit.text.lexicon import Lexicon

#: So many segments of about one size become one. Each document is then rewritten as often as the
#: logarithm to this base of the number of documents, at most.
MERGED_AT_ONCE = 8
# Smaller segments count as of this size: merging them costs next to nothing.
_SMALLEST_WORDS = 50_000
# A segment with a larger share of deleted documents is written anew.
_MOST_DELETED = 0.5
# Documents kept back until there are enough of them to learn what texts have in common.
_SAMPLE_DOCUMENTS = 1000


def create_writer(folder: Path, lexicon: Lexicon) -> EngineWriter:
    """A writer into an empty index in ``folder``.

    Args:
        folder: exists and is empty.
        lexicon: the one that analyses the documents to be written.
    """
    with writing(folder):
        files = SegmentFolder(folder)
        files.write_infos([])
        return ArrayWriter(files, lexicon, learns=True)


def open_writer(folder: Path, lexicon: Lexicon) -> EngineWriter:
    """A writer that goes on from the index in ``folder``."""
    with writing(folder):
        return ArrayWriter(SegmentFolder(folder), lexicon)


class ArrayWriter:
    """An ``EngineWriter`` of segments.

    Args:
        files: the index.
        lexicon: the one that analyses the documents.
        learns: whether what the texts have in common is learned from the first of them.
    """

    def __init__(self, files: SegmentFolder, lexicon: Lexicon, *, learns: bool = False) -> None:
        self._files = files
        self._lexicon = lexicon
        self._infos = files.infos()
        self._segments = {info.name: files.open(info) for info in self._infos}
        self._deleted = {info.name: set(files.deleted(info).tolist()) for info in self._infos}
        self._changed: set[str] = set()
        self._last_number = max((int(info.name[1:]) for info in self._infos), default=0)
        self._waiting: list[IndexDocument] | None = [] if learns else None
        self._compressor = files.compressor()
        self._builder = self._new_builder()

    def write(self, documents: Iterable[IndexDocument]) -> list[Outcome]:
        """See ``EngineWriter.write``."""
        with writing(self._files.folder):
            return [self._write(document) for document in documents]

    def _write(self, document: IndexDocument) -> Outcome:
        replaced = self._delete(document.id)
        if self._waiting is not None:
            self._waiting.append(document)
            if len(self._waiting) >= _SAMPLE_DOCUMENTS:
                self._learn()
        else:
            self._add(document)
        return "replaced" if replaced else "added"

    def _add(self, document: IndexDocument) -> None:
        if self._builder.is_full or not self._builder.has_room_for(document):
            self._flush()
        self._builder.add(document)

    def delete(self, ids: Iterable[str]) -> int:
        """See ``EngineWriter.delete``."""
        with writing(self._files.folder):
            return sum([self._delete(document_id) for document_id in ids])

    def _delete(self, document_id: str) -> bool:
        if self._waiting:
            self._learn_if(any(waiting.id == document_id for waiting in self._waiting))
        if document_id in self._builder.ids:
            self._flush()
        encoded = document_id.encode("utf-8", "surrogatepass")
        for name, segment in self._segments.items():
            number = segment.documents.number(encoded)
            if number is not None and number not in self._deleted[name]:
                self._deleted[name].add(number)
                self._changed.add(name)
                return True
        return False

    def commit(self, *, merge: bool = True) -> None:
        """See ``EngineWriter.commit``; segments are left as they are where not to be merged."""
        with writing(self._files.folder):
            self._learn_if(self._waiting is not None)
            self._flush()
            while merge and (chosen := _to_merge(self._with_deletions())):
                self._merge(chosen)
            self._write_infos()

    def optimise(self) -> None:
        """Make one segment of all as far as one may hold them, without deleted documents."""
        with writing(self._files.folder):
            self._learn_if(self._waiting is not None)
            self._flush()
            infos = self._with_deletions()
            if _fits(infos) and (len(infos) > 1 or any(info.deleted for info in infos)):
                self._merge(infos)

    def abort(self) -> None:
        """Forget the changes; the folder is the caller's to remove."""

    def _learn_if(self, needed: bool) -> None:
        if needed:
            self._learn()

    def _learn(self) -> None:
        """Learn what the first texts have in common, then write them."""
        waiting, self._waiting = self._waiting or [], None
        self._compressor = TextCompressor.trained([document.stored.text for document in waiting])
        self._compressor.write(self._files.folder)
        self._builder = self._new_builder()
        for document in waiting:
            self._add(document)

    def _new_builder(self) -> SegmentBuilder:
        return SegmentBuilder(self._lexicon, self._compressor)

    def _flush(self) -> None:
        """Make a segment of what was added."""
        if not len(self._builder):
            return
        documents, words = len(self._builder), self._builder.words
        self._keep(self._builder.arrays(), documents, words)
        self._builder = self._new_builder()

    def _keep(self, arrays: Arrays, documents: int, words: int) -> None:
        # No name twice: a segment that was forgotten may be open elsewhere.
        self._last_number += 1
        info = SegmentInfo(f"s{self._last_number:06}", documents, words)
        write_arrays(self._files.folder / info.file, arrays)
        self._infos.append(info)
        self._segments[info.name] = self._files.open(info)
        self._deleted[info.name] = set()

    def _merge(self, infos: Sequence[SegmentInfo]) -> None:
        segments = [self._segments[info.name] for info in infos]
        live = [self._live(info.name) for info in infos]
        documents = sum(int(mask.sum()) for mask in live)
        if documents:
            shares = [
                info.words * float(mask.mean()) for info, mask in zip(infos, live, strict=True)
            ]
            self._keep(merged_arrays(segments, live), documents, round(sum(shares)))
        for info in infos:
            self._forget(info)

    def _forget(self, info: SegmentInfo) -> None:
        """Remove a segment whose documents are in another one now, or nowhere."""
        self._infos = [each for each in self._infos if each.name != info.name]
        del self._segments[info.name], self._deleted[info.name]
        self._changed.discard(info.name)
        self._files.remove(info.file)
        if info.deletions:
            self._files.remove(info.deletions)

    def _live(self, name: str) -> NDArray[np.bool_]:
        live = np.ones(len(self._segments[name]), dtype=np.bool_)
        live[list(self._deleted[name])] = False
        return live

    def _with_deletions(self) -> list[SegmentInfo]:
        """The segments with the number of documents that are deleted now."""
        return [replace(info, deleted=len(self._deleted[info.name])) for info in self._infos]

    def _write_infos(self) -> None:
        infos = []
        for info in self._infos:
            if info.name in self._changed:
                numbers = np.array(sorted(self._deleted[info.name]))
                name = f"{info.name}-{len(numbers)}.deleted"
                if info.deletions:
                    self._files.remove(info.deletions)
                self._files.write_deleted(name, numbers)
                info = replace(info, deleted=len(numbers), deletions=name)
            infos.append(info)
        self._infos = infos
        self._files.write_infos(infos)


def _to_merge(infos: Sequence[SegmentInfo]) -> list[SegmentInfo]:
    """Segments that should become one now; none where all is well.

    The tiers follow O'Neil, Cheng, Gawlick, O'Neil 1996, "The log-structured merge-tree": a merge
    joins segments of one size class, so that a document moves up a class each time.
    """
    for info in infos:
        if info.deleted > _MOST_DELETED * info.documents:
            return [info]
    tiers: dict[int, list[SegmentInfo]] = {}
    for info in infos:
        tiers.setdefault(_tier(info), []).append(info)
    for members in tiers.values():
        chosen = members[:MERGED_AT_ONCE]
        if len(chosen) == MERGED_AT_ONCE and _fits(chosen):
            return chosen
    return []


def _tier(info: SegmentInfo) -> int:
    """The size class of a segment: a power of ``MERGED_AT_ONCE``."""
    live = info.words * (info.documents - info.deleted) // max(info.documents, 1)
    tier, limit = 0, _SMALLEST_WORDS
    while live > limit:
        tier, limit = tier + 1, limit * MERGED_AT_ONCE
    return tier


def _fits(infos: Sequence[SegmentInfo]) -> bool:
    """Whether one segment may hold the live documents of some."""
    documents = sum(info.documents - info.deleted for info in infos)
    return documents <= MAX_DOCUMENTS and sum(info.words for info in infos) <= MAX_WORDS
