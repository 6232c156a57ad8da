"""How many of the matches have each value of some facets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.cache import Cache
from searchkit.engine.snapshot import FacetColumn, Snapshot

# Facets are counted together where their values have so many combinations at most.
_MOST_COMBINATIONS = 1 << 12
# Memory for the combinations that documents have, and for those of one choice of facets: to work
# them out for every search would take longer than counting one facet after the other.
_COMBINATIONS_BYTES = 16 << 20
_MOST_BYTES = 4 << 20


class FacetCounter:
    """Counts the values of facets.

    Args:
        snapshot: has the values of every document.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._combined: Cache[NDArray[np.uint16]] = Cache(
            _COMBINATIONS_BYTES, lambda codes: codes.nbytes
        )

    def counts(self, names: Sequence[str], documents: NDArray[Any]) -> dict[str, dict[str, int]]:
        """How many documents have each value of each facet; values that none has are left out.

        Args:
            names: of the facets.
            documents: numbers, each once.
        """
        columns = {name: self._snapshot.facet(name) for name in names}
        if len(columns) < 2 or not self._is_small(columns.values()):
            return {name: _named(c, self._single(c, documents)) for name, c in columns.items()}
        # Reading the documents once takes half the time, adding up a small table next to none.
        sizes = [len(column.values) + 1 for column in columns.values()]
        dense: list[Any] = [column.dense for column in columns.values()]
        codes = self._combined.get(
            tuple(columns), lambda: np.ravel_multi_index(dense, sizes).astype(np.uint16)
        )
        table = np.bincount(codes[documents], minlength=prod(sizes)).reshape(sizes)
        axes = range(len(sizes))
        return {
            name: _named(column, table.sum(axis=tuple(a for a in axes if a != axis))[1:])
            for axis, (name, column) in enumerate(columns.items())
        }

    def _is_small(self, columns: Collection[FacetColumn]) -> bool:
        """Whether every document has one combination of values, of a few, that can be kept."""
        if any(column.dense is None for column in columns):
            return False
        combinations = prod(len(column.values) + 1 for column in columns)
        return combinations <= _MOST_COMBINATIONS and (
            self._snapshot.document_limit * np.dtype(np.uint16).itemsize <= _MOST_BYTES
        )

    def _single(self, column: FacetColumn, documents: NDArray[Any]) -> NDArray[np.intp]:
        if column.dense is not None:
            return np.bincount(column.dense[documents], minlength=len(column.values) + 1)[1:]
        mask = np.zeros(self._snapshot.document_limit, dtype=np.bool_)
        mask[documents] = True
        found = column.ordinals[mask[column.documents]]
        return np.bincount(found, minlength=len(column.values))


def _named(column: FacetColumn, counts: NDArray[Any]) -> dict[str, int]:
    """The values that occur, and how often each does."""
    values, chosen = column.values, counts.nonzero()[0]
    names = values if len(chosen) == len(values) else map(values.__getitem__, chosen.tolist())
    return dict(zip(names, counts[chosen].tolist(), strict=True))
