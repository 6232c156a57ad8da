"""Where the words of a query stand in the texts of a few documents.

The positions of a word lie with its postings, where each word of a text begins lies with the
document: no text is analysed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.forms import PartRows
from searchkit.engine.arrays.integers import narrowest
from searchkit.engine.arrays.postings import FieldPostings
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.port import PLACE_COLUMNS, Places
from searchkit.query.plan import TEXT
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PlacedForms:
    """The postings of some forms in the order of documents.

    Invariants: arrays of one length, ``documents`` ascending, int32; the others in types as narrow
    as hold them, for many are kept. ``starts`` and ``ends`` say which
    letters of the form are meant where it is a part of it, else both are 0. Where ``is_chain``, the
    places are those of hyphen chains.
    """

    documents: IntArray
    forms: IntArray
    frequencies: NDArray[Any]
    places: NDArray[Any]
    starts: NDArray[np.uint8]
    ends: NDArray[np.uint8]
    is_chain: NDArray[np.bool_]

    @property
    def size_bytes(self) -> int:
        """The memory it takes."""
        return sum(getattr(self, column.name).nbytes for column in fields(self))


def placed_stem(segment: Segment, stem: bytes) -> PlacedForms:
    """A stem in the texts: as a word, as a part of compounds, as a chain written as one word."""
    number = segment.forms.stems.find(stem)
    if number < 0:
        return _united([])
    forms = segment.forms.of_stem(number)
    found = [_placed(segment.words[TEXT], forms), _placed(segment.chains[TEXT], forms, chain=True)]
    parts = segment.forms.with_part(number)
    if parts:
        found += _placed_parts(segment, parts)
    return _united(found)


def placed_forms(segment: Segment, forms: NDArray[Any]) -> PlacedForms:
    """Some forms in the texts, as words."""
    return _united([_placed(segment.words[TEXT], forms)])


def _placed(
    postings: FieldPostings,
    forms: NDArray[Any],
    *,
    chain: bool = False,
) -> PlacedForms:
    found = postings.placed(forms)
    size = len(found.documents)
    nothing = np.zeros(size, dtype=np.uint8)
    return PlacedForms(
        found.documents,
        found.forms,
        narrowest(found.frequencies, np.uint8, np.uint32),
        narrowest(found.places, np.uint32),
        nothing,
        nothing,
        np.full(size, chain),
    )


def _placed_parts(segment: Segment, parts: PartRows) -> list[PlacedForms]:
    """Compounds with a part; a second list has those that have it twice."""
    found = []
    rows = np.arange(len(parts.forms))
    while len(rows):
        forms, first = np.unique(parts.forms[rows], return_index=True)
        placed = _placed(segment.words[TEXT], forms)
        owners = rows[first][np.searchsorted(forms, placed.forms)]
        found.append(
            PlacedForms(
                placed.documents,
                placed.forms,
                placed.frequencies,
                placed.places,
                parts.starts[owners],
                parts.ends[owners],
                placed.is_chain,
            )
        )
        rows = np.delete(rows, first)
    return found


def _united(found: Sequence[PlacedForms]) -> PlacedForms:
    if not found:
        none = np.zeros(0, dtype=np.int32)
        small = none.astype(np.uint8)
        return PlacedForms(
            none, none, none, none.astype(np.int64), small, small, small.astype(np.bool_)
        )
    order = np.argsort(np.concatenate([each.documents for each in found]), kind="stable")
    return PlacedForms(
        *(
            np.concatenate([getattr(each, column.name) for each in found])[order]
            for column in fields(PlacedForms)
        )
    )


def places_in(
    segment: Segment, numbers: NDArray[np.int64], targets: Sequence[PlacedForms]
) -> Places:
    """The places of several targets in some documents.

    Args:
        segment: what holds the documents.
        numbers: the documents, each once, in any order.
        targets: what is looked for.
    """
    begins = segment.word_starts
    lengths = segment.lengths(TEXT)[numbers].astype(np.int64)
    texts = _WordPlaces(segment, begins[numbers], lengths)
    found = [_target_places(segment, texts, numbers, n, each) for n, each in enumerate(targets)]
    return joined_places(found)


class _WordPlaces:
    """Where every word of some documents begins, one document after the other."""

    def __init__(
        self, segment: Segment, begins: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> None:
        self._begins = begins
        self._first = np.cumsum(lengths) - lengths
        if len(begins) == 1:
            gaps = segment.gaps.slice(int(begins[0]), int(begins[0] + lengths[0]))
        else:
            gaps = segment.gaps.take(ranges(begins, lengths))
        self._starts = np.cumsum(gaps, dtype=np.int64)
        before = np.concatenate([np.zeros(1, np.int64), self._starts])[self._first]
        self._before = before

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


def _target_places(
    segment: Segment,
    texts: _WordPlaces,
    numbers: NDArray[np.int64],
    target: int,
    placed: PlacedForms,
) -> Places:
    first = np.searchsorted(placed.documents, numbers)
    counts = np.searchsorted(placed.documents, numbers, "right") - first
    postings = ranges(first, counts)
    frequencies = placed.frequencies[postings]
    places = ranges(placed.places[postings], frequencies)
    rows = np.repeat(postings, frequencies)
    slots = np.repeat(np.repeat(np.arange(len(numbers)), counts), frequencies)
    words, lengths = _words(segment, placed, rows, places)
    lengths = _odd_lengths(segment, texts.numbers(slots, words), lengths, placed.is_chain[rows])
    word_starts = texts.starts(slots, words)
    forms = placed.forms[rows]
    # Where a word is not as long as its form, offsets in the form say nothing.
    is_part = (placed.ends[rows] > 0) & (lengths == segment.forms.letters[forms])
    columns = (
        slots,
        np.full(len(rows), target),
        words,
        word_starts + np.where(is_part, placed.starts[rows], 0),
        word_starts + np.where(is_part, placed.ends[rows], lengths),
        word_starts,
        word_starts + lengths,
        np.where(is_part, segment.forms.part_counts[forms], 0),
    )
    return Places(*(column.astype(np.int32) for column in columns))


def _words(
    segment: Segment, placed: PlacedForms, rows: NDArray[np.int64], places: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Position and length of what stands at some places."""
    is_chain = placed.is_chain[rows]
    words = np.zeros(len(rows), dtype=np.int64)
    words[~is_chain] = segment.words[TEXT].positions(places[~is_chain])
    lengths = segment.forms.letters[placed.forms[rows]].astype(np.int64)
    if is_chain.any():
        chains = segment.chains[TEXT]
        words[is_chain] = chains.positions(places[is_chain])
        lengths[is_chain] = chains.widths(places[is_chain])
    return words, lengths


def _odd_lengths(
    segment: Segment,
    numbers: NDArray[np.int64],
    lengths: NDArray[np.int64],
    is_chain: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The lengths, corrected for words that are not as long as their forms."""
    odd = segment.odd_words
    if len(odd):
        found = np.searchsorted(odd, numbers)
        found[found == len(odd)] = 0
        is_odd = (odd[found] == numbers) & ~is_chain
        lengths[is_odd] = segment.odd_lengths[found[is_odd]]
    return lengths


def joined_places(found: Sequence[Places]) -> Places:
    """Places of several targets as one, by document, then place."""
    whole = Places(
        *(
            np.concatenate([np.zeros(0, np.int32), *(getattr(each, name) for each in found)])
            for name in PLACE_COLUMNS
        )
    )
    return whole[np.lexsort((whole.targets, whole.ends, whole.starts, whole.documents))]
