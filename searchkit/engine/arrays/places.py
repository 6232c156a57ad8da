"""Where the words of a query stand in the texts of a few documents.

The positions of a word lie with its postings, where each word of a text begins lies with the
document: no text is analysed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.forms import PartRows
from searchkit.engine.arrays.postings import FieldPostings
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.port import PLACE_COLUMNS, Places
from searchkit.query.plan import TEXT

IntArray = NDArray[np.int32]

# Which of the documents an occurrence is in and which target it is of are one number, with room
# between the two for where in the text it is.
_SLOT_SHIFT, _START_SHIFT = 48, 16
_KINDS = (1 << _START_SHIFT) - 1
# Bytes of a shape; see ``_shapes``.
_LETTERS, _PARTS = 2, 3


@dataclass(frozen=True, slots=True)
class PlacedForms:
    """The postings of some forms in the order of documents.

    Invariants: ``documents`` int32, ascending; ``rows`` int32 of shape (n, 3): what is meant of the
    form (see ``_shapes``), where its positions begin, and how often it occurs. One array, because a
    page takes a few rows of it, and taking them costs by the array.
    """

    documents: IntArray
    rows: IntArray

    @property
    def size_bytes(self) -> int:
        """The memory it takes."""
        return self.documents.nbytes + self.rows.nbytes


def _shapes(
    segment: Segment, forms: NDArray[Any], starts: Any = 0, ends: NDArray[Any] | None = None
) -> NDArray[np.uint8]:
    """What is meant of forms, in four bytes each: where it begins and ends in the form, how long
    the form is, and where a part of it is meant, how many parts it has.
    """
    shapes = np.zeros((len(forms), 4), np.uint8)
    letters = segment.forms.letters[forms]
    shapes[:, 0], shapes[:, 1], shapes[:, 2] = starts, letters if ends is None else ends, letters
    if ends is not None:
        shapes[:, 3] = segment.forms.part_counts[forms]
    return shapes


def placed_stem(segment: Segment, stem: bytes) -> PlacedForms:
    """A stem in the texts: as a word, as a part of compounds, as a chain written as one word."""
    number = segment.forms.stems.find(stem)
    if number < 0:
        return _united([])
    forms = segment.forms.of_stem(number)
    # A chain is no longer than what stands there, and has its positions elsewhere: no shape.
    no_shapes = np.zeros((len(forms), 4), np.uint8)
    found = [
        _placed(segment.words[TEXT], forms, _shapes(segment, forms)),
        _placed(segment.chains[TEXT], forms, no_shapes),
    ]
    parts = segment.forms.with_part(number)
    if parts:
        found += _placed_parts(segment, parts)
    return _united(found)


def placed_forms(segment: Segment, forms: NDArray[Any]) -> PlacedForms:
    """Some forms in the texts, as words."""
    return _united([_placed(segment.words[TEXT], forms, _shapes(segment, forms))])


def _placed(postings: FieldPostings, forms: NDArray[Any], shapes: NDArray[np.uint8]) -> PlacedForms:
    """The postings of forms; ``shapes`` is what is meant of each."""
    found = postings.placed(forms)
    rows = np.empty((len(found.documents), 3), dtype=np.int32)
    rows[:, 0] = shapes.view(np.int32)[found.which, 0]
    rows[:, 1], rows[:, 2] = found.places, found.frequencies
    return PlacedForms(found.documents, rows)


def _placed_parts(segment: Segment, parts: PartRows) -> list[PlacedForms]:
    """Compounds with a part; a second list has those that have it twice."""
    found = []
    rows = np.arange(len(parts.forms))
    while len(rows):
        forms, first = np.unique(parts.forms[rows], return_index=True)
        shapes = _shapes(segment, forms, parts.starts[rows[first]], parts.ends[rows[first]])
        found.append(_placed(segment.words[TEXT], forms, shapes))
        rows = np.delete(rows, first)
    return found


def _united(found: Sequence[PlacedForms]) -> PlacedForms:
    documents = np.concatenate([np.zeros(0, np.int32), *(each.documents for each in found)])
    rows = np.concatenate([np.zeros((0, 3), np.int32), *(each.rows for each in found)])
    order = np.argsort(documents, kind="stable")
    return PlacedForms(documents[order], rows[order])


def places_in(segment: Segment, numbers: Sequence[int], targets: Sequence[PlacedForms]) -> Places:
    """The places of several targets in some documents.

    Args:
        segment: what holds the documents.
        numbers: the documents, each once, in any order.
        targets: what is looked for.
    """
    # Of another type than the postings, NumPy would make a copy of those.
    bounds = np.array([*numbers, *[number + 1 for number in numbers]], np.int32)
    owners, shapes, places = _occurrences(*_postings_in(bounds, targets))
    slots = owners >> _SLOT_SHIFT
    is_chain = shapes[:, _LETTERS] == 0
    words = _words(segment, places, is_chain)
    begins = _word_begins(segment, segment.word_starts[bounds].reshape(2, -1), slots, words)
    columns = np.empty((8, len(words)), dtype=np.int32)
    columns[0], columns[1], columns[2] = slots, owners & _KINDS, words
    columns[3], columns[4:7], columns[7] = begins, begins + shapes.T[:3], shapes[:, _PARTS]
    if np.count_nonzero(is_chain):
        columns[5:7, is_chain] += segment.chains[TEXT].widths(places[is_chain]).astype(np.int32)
    if not segment.odd_documents.isdisjoint(numbers):
        _correct_lengths(segment, columns, segment.word_starts[bounds[slots]] + words, is_chain)
    # Documents, places and targets in one number; a page has few of the first and the last.
    order = (owners | (columns[4].astype(np.int64) << _START_SHIFT)).argsort(kind="stable")
    slots, kinds, words, begins, *rest = columns.take(order, axis=1)
    return Places(slots, kinds, words, rest[0], rest[1], begins, rest[2], rest[3])


def _postings_in(
    bounds: IntArray, targets: Sequence[PlacedForms]
) -> tuple[NDArray[np.int64], IntArray]:
    """Which document and target, as one number, and the row of every posting in some documents.

    Args:
        bounds: the documents, then those behind them.
        targets: what is looked for.
    """
    # A page has so few postings that slices of them cost less than arrays of their places.
    owners, rows = [], [np.zeros((0, 3), np.int32)]
    half = len(bounds) // 2
    for kind, placed in enumerate(targets):
        found = placed.documents.searchsorted(bounds).tolist()
        for slot, (begin, end) in enumerate(zip(found[:half], found[half:], strict=True)):
            if begin < end:
                owners += [slot << _SLOT_SHIFT | kind] * (end - begin)
                rows.append(placed.rows[begin:end])
    return np.array(owners, np.int64), np.concatenate(rows)


def _occurrences(
    owners: NDArray[np.int64], rows: IntArray
) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]:
    """Of each occurrence the document and target, the shape, and where its position is."""
    frequencies = rows[:, 2]
    # The occurrence of number i has its position i behind this.
    rows[:, 1] += frequencies
    rows[:, 1] -= frequencies.cumsum(dtype=np.int32)
    found = rows.repeat(frequencies, axis=0)
    shapes = found.view(np.uint8).reshape(-1, 12)[:, :4]
    places = found[:, 1] + np.arange(len(found))
    return owners.repeat(frequencies), shapes, places


def _word_begins(
    segment: Segment,
    texts: NDArray[np.int64],
    slots: NDArray[np.int64],
    words: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Where words begin in their texts.

    Args:
        segment: what holds the texts.
        texts: the first word of each, and the one behind its last, counted through all texts.
        slots: which of the texts each word is in.
        words: its position there.
    """
    gaps = segment.gaps.slices(*texts)
    # Through all texts, one after the other; counted from one behind the first word of each.
    reached = gaps.cumsum(dtype=np.int32)
    lengths = texts[1] - texts[0]
    first = (lengths.cumsum() - lengths)[slots]
    return np.asarray(reached[first + words] - (reached[first] - gaps[first]))


