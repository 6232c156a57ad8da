"""Integer arrays that grow at their end at an amortised constant cost per number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]


class GrowingArray:
    """int32 numbers, or rows of them, in one block of memory that doubles when it is full.

    Args:
        row: the numbers of a row; none for single numbers.

    >>> numbers = GrowingArray()
    >>> numbers.extend([3, 1])
    >>> numbers.view().tolist()
    [3, 1]
    """

    __slots__ = ("_block", "_size")

    def __init__(self, *row: int) -> None:
        self._block: IntArray = np.zeros((1024, *row), dtype=np.int32)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def extend(self, numbers: Sequence[int] | IntArray) -> None:
        """Append numbers or rows."""
        size = self._size + len(numbers)
        if size > len(self._block):
            # A new block: views handed out before keep the old one and stay as they were.
            length = max(size, 2 * len(self._block))
            block = np.zeros((length, *self._block.shape[1:]), dtype=np.int32)
            block[: self._size] = self._block[: self._size]
            self._block = block
        self._block[self._size : size] = numbers
        self._size = size

    def view(self) -> IntArray:
        """All numbers or rows; what is appended later does not show in it."""
        return self._block[: self._size]


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """The different numbers, ascending.

    What ``np.unique`` gives. That goes by hashes first, which is slower, and imports masked
    arrays, a tenth of the start of a program that asks one query.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(numbers, axis=None)
    is_first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def ranges(starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """The numbers of many ranges in a row: ``starts[i]`` to ``starts[i] + lengths[i]``.

    Both are arrays of integers, of one shape.

    >>> ranges(np.array([5, 0], np.int32), np.array([2, 3], np.int32)).tolist()
    [5, 6, 0, 1, 2]
    """
    total = int(lengths.sum())
    ends = lengths.cumsum(dtype=np.int64)
    shift = np.repeat(starts.astype(np.int64) - (ends - lengths), lengths)
    return np.asarray(np.arange(total, dtype=np.int64) + shift)


def offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of some stretches that follow one another begins, and the end of the last.

    >>> offsets(np.array([2, 3])).tolist()
    [0, 2, 5]
    """
    bounds = np.zeros(len(lengths) + 1, np.int64)
    lengths.cumsum(out=bounds[1:])
    return bounds
