"""Hashes of parts of many words at once.

The words are laid out one after the other; a polynomial over their code points is summed up once,
and the hash of any part then costs one subtraction and one multiplication (M. O. Rabin and
R. M. Karp, "Efficient randomized pattern-matching algorithms", 1987; here modulo 2**64).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Points = NDArray[np.uint32]

_BASE = 0x9E3779B97F4A7C15  # odd, so that its powers can be undone
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


class Letters:
    """The code points of many words in one array, with the hash of any part of them.

    Args:
        points: the code points of all words, one separator after each.
        starts, ends: where each word lies in ``points``.

    >>> letters = Letters.of(["Haus", "Maus"])
    >>> tails = letters.hashes(letters.starts + 1, letters.ends)
    >>> bool(tails[0] == tails[1])
    True
    """

    def __init__(self, points: Points, starts: Places, ends: Places) -> None:
        self.points = points
        self.starts = starts
        self.ends = ends
        powers, self._inverses = _powers(_rounded(len(points) + 1))
        self._sums: Hashes = np.zeros(len(points) + 1, dtype=np.uint64)
        # The letter zero counts too: "a" and "a\0" must differ.
        values = (points.astype(np.uint64) + np.uint64(1)) * powers[: len(points)]
        np.cumsum(values, out=self._sums[1:])

    @classmethod
    def of(cls, words: Sequence[str]) -> Letters:
        """The letters of words; any texts will do."""
        text = "\0".join(words) + "\0"
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        ends = np.cumsum(lengths + 1, dtype=np.int64) - 1
        return cls(points, ends - lengths, ends)

    def mapped(self, table: Points) -> Letters:
        """These with every code point that a table covers replaced by what it says.

        Args:
            table: the replacements of the first code points, the same number of letters.
        """
        covered = np.minimum(self.points, len(table) - 1)
        points = np.where(self.points < len(table), table[covered], self.points)
        return Letters(points, self.starts, self.ends)

    def only(self, kept: NDArray[np.bool_]) -> Letters:
        """These without some letters; separators must be kept."""
        places: Places = np.cumsum(kept, dtype=np.int64) - kept
        return Letters(self.points[kept], places[self.starts], places[self.ends])

    def hashes(self, starts: Places, ends: Places) -> Hashes:
        """The hash of each part; that of an empty or negative part is 0.

        Args:
            starts, ends: places in ``points``, half-open.
        """
        ends = np.maximum(ends, starts)
        return mixed((self._sums[ends] - self._sums[starts]) * self._inverses[starts])


def mixed(hashes: Hashes) -> Hashes:
    """Hashes with their bits spread, so that any of them can serve as a number; 0 stays 0."""
    spread = (hashes ^ (hashes >> _SHIFT)) * _MIX
    return np.asarray((spread ^ (spread >> _SHIFT)) * _MIX)


def hash_words(words: Sequence[str]) -> Hashes:
    """The hashes of whole words.

    >>> len(set(hash_words(["Haus", "Maus", "Haus"]).tolist()))
    2
    """
    letters = Letters.of(words)
    return letters.hashes(letters.starts, letters.ends)


def _rounded(size: int) -> int:
    """The next power of two, so that few sizes are kept."""
    return 1 << max(size - 1, 1023).bit_length()


@cache
def _powers(size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The powers of the base and of its inverse."""
    both = []
    for base in (_BASE, _INVERSE):
        powers = np.full(size, base, dtype=np.uint64)
        powers[0] = 1
        both.append(np.cumprod(powers, dtype=np.uint64))
    return both[0], both[1]
