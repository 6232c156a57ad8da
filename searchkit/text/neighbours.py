"""Words that look alike, found by what is left of them when letters are taken out.

Two words at most two edits apart become equal when up to two letters are deleted from each (the
delete neighbourhoods of Mor and Fraenkel 1982, "A hash code method for detecting and correcting
spelling errors", restricted to the first letters as in SymSpell). Only the hashes of such rests are
kept, in one sorted array, and words that begin alike share theirs.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

PREFIX = 7
"""How many folded letters of a word its neighbourhood is made of."""

MAX_DELETES = 2
"""The most letters deleted; short words lose one only, see ``SHORT``."""

SHORT = 4
"""Words of at most so many folded letters lose one letter only: two would leave too little."""

_TO_PLAIN = re.compile("([aou])e")
_REPEATED = re.compile("(.)\\1+")
_DELETED = [
    places for count in range(MAX_DELETES + 1) for places in combinations(range(PREFIX), count)
]
_KEPT = np.array(
    [
        [place for place in range(PREFIX) if place not in places] + [PREFIX] * len(places)
        for places in _DELETED
    ]
)
_IS_DELETED = np.array([[place in places for place in range(PREFIX)] for places in _DELETED])
_MULTIPLIER = 0x9E3779B97F4A7C15


def fold_loosely(text: str) -> str:
    """What remains when umlauts, accents and doubled letters do not count.

    Args:
        text: a word, or many, each on a line of its own.

    >>> fold_loosely("Präsident"), fold_loosely("praesident"), fold_loosely("Straße")
    ('prasident', 'prasident', 'strase')
    """
    lower = text.lower().replace("ß", "ss")
    if not lower.isascii():
        lower = "".join(
            c for c in unicodedata.normalize("NFD", lower) if c < "\u0300" or c > "\u036f"
        )
    return _REPEATED.sub("\\1", _TO_PLAIN.sub("\\1", lower))


def letter_codes(text: str) -> NDArray[np.uint8]:
    """One code for each letter, 1 to 255: Latin letters their own, others share."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(points < 256, points, 128 + points % 127).astype(np.uint8)


def gather_rows(
    codes: NDArray[np.uint8], starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Stretches of ``codes`` as rows, padded with zeros."""
    width = int(lengths.max(initial=0))
    columns = np.arange(width)
    inside = columns < lengths[:, None]
    places = np.where(inside, starts[:, None] + columns, 0)
    return np.where(inside, codes[places], 0).astype(np.uint8)


def rest_hashes(prefixes: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The hashes of all that deletions leave of some prefixes.

    Args:
        prefixes: letter codes, ``PREFIX`` in a row, padded with zeros.

    Returns:
        The distinct pairs of hash and row number, in ascending order.
    """
    padded = np.pad(prefixes, ((0, 0), (0, 1)))
    lengths = np.count_nonzero(prefixes, axis=1)
    allowed = np.where(lengths <= SHORT, 1, MAX_DELETES)
    inside = np.arange(PREFIX) < lengths[:, None]
    fits = inside.astype(np.uint8) @ _IS_DELETED.T.astype(np.uint8) <= allowed[:, None]
    hashes = hash_rows(padded[:, _KEPT])[fits].astype(np.uint64)
    rows = np.nonzero(fits)[0].astype(np.uint64)
    distinct = np.unique(hashes << np.uint64(32) | rows)
    return (distinct >> np.uint64(32)).astype(np.uint32), distinct.astype(np.uint32)


def hash_rows(rows: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """One hash for each row (last axis) of letter codes; zeros at its end do not count."""
    multiplier = np.uint64(_MULTIPLIER)
    hashes = np.zeros(rows.shape[:-1], np.uint64)
    for column in range(rows.shape[-1] - 1, -1, -1):
        hashes = hashes * multiplier + rows[..., column]
        hashes ^= hashes >> np.uint64(29)
    hashes *= multiplier
    return (hashes >> np.uint64(32)).astype(np.uint32)