def _words(
    segment: Segment, places: NDArray[Any], is_chain: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The positions at some places."""
    if not np.count_nonzero(is_chain):
        return segment.words[TEXT].positions(places).astype(np.int64)
    words = np.zeros(len(places), dtype=np.int64)
    words[~is_chain] = segment.words[TEXT].positions(places[~is_chain])
    words[is_chain] = segment.chains[TEXT].positions(places[is_chain])
    return words


def _correct_lengths(
    segment: Segment, columns: IntArray, numbers: NDArray[np.int64], is_chain: NDArray[np.bool_]
) -> None:
    """Set right what is not as long as its form: there, offsets in the form say nothing.

    Args:
        segment: what holds the texts.
        columns: of ``places_in``.
        numbers: of the words, counted through all texts of the segment.
        is_chain: which of them are chains.
    """
    odd = segment.odd_words
    found = odd.searchsorted(numbers.astype(odd.dtype))
    is_odd = (odd.take(found, mode="clip") == numbers) & ~is_chain
    columns[4, is_odd] = columns[3, is_odd]
    columns[5:7, is_odd] = columns[3, is_odd] + segment.odd_lengths[found[is_odd]].astype(np.int32)
    columns[7, is_odd] = 0


def joined_places(found: Sequence[Places]) -> Places:
    """Places of several segments as one, by document, then place."""
    whole = Places(
        *(
            np.concatenate([np.zeros(0, np.int32), *(getattr(each, name) for each in found)])
            for name in PLACE_COLUMNS
        )
    )
    return whole[np.lexsort((whole.targets, whole.starts, whole.documents))]
