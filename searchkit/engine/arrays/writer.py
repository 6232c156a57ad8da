"""Documents into segments: new ones beside the old, deletions as marks, merges now and then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.builder import MAX_DOCUMENTS, MAX_WORDS
from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.documents import COMPRESSED
from searchkit.engine.arrays.folder import SegmentFolder, SegmentInfo
from searchkit.engine.arrays.guard import writing
from searchkit.engine.arrays.maker import SegmentMaker
from searchkit.engine.arrays.merge import merged_arrays
from searchkit.engine.port import IndexDocument, Outcome
from searchkit.store.arrays import write_arrays
from searchkit.text.lexicon import Lexicon

#: So many segments of about one size become one. Each document is then rewritten as often as the
#: logarithm to this base of the number of documents, at most.
MERGED_AT_ONCE = 8
# Smaller segments count as of this size: merging them costs next to nothing.
_SMALLEST_WORDS = 50_000
# A segment with a larger share of deleted documents is written anew.
_MOST_DELETED = 0.5


def create_writer(folder: Path, lexicon: Lexicon) -> ArrayWriter:
    """A writer into an empty index in ``folder``.

    Args:
        folder: exists and is empty.
        lexicon: the one that analyses the documents to be written.
    """
    with writing(folder):
        files = SegmentFolder(folder)
        files.write_infos([])
        return ArrayWriter(files, lexicon)


def open_writer(folder: Path, lexicon: Lexicon) -> ArrayWriter:
    """A writer that goes on from the index in ``folder``."""
    with writing(folder):
        return ArrayWriter(SegmentFolder(folder), lexicon)


class ArrayWriter:
    """An ``EngineWriter`` of segments.

    Args:
        files: the index.
        lexicon: the one that analyses the documents.
    """

    def __init__(self, files: SegmentFolder, lexicon: Lexicon) -> None:
        self._files = files
        self._lexicon = lexicon
        self._infos = files.infos()
        self._segments = {info.name: files.open(info) for info in self._infos}
        self._deleted = {info.name: set(files.deleted(info).tolist()) for info in self._infos}
        self._changed: set[str] = set()
        self._maker = SegmentMaker(files.folder, lexicon, self.next_number)

    @property
    def next_number(self) -> int:
        """The number of the next segment."""
        return 1 + max((int(info.name[1:]) for info in self._infos), default=0)

    def prepare(self, texts: Sequence[bytes], processes: int = 1) -> None:
        """Learn what texts have in common, before the first of a new index is written.

        Args:
            texts: some of them; without any, texts are compressed each by itself.
            processes: how many write segments, this one included; see ``adopt``.
        """
        with writing(self._files.folder):
            compressor = TextCompressor.trained(texts) if texts else self._files.compressor()
            if texts:
                compressor.write(self._files.folder)
            self._maker = SegmentMaker(
                self._files.folder, self._lexicon, self.next_number, processes, compressor
            )

    def write(self, documents: Iterable[IndexDocument]) -> list[Outcome]:
        """See ``EngineWriter.write``."""
        with writing(self._files.folder):
            return [self._write(document) for document in documents]

    def _write(self, document: IndexDocument) -> Outcome:
        replaced = self._delete(document.id)
        self._maker.add(document)
        return "replaced" if replaced else "added"

    def delete(self, ids: Iterable[str]) -> int:
        """See ``EngineWriter.delete``."""
        with writing(self._files.folder):
            return sum([self._delete(document_id) for document_id in ids])

    def _delete(self, document_id: str) -> bool:
        if document_id in self._maker:
            self._maker.flush()
        self._take_made()
        encoded = document_id.encode("utf-8", "surrogatepass")
        for name, segment in self._segments.items():
            number = segment.documents.number(encoded)
            if number is not None and number not in self._deleted[name]:
                self._deleted[name].add(number)
                self._changed.add(name)
                return True
        return False

    def adopt(self, infos: Iterable[SegmentInfo]) -> None:
        """Take segments that other processes have made in the folder, of documents that are in no
        other.
        """
        for info in infos:
            self._infos.append(info)
            self._segments[info.name] = self._files.open(info)
            self._deleted[info.name] = set()

    def flush(self) -> None:
        """Make a segment of what was written and is in none yet; nothing is merged."""
        with writing(self._files.folder):
            self._maker.flush()
            self._take_made()

    def commit(self, *, merge: bool = True) -> None:
        """See ``EngineWriter.commit``; segments are left as they are where not to be merged."""
        with writing(self._files.folder):
            self.flush()
            while merge and (chosen := _to_merge(self._with_deletions())):
                self._merge(chosen)
            self._write_infos()

    def optimise(self) -> None:
        """Make one segment of all as far as one may hold them, without deleted documents."""
        with writing(self._files.folder):
            self.flush()
            infos = self._with_deletions()
            if _fits(infos) and (len(infos) > 1 or any(info.deleted for info in infos)):
                self._merge(infos)

    def abort(self) -> None:
        """Forget the changes; the folder is the caller's to remove."""

    def _take_made(self) -> None:
        """Take the segments that were made of what was written here."""
        made, self._maker.infos = self._maker.infos, []
        self.adopt(made)

    def _merge(self, infos: Sequence[SegmentInfo]) -> None:
        segments = [self._segments[info.name] for info in infos]
        live = [self._live(info.name) for info in infos]
        documents = sum(int(mask.sum()) for mask in live)
        if documents:
            shares = [
                info.words * float(mask.mean()) for info, mask in zip(infos, live, strict=True)
            ]
            info = SegmentInfo(self._maker.take_name(), documents, round(sum(shares)))
            write_arrays(self._files.folder / info.file, merged_arrays(segments, live), COMPRESSED)
            self.adopt([info])
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
    tier, limit = 0, _SMALLEST_WORDS
    while _live_words(info) > limit:
        tier, limit = tier + 1, limit * MERGED_AT_ONCE
    return tier


def _live_words(info: SegmentInfo) -> int:
    """How many words the documents that are not deleted have, about."""
    return info.words * (info.documents - info.deleted) // max(info.documents, 1)


def _fits(infos: Sequence[SegmentInfo]) -> bool:
    """Whether one segment may hold the live documents of some."""
    documents = sum(info.documents - info.deleted for info in infos)
    return documents <= MAX_DOCUMENTS and sum(map(_live_words, infos)) <= MAX_WORDS
