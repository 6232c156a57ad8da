"""What the evaluator reads of an index: postings, positions, columns, all as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from searchkit.query.plan import Expansion, ValuePattern

IntArray = NDArray[np.int32]

#: The day of a document without a date.
NO_DAY = 0


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term occurs.

    Invariants: ``documents`` int32, ascending, without repetition, live documents only;
    ``frequencies`` int32, one per document, in units (see ``port.WORD_UNITS``), at least 1.
    """

    documents: IntArray
    frequencies: IntArray


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of a facet.

    Invariants: ``values`` ascending. Either ``dense`` has one integer per document number, 0 where
    a document has no value, else 1 and its number, and no document has two; or it is None.
    ``documents`` and ``ordinals`` are int32 of one length, an entry for every value a document has.
    Both count into ``values``.
    """

    values: Sequence[str]
    documents: IntArray
    ordinals: IntArray
    dense: NDArray[Any] | None


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The numbers of a metadata name: documents int32 ascending, values float64."""

    documents: IntArray
    values: NDArray[np.float64]


class Snapshot(Protocol):
    """One unchanging state of an index. Every array is read-only to its caller."""

    @property
    def document_limit(self) -> int:
        """One more than the largest document number."""

    @property
    def live(self) -> NDArray[np.bool_]:
        """Which document numbers are in use; shape ``(document_limit,)``."""

    @property
    def first_days(self) -> IntArray:
        """The first day of every document's date, ``NO_DAY`` without; ``(document_limit,)``."""

    @property
    def last_days(self) -> IntArray:
        """The last day of every document's date, ``NO_DAY`` without; ``(document_limit,)``."""

    @property
    def duplicates(self) -> IntArray:
        """A number that live documents share whose texts are nearly the same; one per document."""

    def postings(self, field: str, term: str) -> Postings:
        """Where a term occurs; empty where nowhere."""

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many documents a field has each of some stems at most."""

    def expanded(self, node: Expansion) -> Postings:
        """Where any of the terms occurs that a pattern stands for, as if they were one."""

    def occurrences(self, field: str, term: str) -> NDArray[np.int64]:
        """Every word of a term: document number times 2**32 plus position, ascending."""

    def lengths(self, field: str) -> IntArray:
        """How many words the field of every document has; ``(document_limit,)``."""

    def expand(self, node: Expansion) -> list[str]:
        """The terms a pattern stands for, at most ``limit``, the most frequent first."""

    def values(self, node: ValuePattern) -> list[str]:
        """The values of a facet a pattern stands for, at most ``limit``, most frequent first."""

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet; empty where the name is unknown."""

    def numbers(self, name: str) -> NumberColumn:
        """The numbers of a metadata name; empty where there are none."""

    def ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of documents, in the order asked."""

    def number(self, document_id: str) -> int | None:
        """The number of the live document of an id."""
