"""Integers in as few bytes as they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


class SmallIntegers:
    """Mostly small non-negative integers: a byte each; the few of 255 and more in a list.

    Args:
        small: uint8; 255 stands for "look in the list".
        places: where the large ones are, ascending.
        large: their values.

    >>> arrays = small_integer_arrays("n", np.array([3, 255, 1000]))
    >>> SmallIntegers.read(arrays, "n").take(np.array([2, 0, 1])).tolist()
    [1000, 3, 255]
    """

    __slots__ = ("_large", "_places", "_small")

    def __init__(
        self, small: NDArray[np.uint8], places: NDArray[Any], large: NDArray[np.uint32]
    ) -> None:
        self._small = small
        self._places = places
        self._large = large

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> SmallIntegers:
        """The integers that ``small_integer_arrays`` laid out under a name."""
        return cls(arrays[name], arrays[f"{name}.places"], arrays[f"{name}.large"])

    def __len__(self) -> int:
        return len(self._small)

    def take(self, numbers: NDArray[Any]) -> NDArray[np.int32]:
        """The integers at some places, int32."""
        return self._widened(self._small[numbers], numbers)

    def slice(self, begin: int, end: int) -> NDArray[np.int32]:
        """The integers from ``begin`` to ``end``, int32."""
        small = self._small[begin:end]
        return self._widened(small, None, begin)

    def _widened(
        self, small: NDArray[np.uint8], numbers: NDArray[Any] | None, begin: int = 0
    ) -> NDArray[np.int32]:
        found = small.astype(np.int32)
        if len(self._places):
            large = np.flatnonzero(small == 255)
            if len(large):
                wanted = large + begin if numbers is None else numbers[large]
                found[large] = self._large[np.searchsorted(self._places, wanted)]
        return found


def small_integer_arrays(name: str, numbers: NDArray[Any]) -> Arrays:
    """The arrays of ``SmallIntegers``."""
    large = np.flatnonzero(numbers >= 255)
    small = numbers.astype(np.uint8)
    small[large] = 255
    return {
        name: small,
        f"{name}.places": narrowest(large, np.uint32),
        f"{name}.large": numbers[large].astype(np.uint32),
    }


def spacing(bounds: NDArray[Any]) -> NDArray[np.int64]:
    """How far each bound lies from the one before; bounds are integers of any type, ascending."""
    wide = bounds.astype(np.int64)
    return wide[1:] - wide[:-1]
