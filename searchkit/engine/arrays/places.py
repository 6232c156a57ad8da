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


@dataclass(frozen=True, slots=True)
class PlacedForms:
    """The postings of some forms in the order of documents.

    Invariants: ``documents`` int32, ascending; ``rows`` int32 of shape (n, 4): the form, where its
    positions begin, how often it occurs, and what of it is meant (see ``_span``). One array,
    because a page takes a few rows of it, and taking them costs by the array.
    """

    documents: IntArray
    rows: IntArray

    @property
    def size_bytes(self) -> int:
        """The memory it takes."""
        return self.documents.nbytes + self.rows.nbytes


# The last column of the rows: 0 for a whole word; for a part of one, where it begins and ends in
# the form; for a hyphen chain, whose positions are others, this bit.
_END_SHIFT, _CHAIN = 8, 1 << 16


def _span(starts: NDArray[Any], ends: NDArray[Any]) -> IntArray:
    return starts.astype(np.int32) | (ends.astype(np.int32) << _END_SHIFT)


def placed_stem(segment: Segment, stem: bytes) -> PlacedForms:
    """A stem in the texts: as a word, as a part of compounds, as a chain written as one word."""
    number = segment.forms.stems.find(stem)
    if number < 0:
        return _united([])
    forms = segment.forms.of_stem(number)
    found = [
        _placed(segment.words[TEXT], forms, np.int32(0)),
        _placed(segment.chains[TEXT], forms, np.int32(_CHAIN)),
    ]
    parts = segment.forms.with_part(number)
    if parts:
        found += _placed_parts(segment, parts)
    return _united(found)


def placed_forms(segment: Segment, forms: NDArray[Any]) -> PlacedForms:
    """Some forms in the texts, as words."""
    return _united([_placed(segment.words[TEXT], forms, np.int32(0))])


def _placed(
    postings: FieldPostings, forms: NDArray[Any], spans: IntArray | np.int32
) -> PlacedForms:
    """The postings of forms; ``spans`` is what is meant of each form, or of all."""
    found = postings.placed(forms)
    if isinstance(spans, np.ndarray):
        spans = spans[np.searchsorted(forms, found.forms)]
    rows = np.empty((len(found.documents), 4), dtype=np.int32)
    rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3] = (
        found.forms,
        found.places,
        found.frequencies,
        spans,
    )
    return PlacedForms(found.documents, rows)


def _placed_parts(segment: Segment, parts: PartRows) -> list[PlacedForms]:
    """Compounds with a part; a second list has those that have it twice."""
    found = []
    rows = np.arange(len(parts.forms))
    while len(rows):
        forms, first = np.unique(parts.forms[rows], return_index=True)
        spans = _span(parts.starts[rows[first]], parts.ends[rows[first]])
        found.append(_placed(segment.words[TEXT], forms, spans))
        rows = np.delete(rows, first)
    return found


def _united(found: Sequence[PlacedForms]) -> PlacedForms:
    documents = np.concatenate([np.zeros(0, np.int32), *(each.documents for each in found)])
    rows = np.concatenate([np.zeros((0, 4), np.int32), *(each.rows for each in found)])
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
    owners, forms, spans, places = _occurrences(*_postings_in(bounds, targets))
    slots, kinds = owners >> _SLOT_SHIFT, owners & _KINDS
    words, lengths = _words(segment, places, forms, spans)
    begins = _word_begins(segment, segment.word_starts[bounds].reshape(2, -1), slots, words)
    if not segment.odd_documents.isdisjoint(numbers):
        lengths = _odd_lengths(segment, segment.word_starts[bounds[slots]] + words, lengths, spans)
    columns = np.zeros((8, len(words)), dtype=np.int32)
    columns[0], columns[1], columns[2] = slots, kinds, words
    columns[3:6:2], columns[4:7:2] = begins, begins + lengths
    if np.count_nonzero(spans):
        is_part = (spans > 0) & (spans < _CHAIN)
        # Where a word is not as long as its form, offsets in the form say nothing.
        rows = (is_part & (lengths == segment.forms.letters[forms])).nonzero()[0]
        columns[3, rows] += spans[rows] & 255
        columns[4, rows] = columns[5, rows] + (spans[rows] >> _END_SHIFT)
        columns[7, rows] = segment.forms.part_counts[forms[rows]]
    # Documents, places and targets in one number; a page has few of the first and the last.
    order = (owners | (columns[3].astype(np.int64) << _START_SHIFT)).argsort(kind="stable")
    return Places(*columns.take(order, axis=1))


