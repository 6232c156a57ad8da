"""Where the forms of one field occur: built by sorting numbers, read as slices.

An occurrence is one number, its form before its document before its position. Sorting these numbers
*is* the inversion; the arrays of a segment are read off the sorted run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import (
    Arrays,
    SmallIntegers,
    fewest_bits,
    narrowest,
    small_integer_arrays,
    spacing,
)
from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.errors import EngineError
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]

# So many numbers are worked on at once where all at once would take much memory.
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Layout:
    """How many bits of an occurrence's number its document and its position take.

    What is left of 64 bits is for the form: the budget of a segment sees to it that this suffices.
    """

    document_bits: int
    position_bits: int

    @classmethod
    def of(cls, documents: int, positions: int, forms: int) -> Layout:
        """The layout for so many different documents, positions and forms."""
        layout = cls(*(max(n - 1, 0).bit_length() for n in (documents, positions)))
        if layout.document_bits + layout.position_bits + forms.bit_length() > 64:
            raise EngineError(
                f"{documents} documents of {positions} words in {forms} forms are too many for one "
                "segment",
                "report this, please",
            )
        return layout

    def packed(
        self, forms: NDArray[Any], documents: NDArray[Any] | int, positions: NDArray[Any]
    ) -> NDArray[np.uint64]:
        """Occurrences as numbers."""
        keys = forms.astype(np.uint64)
        keys <<= np.uint64(self.document_bits)
        keys |= np.asarray(documents).astype(np.uint64)
        keys <<= np.uint64(self.position_bits)
        keys |= positions.astype(np.uint64)
        return keys


@dataclass(slots=True)
class Occurrences:
    """Occurrences of forms in documents, in any order, none twice; to be used up.

    Args:
        keys: as ``layout`` packs them.
        widths: uint16 or uint32, how many code points each spans; None where its form tells.
    """

    keys: NDArray[np.uint64]
    layout: Layout
    widths: NDArray[Any] | None = None

    def taken(self) -> NDArray[np.uint64]:
        """The keys, which are let go of here: they are the largest array of all."""
        keys, self.keys = self.keys, np.zeros(0, dtype=np.uint64)
        return keys


def posting_arrays(field: str, found: Occurrences) -> Arrays:
    """The arrays of ``FieldPostings``."""
    keys, layout, widths = found.taken(), found.layout, found.widths
    if widths is not None:
        order = np.argsort(keys, kind="stable")
        keys, widths = keys[order], widths[order]
    else:
        keys.sort()
    positions = _lowest(keys, layout.position_bits)
    keys >>= np.uint64(layout.position_bits)
    first = _changes(keys)
    keys = _gathered(keys, first)
    documents = _lowest(keys, layout.document_bits)
    keys >>= np.uint64(layout.document_bits)
    first_posting = _changes(keys)
    arrays = {
        f"{field}.forms": keys[first_posting].astype(np.uint32),
        f"{field}.begin": np.append(first_posting, len(keys)).astype(np.uint32),
        f"{field}.places": np.append(first[first_posting], len(positions)).astype(np.uint32),
        f"{field}.documents": documents,
    }
    del keys  # the memory is needed for what follows
    arrays |= small_integer_arrays(f"{field}.positions", positions, fewest_bits(positions))
    if widths is not None:
        # A chain has few letters, but any number of invisible characters between them.
        arrays[f"{field}.widths"] = narrowest(widths, np.uint16, np.uint32)
    first = np.append(first, np.uint32(len(positions)))
    first[:-1] = first[1:] - first[:-1]
    return arrays | small_integer_arrays(f"{field}.frequencies", first[:-1], bits=4)


def _lowest(keys: NDArray[np.uint64], bits: int) -> NDArray[Any]:
    """The lowest bits of numbers, in a type as narrow as holds them."""
    lowest: NDArray[Any] = keys.astype(np.uint16 if bits <= 16 else np.uint32)
    lowest &= lowest.dtype.type((1 << bits) - 1)
    return lowest


def _changes(keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Where a number differs from the one before; the first always does."""
    changes = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=changes[1:])
    places = np.empty(np.count_nonzero(changes), dtype=np.uint32)
    end = 0
    for begin in range(0, len(keys), _BLOCK):
        here = np.flatnonzero(changes[begin : begin + _BLOCK])
        here += begin
        places[end : end + len(here)] = here
        end += len(here)
    return places


