"""Where the white-space chunks of texts begin, without looking at every letter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import IntArray, offsets

# What str.split() cuts at, as a table over the code points below it.
_SPACES = [
    *range(0x09, 0x0E),
    *range(0x1C, 0x21),
    0x85,
    0xA0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
    0x3000,
]
_IS_SPACE: NDArray[np.bool_] = np.zeros(0x3002, dtype=np.bool_)
_IS_SPACE[_SPACES] = True


def chunk_starts(texts: Sequence[str], sizes: NDArray[np.int64], lengths: IntArray) -> IntArray:
    """Where each white-space chunk of some texts begins in its text.

    Args:
        texts: the texts, which ``str.split()`` cut.
        sizes: how many chunks each has.
        lengths: the letters of each chunk, text after text.

    >>> chunk_starts(["Der Gipfel", " in  Rom "], np.array([2, 2]), np.array([3, 6, 2, 3])).tolist()
    [0, 4, 1, 5]
    """
    ends = offsets(lengths + 1)
    bounds = offsets(sizes)
    before = ends[bounds]
    starts = (ends[:-1] - np.repeat(before[:-1], sizes)).astype(np.int32)
    # Where single blanks stand between the chunks and none around them, that is all.
    letters = np.fromiter(map(len, texts), np.int64, len(texts))
    is_spaced = (np.diff(before) != letters + 1) & (sizes > 0)
    for number in np.flatnonzero(is_spaced).tolist():
        starts[bounds[number] : bounds[number + 1]] = _scanned(texts[number])
    return starts


def _scanned(text: str) -> NDArray[np.intp]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    space = _IS_SPACE.take(points, mode="clip")
    begins = ~space
    begins[1:] &= space[:-1]
    return np.flatnonzero(begins)
