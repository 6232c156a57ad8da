"""Integers in as few bytes as they need."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.lazy import Column, Mapped

Arrays = dict[str, NDArray[Any]]


def narrowest(numbers: NDArray[Any], *wanted: type[np.unsignedinteger[Any]]) -> NDArray[Any]:
    """Non-negative integers in the first wanted type that holds them all, else in uint64.

    >>> narrowest(np.array([0, 65535]), np.uint16, np.uint32).dtype.name
    'uint16'
    >>> narrowest(np.array([0, 65536]), np.uint16, np.uint32).dtype.name
    'uint32'
    """
    largest = int(numbers.max(initial=0))
    for kind in wanted:
        if largest <= np.iinfo(kind).max:
            return numbers.astype(kind)
    return numbers.astype(np.uint64)


class SmallIntegers(Mapped):
    """Mostly small non-negative integers in a few bits each; the large ones in a list.

    ``_small`` holds one integer or two in each byte; the largest value stands for "look in the
    list": ``_places`` says where the large ones are, ascending, ``_large`` which they are.

    Args:
        arrays, name: what ``small_integer_arrays`` laid out under a name.

    >>> arrays = small_integer_arrays("n", np.array([3, 15, 1000]), bits=4)
    >>> SmallIntegers(arrays, "n").take(np.array([2, 0, 1])).tolist()
    [1000, 3, 15]
    """

    _small: Column[NDArray[np.uint8]] = Column("")
    _places: Column[NDArray[Any]] = Column(".places")
    _large: Column[NDArray[np.uint32]] = Column(".large")
    _layout: Column[NDArray[np.uint64]] = Column(".layout")

    @cached_property
    def _count(self) -> int:
        return int(self._layout[0])

    @cached_property
    def _bits(self) -> int:
        return int(self._layout[1])

    def __len__(self) -> int:
        return self._count

    def take(self, numbers: NDArray[Any]) -> NDArray[np.int32]:
        """The integers at some places, int32."""
        if self._bits == 8:
            small = self._small[numbers]
        else:
            # The first of two is in the lower half of a byte.
            small = self._small[numbers >> 1] >> ((numbers & 1) << 2).astype(np.uint8) & 15
        return self._widened(small, numbers)

    def slice(self, begin: int, end: int) -> NDArray[np.int32]:
        """The integers from ``begin`` to ``end``, int32."""
        if self._bits == 8:
            return self._widened(self._small[begin:end], None, begin)
        packed = self._small[begin >> 1 : (end + 1) >> 1]
        both = np.empty((len(packed), 2), dtype=np.uint8)
        both[:, 0], both[:, 1] = packed & 15, packed >> 4
        small = both.reshape(-1)[begin & 1 :][: end - begin]
        return self._widened(small, None, begin)

    def _widened(
        self, small: NDArray[np.uint8], numbers: NDArray[Any] | None, begin: int = 0
    ) -> NDArray[np.int32]:
        found = small.astype(np.int32)
        if len(self._places):
            large = np.flatnonzero(small == (1 << self._bits) - 1)
            if len(large):
                wanted = large + begin if numbers is None else numbers[large]
                found[large] = self._large[np.searchsorted(self._places, wanted)]
        return found


def small_integer_arrays(name: str, numbers: NDArray[Any], bits: int = 8) -> Arrays:
    """The arrays of ``SmallIntegers``.

    Args:
        name: of the arrays.
        numbers: not negative.
        bits: of each, 8 or 4.
    """
    escape = (1 << bits) - 1
    large = np.flatnonzero(numbers >= escape)
    small = numbers.astype(np.uint8)
    small[large] = escape
    if bits == 4:
        padded = np.append(small, np.zeros(len(small) % 2, dtype=np.uint8))
        small = padded[::2] | padded[1::2] << np.uint8(4)
    return {
        name: small,
        f"{name}.places": narrowest(large, np.uint32),
        f"{name}.large": numbers[large].astype(np.uint32),
        f"{name}.layout": np.array([len(numbers), bits], dtype=np.uint64),
    }


def bounds_of(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Where each of several runs begins, and where the last ends.

    >>> bounds_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    bounds = np.zeros(len(counts) + 1, dtype=np.uint32)
    bounds[1:] = counts
    # In place and in one type: anything else is copied piece by piece.
    return np.cumsum(bounds, dtype=np.uint32, out=bounds)


def spacing(bounds: NDArray[Any]) -> NDArray[np.int64]:
    """How far each bound lies from the one before; bounds are integers of any type, ascending."""
    wide = bounds.astype(np.int64)
    return wide[1:] - wide[:-1]
