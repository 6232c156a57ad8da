"""Segments made of documents, one after the other."""

from __future__ import annotations

from pathlib import Path

from searchkit.engine.arrays.builder import SegmentBuilder
from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.documents import COMPRESSED
from searchkit.engine.arrays.folder import SegmentFolder, SegmentInfo
from searchkit.engine.port import IndexDocument
from searchkit.store.arrays import write_arrays
from searchkit.text.lexicon import Lexicon


class SegmentMaker:
    """Gathers documents, and makes a segment whenever there are enough of them.

    Several processes may make segments in one folder, each with numbers of its own.

    Args:
        folder: where the segments go.
        lexicon: the one that analyses the documents.
        number: of the first segment.
        step: how much further on the number of the next is.
        compressor: for stored texts; that of the folder unless given.
    """

    def __init__(
        self,
        folder: Path,
        lexicon: Lexicon,
        number: int,
        step: int = 1,
        compressor: TextCompressor | None = None,
    ) -> None:
        self._folder = folder
        self._lexicon = lexicon
        self._compressor = compressor or SegmentFolder(folder).compressor()
        self._builder = SegmentBuilder(lexicon, self._compressor)
        self._number = number
        self._step = step
        self.infos: list[SegmentInfo] = []

    def __contains__(self, document_id: object) -> bool:
        """Whether a document waits to be in the next segment."""
        return document_id in self._builder.ids

    def add(self, document: IndexDocument) -> None:
        """Add a document of an id that does not wait yet."""
        if self._builder.is_full or not self._builder.has_room_for(document):
            self.flush()
        self._builder.add(document)

    def flush(self) -> None:
        """Make a segment of what waits, if anything does."""
        if not len(self._builder):
            return
        info = SegmentInfo(self.take_name(), len(self._builder), self._builder.words)
        write_arrays(self._folder / info.file, self._builder.arrays(), COMPRESSED)
        self.infos.append(info)
        self._builder = SegmentBuilder(self._lexicon, self._compressor)

    def take_name(self) -> str:
        """The name of the next segment, whoever makes it; none is given twice."""
        name = f"s{self._number:06}"
        self._number += self._step
        return name