def _postings_in(
    bounds: IntArray, targets: Sequence[PlacedForms]
) -> tuple[NDArray[np.int64], IntArray]:
    """Which document and target, as one number, and the row of every posting in some documents.

    Args:
        bounds: the documents, then those behind them.
        targets: what is looked for.
    """
    # A page has so few postings that slices of them cost less than arrays of their places.
    owners, rows = [], [np.zeros((0, 4), np.int32)]
    half = len(bounds) // 2
    for kind, placed in enumerate(targets):
        found = placed.documents.searchsorted(bounds).tolist()
        for slot, (begin, end) in enumerate(zip(found[:half], found[half:], strict=True)):
            if begin < end:
                owners += [slot << _SLOT_SHIFT | kind] * (end - begin)
                rows.append(placed.rows[begin:end])
    return np.array(owners, np.int64), np.concatenate(rows)


def _occurrences(owners: NDArray[np.int64], rows: IntArray) -> NDArray[np.int64]:
    """What is known of the posting of each occurrence: document and target, form, span; and where
    its position is: one column an occurrence, for taking costs by the array.
    """
    frequencies = rows[:, 2]
    postings = np.empty((4, len(rows)), np.int64)
    postings[0], postings[1], postings[2] = owners, rows[:, 0], rows[:, 3]
    # The occurrence of number i has its position behind the beginning of its posting's.
    postings[3] = rows[:, 1] - frequencies.cumsum(dtype=np.int64) + frequencies
    found = postings.repeat(frequencies, axis=1)
    found[3] += np.arange(found.shape[1])
    return found


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
    reached = gaps.cumsum(dtype=np.int64)
    lengths = texts[1] - texts[0]
    first = (lengths.cumsum() - lengths)[slots]
    return np.asarray(reached[first + words] - (reached[first] - gaps[first]))


def _words(
    segment: Segment, places: NDArray[np.int64], forms: NDArray[Any], spans: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Position and length of what stands at some places."""
    is_chain = spans == _CHAIN
    lengths = segment.forms.letters[forms]
    if not np.count_nonzero(is_chain):
        return segment.words[TEXT].positions(places).astype(np.int64), lengths
    words, lengths = np.zeros(len(places), dtype=np.int64), lengths.astype(np.int64)
    words[~is_chain] = segment.words[TEXT].positions(places[~is_chain])
    chains = segment.chains[TEXT]
    words[is_chain] = chains.positions(places[is_chain])
    lengths[is_chain] = chains.widths(places[is_chain])
    return words, lengths


def _odd_lengths(
    segment: Segment, numbers: NDArray[np.int64], lengths: NDArray[Any], spans: NDArray[Any]
) -> NDArray[np.int64]:
    """The lengths, corrected for words that are not as long as their forms; ``numbers`` are counted
    through all texts of the segment.
    """
    odd, lengths = segment.odd_words, lengths.astype(np.int64)
    found = odd.searchsorted(numbers.astype(odd.dtype))
    is_odd = (odd.take(found, mode="clip") == numbers) & (spans != _CHAIN)
    lengths[is_odd] = segment.odd_lengths[found[is_odd]]
    return lengths


def joined_places(found: Sequence[Places]) -> Places:
    """Places of several segments as one, by document, then place."""
    whole = Places(
        *(
            np.concatenate([np.zeros(0, np.int32), *(getattr(each, name) for each in found)])
            for name in PLACE_COLUMNS
        )
    )
    return whole[np.lexsort((whole.targets, whole.starts, whole.documents))]
