"""Which segments make up an index: a small file beside them says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.compression import DICTIONARY_FILE, TextCompressor
from searchkit.engine.arrays.segment import Segment
from searchkit.errors import IndexCorrupt
from searchkit.store.arrays import read_arrays, write_arrays
from searchkit.store.manifest import REPAIR

_FILE = "segments.json"
_DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """A segment of an index.

    Args:
        name: of its files.
        documents: how many it has, deleted ones included.
        words: how many words its texts have, about: its size for merging.
        deleted: how many of its documents are deleted.
        deletions: the file with their numbers; empty where there are none.
    """

    name: str
    documents: int
    words: int
    deleted: int = 0
    deletions: str = ""

    @property
    def file(self) -> str:
        """The file with its arrays."""
        return f"{self.name}.segment"


class SegmentFolder:
    """The files of an index.

    Args:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def infos(self) -> list[SegmentInfo]:
        """The segments, in their order.

        Raises:
            IndexCorrupt: the list is missing or damaged.
        """
        return self._list()[1]

    def _list(self) -> tuple[int, list[SegmentInfo]]:
        """The generation, and the segments."""
        file = self.folder / _FILE
        try:
            content = json.loads(file.read_text(encoding="ascii"))
            return int(content["generation"]), [_info(row) for row in content["segments"]]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexCorrupt(f"{_FILE} in {self.folder} is damaged or missing", REPAIR) from error

    def exists(self) -> bool:
        """Whether there is an index at all."""
        return (self.folder / _FILE).exists()

    def modified(self) -> float:
        """When the list was written last, in seconds since 1970."""
        return (self.folder / _FILE).stat().st_mtime

    def names(self) -> list[str]:
        """All files of the index; the list of segments comes last."""
        infos = self.infos()
        names = [info.file for info in infos] + [i.deletions for i in infos if i.deletions]
        if (self.folder / DICTIONARY_FILE).exists():
            names.append(DICTIONARY_FILE)
        return [*names, _FILE]

    def generation(self) -> int:
        """How often the list has been written: 0 for an index without commits.

        Raises:
            IndexCorrupt: the list is missing or damaged.
        """
        return self._list()[0]

    def clear(self) -> None:
        """Make it an index without documents, whatever was there."""
        try:
            self.generation()
        except IndexCorrupt:
            (self.folder / _FILE).unlink(missing_ok=True)
        self.write_infos([])
        for file in self.folder.iterdir():
            if file.suffix in (".segment", ".deleted") or file.name == DICTIONARY_FILE:
                file.unlink()

    def write_infos(self, infos: Sequence[SegmentInfo]) -> None:
        """Say which segments there are from now on."""
        file = self.folder / _FILE
        generation = self.generation() + 1 if file.exists() else 0
        # Never in place: the name may be a second one of a file of the generation before.
        file.unlink(missing_ok=True)
        content = {"generation": generation, "segments": [asdict(info) for info in infos]}
        file.write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")

    def open(self, info: SegmentInfo, opening: int = 0) -> Segment:
        """A segment, mapped; ``opening`` as in ``Ranking``.

        Raises:
            IndexCorrupt: its file is damaged.
        """
        arrays = read_arrays(self.folder / info.file)
        try:
            segment = Segment(arrays, opening)
        except (KeyError, IndexError, ValueError) as error:
            raise self._corrupt(info) from error
        if len(segment) != info.documents:
            raise self._corrupt(info)
        return segment

    def deleted(self, info: SegmentInfo) -> NDArray[Any]:
        """The numbers of a segment's deleted documents, ascending."""
        if not info.deletions:
            return np.zeros(0, dtype=np.uint32)
        numbers = read_arrays(self.folder / info.deletions)[_DELETED]
        if len(numbers) != info.deleted:
            raise self._corrupt(info)
        if len(numbers) and int(numbers.max()) >= info.documents:
            raise self._corrupt(info)
        return numbers

    def write_deleted(self, name: str, numbers: NDArray[Any]) -> None:
        """Keep the numbers of deleted documents in a new file."""
        write_arrays(self.folder / name, {_DELETED: numbers.astype(np.uint32)})

    def remove(self, *names: str) -> None:
        """Remove files that are no longer part of the index."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def compressor(self) -> TextCompressor:
        """What compresses the stored texts."""
        return TextCompressor.read(self.folder)

    def _corrupt(self, info: SegmentInfo) -> IndexCorrupt:
        return IndexCorrupt(f"{info.file} in {self.folder} is damaged", REPAIR)


def _info(row: dict[str, Any]) -> SegmentInfo:
    return SegmentInfo(
        str(row["name"]),
        int(row["documents"]),
        int(row["words"]),
        int(row["deleted"]),
        str(row["deletions"]),
    )
