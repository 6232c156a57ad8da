"""Hashes of words, and a set of them that lies in a file: two and a half bytes for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import distinct

_LOW_BITS = 16
_BUCKET = 16
"""About so many hashes share their high bits, which are not kept with each."""


def word_hash(word: str) -> int:
    """The hash of a word: its CRC-32."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def word_hashes(words: Sequence[str]) -> NDArray[np.uint32]:
    """The hash of each of many words, which hold no line breaks.

    >>> word_hashes(["gipfel", "rom"]).tolist() == [word_hash("gipfel"), word_hash("rom")]
    True
    """
    # One call for what is done to every word, so that only C goes from word to word.
    lines = "\n".join(words).encode("utf-8", "surrogatepass").split(b"\n")
    return np.fromiter(map(crc32, lines[: len(words)]), np.uint32, len(words))


def pack_hashes(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The arrays of a ``HashSet``: where hashes of other high bits begin, and the low bits."""
    bits = min((len(hashes) // _BUCKET).bit_length(), _LOW_BITS)
    kept = distinct(hashes >> np.uint32(32 - _LOW_BITS - bits))
    bounds = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(_LOW_BITS)
    return np.searchsorted(kept, bounds).astype(np.uint32), kept.astype(np.uint16)


class HashSet:
    """Tells which hashes are in it; wrongly of about one in 4,000 that are not.

    Args:
        starts, lows: what ``pack_hashes`` returned.

    >>> hashes = HashSet(*pack_hashes(np.array([7 << 20, 9 << 24], np.uint32)))
    >>> 9 << 24 in hashes, 8 << 24 in hashes
    (True, False)
    """

    __slots__ = ("_lows", "_shift", "_starts")

    def __init__(self, starts: NDArray[Any], lows: NDArray[Any]) -> None:
        self._starts = starts
        self._lows = lows
        self._shift = 32 - _LOW_BITS - (len(starts) - 1).bit_length() + 1

    def __contains__(self, value: int) -> bool:
        kept = value >> self._shift
        bucket, low = kept >> _LOW_BITS, np.uint16(kept & ((1 << _LOW_BITS) - 1))
        start, end = self._starts[bucket : bucket + 2].tolist()
        place = start + int(np.searchsorted(self._lows[start:end], low))
        return bool(place < end and self._lows[place] == low)