def _gathered(keys: NDArray[np.uint64], places: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The numbers at some places, ascending; in the memory of ``keys``, which are used up.

    No place is before the one where its number goes: what is overwritten has been read.
    """
    for begin in range(0, len(places), _BLOCK):
        here = places[begin : begin + _BLOCK]
        keys[begin : begin + len(here)] = keys[here]
    return keys[: len(places)]


@dataclass(frozen=True, slots=True)
class Placed:
    """Postings with where each one's positions begin.

    Invariants: int32 arrays of one length; ``which`` of the forms that were asked for, ascending;
    ``documents`` within the segment, ascending for each form; ``places`` int64, into the positions
    of the field.
    """

    which: IntArray
    documents: IntArray
    frequencies: IntArray
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AllPlaces:
    """All occurrences of a field, column by column; ``widths`` as in ``Occurrences``."""

    forms: NDArray[Any]
    documents: NDArray[Any]
    positions: NDArray[Any]
    widths: NDArray[Any] | None


class FieldPostings(Mapped):
    """The postings of one field of a segment, mapped.

    Invariants: ``forms`` ascending; form ``forms[i]`` has the postings from ``begin[i]`` to
    ``begin[i + 1]``, their documents ascending; its positions begin at ``places[i]``, those of one
    document after those of the one before, ascending.
    """

    _forms: Column[NDArray[Any]] = Column(".forms")
    _begin: Column[NDArray[Any]] = Column(".begin")
    _places: Column[NDArray[Any]] = Column(".places")
    _documents: Column[NDArray[Any]] = Column(".documents")

    def __init__(self, arrays: Mapping[str, NDArray[Any]], field: str) -> None:
        super().__init__(arrays, field)
        self._frequencies = SmallIntegers(arrays, f"{field}.frequencies")
        self._positions = SmallIntegers(arrays, f"{field}.positions")

    @cached_property
    def _widths(self) -> NDArray[Any] | None:
        name = f"{self._name}.widths"
        if name not in self._arrays:  # the words of a field are as wide as their forms
            return None
        return self._arrays[name]

    def __len__(self) -> int:
        """How many occurrences there are."""
        return len(self._positions)

    def of_forms(self, forms: NDArray[Any]) -> tuple[NDArray[Any], IntArray]:
        """Documents and frequencies of some forms, ascending; by form, then document."""
        return self.of_rows(self.rows(forms))

    def before(self, rows: NDArray[np.intp], position: int) -> NDArray[np.bool_]:
        """Of the occurrences of some rows, one after the other, which stand before a position."""
        begin = self._places[rows].astype(np.int64)
        counts = self._places[rows + 1] - begin
        return np.asarray(self._positions.take(ranges(begin, counts)) < position)

    def document_counts(self, forms: NDArray[Any]) -> NDArray[np.int64]:
        """In how many documents each of some forms occurs, deleted ones included."""
        found = np.zeros(len(forms), dtype=np.int64)
        rows, which = self._rows(forms)
        found[which] = self._begin[rows + 1].astype(np.int64) - self._begin[rows]
        return found

    def has(self, forms: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of some forms occur."""
        found = np.zeros(len(forms), dtype=np.bool_)
        found[self._rows(forms)[1]] = True
        return found

    def of_range(self, first: int, last: int) -> tuple[NDArray[Any], IntArray]:
        """The same of all forms from number ``first`` to ``last``."""
        a, b = np.searchsorted(self._forms, np.array([first, last], dtype=np.uint32))
        begin, end = int(self._begin[a]), int(self._begin[b])
        return self._documents[begin:end], self._frequencies.slice(begin, end)

    def placed(self, forms: NDArray[Any]) -> Placed:
        """The postings of some forms, ascending, with their places."""
        rows, which = self._rows(forms)
        documents, frequencies = self.of_rows(rows)
        counts = (self._begin[rows + 1] - self._begin[rows]).astype(np.int64)
        before = np.cumsum(frequencies, dtype=np.int64) - frequencies
        first = np.cumsum(counts) - counts
        places = before + np.repeat(self._places[rows] - before[first], counts)
        owners = np.repeat(which.astype(np.int32), counts)
        return Placed(owners, documents.astype(np.int32), frequencies, places)

    def positions(self, places: NDArray[np.int64]) -> IntArray:
        """The positions at some places."""
        return self._positions.take(places)

    def widths(self, places: NDArray[np.int64]) -> NDArray[Any]:
        """How many code points the occurrences at some places span; of chains only."""
        assert self._widths is not None
        return self._widths[places]

    def all(self) -> AllPlaces:
        """Every occurrence, in order."""
        counts = spacing(self._begin)
        frequencies = self._frequencies.slice(0, len(self._documents))
        per_posting = np.repeat(self._forms, counts)
        return AllPlaces(
            np.repeat(per_posting, frequencies),
            np.repeat(self._documents, frequencies),
            self._positions.slice(0, len(self)),
            self._widths,
        )

    def form_counts(self, live: NDArray[np.bool_], forms: int) -> NDArray[np.int64]:
        """How often each form of the segment occurs in live documents."""
        found = np.zeros(forms, np.int64)
        if len(self._forms):
            frequencies = self._frequencies.slice(0, len(self._documents))
            if not live.all():
                frequencies = frequencies * live[self._documents]
            found[self._forms] = np.add.reduceat(frequencies, self._begin[:-1], dtype=np.int64)
        return found

    def rows(self, forms: NDArray[Any]) -> NDArray[np.intp]:
        """Where those of some forms stand that occur."""
        return self._rows(forms)[0]

    def of_rows(self, rows: NDArray[np.intp]) -> tuple[NDArray[Any], IntArray]:
        """Documents and frequencies of the forms at some rows; by form, then document."""
        if not len(rows):
            return self._documents[:0], np.zeros(0, np.int32)
        if len(rows) == 1:
            begin, end = int(self._begin[rows[0]]), int(self._begin[rows[0] + 1])
            return self._documents[begin:end], self._frequencies.slice(begin, end)
        starts = self._begin[rows].astype(np.int64)
        chosen = ranges(starts, self._begin[rows + 1] - starts)
        return self._documents[chosen], self._frequencies.take(chosen)

    def _rows(self, forms: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where the forms that occur stand, and which of ``forms`` they are."""
        if not len(self._forms):
            none = np.zeros(0, dtype=np.intp)
            return none, none
        rows = np.searchsorted(self._forms, forms)
        rows[rows == len(self._forms)] = 0
        which = np.flatnonzero(self._forms[rows] == forms)
        return rows[which], which
