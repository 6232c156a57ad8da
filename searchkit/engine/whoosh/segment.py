"""A segment of arrays, as Whoosh keeps them in its table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.fields import Schema

from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.folder import SegmentFolder, SegmentInfo
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.whoosh.errors import Unsupported

if TYPE_CHECKING:
    from searchkit.engine.whoosh.codec import ArrayCodec


class ArraySegment(base.Segment):  # type: ignore[misc]
    """An immutable segment and its deletions.

    Args:
        files: where it lies.
        info: what the list of segments says of it.
        arrays: what it holds.
        schema: of the index.
        indexname: see ``whoosh.index``.

    Raises:
        IndexCorrupt: the file of deletions is damaged.
    """

    def __init__(
        self,
        files: SegmentFolder,
        info: SegmentInfo,
        arrays: Segment,
        schema: Schema,
        indexname: str,
    ) -> None:
        super().__init__(indexname)
        # A name may be given again when its segment is gone; a second is never the same file.
        written = (files.folder / info.file).stat().st_mtime_ns
        self.segid: str = f"{info.name}_{written}_{info.deleted}"
        self.info = info
        self.arrays = arrays
        self.schema = schema
        self.deleted: NDArray[np.uint32] = files.deleted(info)
        self._files = files

    @cached_property
    def compressor(self) -> TextCompressor:
        """What restores the stored texts."""
        return self._files.compressor()

    @cached_property
    def _deleted_numbers(self) -> frozenset[int]:
        return frozenset(self.deleted.tolist())

    def codec(self) -> ArrayCodec:
        from searchkit.engine.whoosh.codec import ArrayCodec  # which imports this module

        return ArrayCodec(self.schema)

    def segment_id(self) -> str:
        return self.segid

    def doc_count_all(self) -> int:
        return self.info.documents

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.deleted.tolist())

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted_numbers

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: ARG002
        """Never: what a reader has opened does not change.

        Raises:
            Unsupported: always.
        """
        raise Unsupported(
            f"document {docnum} of an opened segment cannot be deleted",
            "delete it through index.writer()",
        )

    def should_assemble(self) -> bool:
        return False
