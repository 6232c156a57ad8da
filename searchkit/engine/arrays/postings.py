"""Where the forms of one field occur: built by sorting numbers, read as slices.

An occurrence is one number, its form before its document before its position. Sorting these numbers
*is* the inversion; the arrays of a segment are read off the sorted run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import (
    Arrays,
    SmallIntegers,
    narrowest,
    small_integer_arrays,
    spacing,
)
from searchkit.text.growing import ranges

IntArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences of forms in documents, in any order.

    Args:
        forms, documents, positions: of one length, each not negative.
        widths: uint16, how many code points an occurrence spans; None where its form tells.
    """

    forms: NDArray[Any]
    documents: NDArray[Any]
    positions: NDArray[Any]
    widths: NDArray[np.uint16] | None = None


def posting_arrays(field: str, found: Occurrences) -> Arrays:
    """The arrays of ``FieldPostings`` for occurrences, each different from all others."""
    keys, shifts = _packed(found)
    widths = found.widths
    if widths is not None:
        order = np.argsort(keys, kind="stable")
        keys, widths = keys[order], widths[order]
    else:
        keys.sort()
    position_bits, document_bits = shifts
    positions = narrowest(keys & _mask(position_bits), np.uint16, np.uint32)
    keys >>= np.uint64(position_bits)
    first = np.flatnonzero(np.diff(keys, prepend=_ABSENT))
    frequencies = np.diff(first, append=len(keys))
    keys = keys[first]
    forms = keys >> np.uint64(document_bits)
    first_posting = np.flatnonzero(np.diff(forms, prepend=_ABSENT))
    arrays = {
        f"{field}.forms": forms[first_posting].astype(np.uint32),
        f"{field}.begin": np.append(first_posting, len(keys)).astype(np.uint32),
        f"{field}.places": np.append(first[first_posting], len(positions)).astype(np.uint32),
        f"{field}.documents": narrowest(keys & _mask(document_bits), np.uint16, np.uint32),
        f"{field}.positions": positions,
    }
    if widths is not None:
        arrays[f"{field}.widths"] = widths
    return arrays | small_integer_arrays(f"{field}.frequencies", frequencies)


_ABSENT = np.uint64(2**64 - 1)


def _mask(bits: int) -> np.uint64:
    return np.uint64((1 << bits) - 1)


def _packed(found: Occurrences) -> tuple[NDArray[np.uint64], tuple[int, int]]:
    """Form, document and position in one number; bits of the position, and of the document."""
    largest = [int(a.max(initial=0)) for a in (found.forms, found.documents, found.positions)]
    form_bits, document_bits, position_bits = (number.bit_length() for number in largest)
    # The budget of a segment sees to it: forms and positions are no more than its words.
    assert form_bits + document_bits + position_bits <= 64
    keys = found.forms.astype(np.uint64)
    keys <<= np.uint64(document_bits)
    keys |= found.documents.astype(np.uint64)
    keys <<= np.uint64(position_bits)
    keys |= found.positions.astype(np.uint64)
    return keys, (position_bits, document_bits)


@dataclass(frozen=True, slots=True)
class Placed:
    """Postings with where each one's positions begin.

    Invariants: int32 arrays of one length; ``documents`` within the segment, in the order of the
    forms, ascending for each; ``places`` int64, into the positions of the field.
    """

    forms: IntArray
    documents: IntArray
    frequencies: IntArray
    places: NDArray[np.int64]


class FieldPostings:
    """The postings of one field of a segment, mapped.

    Invariants: ``forms`` ascending; form ``forms[i]`` has the postings from ``begin[i]`` to
    ``begin[i + 1]``, their documents ascending; its positions begin at ``places[i]``, those of one
    document after those of the one before, ascending.
    """

    __slots__ = (
        "_begin",
        "_documents",
        "_forms",
        "_frequencies",
        "_places",
        "_positions",
        "_widths",
    )

    def __init__(self, arrays: Mapping[str, NDArray[Any]], field: str) -> None:
        self._forms = arrays[f"{field}.forms"]
        self._begin = arrays[f"{field}.begin"]
        self._places = arrays[f"{field}.places"]
        self._documents = arrays[f"{field}.documents"]
        self._positions = arrays[f"{field}.positions"]
        self._frequencies = SmallIntegers.read(arrays, f"{field}.frequencies")
        self._widths: NDArray[np.uint16] | None = arrays.get(f"{field}.widths")

    def __len__(self) -> int:
        """How many occurrences there are."""
        return len(self._positions)

    def of_forms(self, forms: NDArray[Any]) -> tuple[NDArray[Any], IntArray]:
        """Documents and frequencies of some forms, ascending; by form, then document."""
        rows = self._rows(forms)[0]
        return self._of_rows(rows)

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
        documents, frequencies = self._of_rows(rows)
        counts = (self._begin[rows + 1] - self._begin[rows]).astype(np.int64)
        before = np.cumsum(frequencies, dtype=np.int64) - frequencies
        first = np.cumsum(counts) - counts
        places = before + np.repeat(self._places[rows] - before[first], counts)
        owners = np.repeat(forms[which].astype(np.int32), counts)
        return Placed(owners, documents.astype(np.int32), frequencies, places)

    def positions(self, places: NDArray[np.int64]) -> NDArray[Any]:
        """The positions at some places."""
        return self._positions[places]

    def widths(self, places: NDArray[np.int64]) -> NDArray[np.uint16]:
        """How many code points the occurrences at some places span; of chains only."""
        assert self._widths is not None
        return self._widths[places]

    def all(self) -> Occurrences:
        """Every occurrence."""
        counts = spacing(self._begin)
        frequencies = self._frequencies.slice(0, len(self._documents))
        per_posting = np.repeat(self._forms, counts)
        return Occurrences(
            np.repeat(per_posting, frequencies),
            np.repeat(self._documents, frequencies),
            self._positions,
            self._widths,
        )

    def form_counts(self, live: NDArray[np.bool_], forms: int) -> NDArray[np.int64]:
        """How often each form of the segment occurs in live documents."""
        counts = spacing(self._begin)
        frequencies = self._frequencies.slice(0, len(self._documents)) * live[self._documents]
        found = np.bincount(np.repeat(self._forms, counts), frequencies, forms)
        return found.astype(np.int64)

    def _of_rows(self, rows: NDArray[np.intp]) -> tuple[NDArray[Any], IntArray]:
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
