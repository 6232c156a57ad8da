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


def places_in(
    segment: Segment, numbers: NDArray[np.int64], targets: Sequence[PlacedForms]
) -> Places:
    """The places of several targets in some documents.

    Args:
        segment: what holds the documents.
        numbers: the documents, each once, in any order.
        targets: what is looked for.
    """
    slots, kinds, forms, spans, places = _occurrences(*_postings_in(numbers, targets))
    words, lengths = _words(segment, places, forms, spans)
    texts = _WordPlaces(segment, numbers)
    lengths = _odd_lengths(segment, texts.numbers(slots, words), lengths, spans)
    word_starts = texts.starts(slots, words)
    starts, ends, parts = word_starts, word_starts + lengths, np.zeros(len(words), np.int64)
    is_part = (spans > 0) & (spans < _CHAIN)
    if is_part.any():
        # Where a word is not as long as its form, offsets in the form say nothing.
        is_part &= lengths == segment.forms.letters[forms]
        starts = np.where(is_part, word_starts + (spans & 255), starts)
        ends = np.where(is_part, word_starts + (spans >> _END_SHIFT), ends)
        parts = np.where(is_part, segment.forms.part_counts[forms], 0)
    columns = np.empty((8, len(words)), dtype=np.int32)
    columns[:3], columns[3:5] = (slots, kinds, words), (starts, ends)
    columns[5:] = word_starts, word_starts + lengths, parts
    # Documents, places and targets in one number; a page has few of the first and the last.
    order = np.argsort((slots << 48) | (starts.astype(np.int64) << 16) | kinds, kind="stable")
    return Places(*columns.take(order, axis=1))


def _postings_in(
    numbers: NDArray[np.int64], targets: Sequence[PlacedForms]
) -> tuple[NDArray[np.int64], NDArray[np.int64], IntArray]:
    """Which of the documents, which target, and the row of every posting in the documents."""
    bounds = np.concatenate([numbers, numbers + 1])
    found = [np.searchsorted(placed.documents, bounds) for placed in targets]
    first, last = np.array(found, dtype=np.int64).reshape(-1, 2, len(numbers)).swapaxes(0, 1)
    # A page has so few postings that slices of them cost less than arrays of their places.
    rows = [np.zeros((0, 4), np.int32)]
    for placed, begins, ends in zip(targets, first.tolist(), last.tolist(), strict=True):
        rows += [placed.rows[a:b] for a, b in zip(begins, ends, strict=True) if a < b]
    kinds, slots = np.indices(first.shape)
    counts = (last - first).ravel()
    return np.repeat(slots.ravel(), counts), np.repeat(kinds.ravel(), counts), np.concatenate(rows)


def _occurrences(
    slots: NDArray[np.int64], kinds: NDArray[np.int64], rows: IntArray
) -> NDArray[np.int64]:
    """What is known of the posting of each occurrence: document, target, form, span; and where its
    position is: one column an occurrence, for taking costs by the array.
    """
    forms, begins, frequencies, spans = rows.T
    ends = frequencies.cumsum(dtype=np.int64)
    # The occurrence of number i has its position behind the beginning of its posting's.
    behind = begins - (ends - frequencies)
    postings = np.stack([slots, kinds, forms, spans, behind])
    found = np.repeat(postings, frequencies, axis=1)
    found[4] += np.arange(found.shape[1])
    return found


class _WordPlaces:
    """Where every word of some documents begins, one document after the other."""

    def __init__(self, segment: Segment, numbers: NDArray[np.int64]) -> None:
        self._begins = segment.word_starts[numbers]
        ends = segment.word_starts[numbers + 1]
        lengths = ends - self._begins
        self._first = np.cumsum(lengths) - lengths
        gaps = segment.gaps.slices(self._begins, ends)
        reached = np.zeros(len(gaps) + 1, dtype=np.int32)
        np.cumsum(gaps, out=reached[1:])
        self._starts, self._before = reached[1:], reached[self._first]

    def starts(self, slots: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where words begin in their texts.

        Args:
            slots: which of the documents each is in.
            words: its position.
        """
        found: NDArray[np.int64] = self._starts[self._first[slots] + words] - self._before[slots]
        return found

    def numbers(self, slots: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.int64]:
        """The words' numbers, counted through all texts of the segment."""
        return np.asarray(self._begins[slots] + words)


def _words(
    segment: Segment, places: NDArray[np.int64], forms: NDArray[Any], spans: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Position and length of what stands at some places."""
    is_chain = spans == _CHAIN
    lengths = segment.forms.letters[forms].astype(np.int64)
    if not is_chain.any():
        return segment.words[TEXT].positions(places).astype(np.int64), lengths
    words = np.zeros(len(places), dtype=np.int64)
    words[~is_chain] = segment.words[TEXT].positions(places[~is_chain])
    chains = segment.chains[TEXT]
    words[is_chain] = chains.positions(places[is_chain])
    lengths[is_chain] = chains.widths(places[is_chain])
    return words, lengths


def _odd_lengths(
    segment: Segment, numbers: NDArray[np.int64], lengths: NDArray[np.int64], spans: NDArray[Any]
) -> NDArray[np.int64]:
    """The lengths, corrected for words that are not as long as their forms."""
    odd = segment.odd_words
    if len(odd):
        found = np.searchsorted(odd, numbers)
        found[found == len(odd)] = 0
        is_odd = (odd[found] == numbers) & (spans != _CHAIN)
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
