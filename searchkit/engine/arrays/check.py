"""Whether the arrays of a segment agree with one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.documents import DocumentColumns
from searchkit.engine.arrays.folder import SegmentFolder
from searchkit.engine.arrays.postings import FieldPostings
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.stored import decode_text
from searchkit.errors import IndexCorrupt
from searchkit.query.plan import TEXT
from searchkit.store.arrays import read_arrays
from searchkit.store.manifest import REPAIR


def check_segment(segment: Segment, compressor: TextCompressor) -> None:
    """Compare what a segment says twice, and look for numbers that point nowhere.

    Raises:
        IndexCorrupt: says what does not fit.
    """
    for field, postings in segment.words.items():
        _check_postings(segment, field, postings)
        _require(
            len(postings) == int(segment.lengths(field).sum(dtype=np.int64)),
            f"the words of {field} and the lengths of the documents differ",
        )
    for field, postings in segment.chains.items():
        _check_postings(segment, field, postings)
    _require(
        len(segment.gaps) == len(segment.words[TEXT]),
        "the words of the texts and their places differ",
    )
    _check_mentions(segment.documents)
    _require(len(segment.signatures) == len(segment), "documents and their signatures differ")
    _check_strings(segment)
    _check_texts(segment, compressor)


def _check_postings(segment: Segment, field: str, postings: FieldPostings) -> None:
    found = postings.all()
    if not len(found.forms):
        return
    _require(int(found.forms.max()) < len(segment.forms), f"{field} has unknown forms")
    _require(int(found.documents.max()) < len(segment), f"{field} has unknown documents")
    lengths = segment.lengths(field.removesuffix("_chain"))[found.documents]
    _require(bool((found.positions < lengths).all()), f"{field} has words behind the end of a text")
    _require(_ascends(found.forms, found.documents, found.positions), f"{field} is out of order")


def _check_mentions(documents: DocumentColumns) -> None:
    owners, _ = documents.facet_postings(0, len(documents.facets))
    mentions = documents.facet_mentions(0, len(documents.facets))
    _require(
        len(owners) == len(mentions) and bool((mentions > 0).all()),
        "facet values and their mentions differ",
    )


def _ascends(*columns: NDArray[Any]) -> bool:
    """Whether rows ascend strictly, compared column by column."""
    larger = np.zeros(len(columns[0]) - 1, dtype=np.bool_)
    equal = ~larger
    for column in columns:
        larger |= equal & (column[1:] > column[:-1])
        equal &= column[1:] == column[:-1]
    return bool(larger.all())


def _check_strings(segment: Segment) -> None:
    ids = list(segment.documents.ids)
    _require(len(set(ids)) == len(ids), "two documents have one id")
    _require(
        all(segment.documents.number(each) == number for number, each in enumerate(ids)),
        "ids are out of order",
    )
    for name, strings in (
        ("exact terms", segment.forms.exact),
        ("stems", segment.forms.stems),
        ("facet values", segment.documents.facets),
    ):
        found = list(strings)
        _require(found == sorted(set(found)), f"{name} are out of order")


def _check_texts(segment: Segment, compressor: TextCompressor) -> None:
    """Every text is as long as the places of its words say at least."""
    begins = segment.word_starts.tolist()
    for number in range(len(segment)):
        text = decode_text(compressor.restore(segment.documents.stored("text", [number])[0]))
        reach = int(segment.gaps.slice(begins[number], begins[number + 1]).sum())
        _require(reach <= len(text), f"a text is shorter than its words: document {number}")
        compressor.restore(segment.documents.stored("entities", [number])[0])


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise IndexCorrupt(f"the index contradicts itself: {what}", REPAIR)


def affected_documents(folder: Path, name: str) -> list[str] | None:
    """Which documents a damaged file spoils: ids where only stored texts are damaged.

    Args:
        folder: of the generation.
        name: of the file.

    Returns:
        The ids, ascending by number; None where it may be any document.
    """
    try:
        files = SegmentFolder(folder)
        info = next(info for info in files.infos() if info.file == name)
        if read_arrays(folder / name).damaged():
            return None
        documents, compressor = files.open(info).documents, files.compressor()
        ids = documents.ids
        return [ids[n].decode() for n in range(len(ids)) if not _restores(documents, compressor, n)]
    except (IndexCorrupt, StopIteration, ValueError, OSError):
        return None


def _restores(documents: DocumentColumns, compressor: TextCompressor, number: int) -> bool:
    """Whether what is stored of a document can be read."""
    try:
        for part in ("text", "entities"):
            compressor.restore(documents.stored(part, [number])[0])
    except IndexCorrupt:
        return False
    return True
