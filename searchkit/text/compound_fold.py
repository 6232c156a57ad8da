"""Words as rows of letter codes, and the hashes of every part of them at once.

A word is compared by the hash of its *fold*: lower case, umlauts and ß written out (``ae``, ``oe``,
``ue``, ``ss``), other accents dropped. Writing umlauts out, rather than dropping the dots as the
stemmer does, lets ``Maerkte`` and ``Märkte`` meet without touching the many places where a
compound joins an ``a`` to an ``e`` (``Klimaexperte``).

The hash is polynomial over random letter values, modulo 2**64, so that the hash of any part of a
word follows from two prefix sums (Rabin and Karp 1987, "Efficient randomized pattern-matching
algorithms").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_LETTERS = 96
"""Words with more folded letters than this are not looked into."""

OTHER = 27
"""The code of whatever is no letter of the German alphabet after folding."""

_TABLE_SIZE = 0x250
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe"}
_CAPITAL_SHARP_S = 0x1E9E


def _letter_codes() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """First and second letter code of every code point below the table's end."""
    first = np.full(_TABLE_SIZE, OTHER, np.uint8)
    second = np.zeros(_TABLE_SIZE, np.uint8)
    for point in range(_TABLE_SIZE - 1):
        letter = chr(point).lower()
        plain = _WRITTEN_OUT.get(letter) or unicodedata.normalize("NFD", letter)[:1]
        if plain and all("a" <= char <= "z" for char in plain):
            first[point] = ord(plain[0]) - 96
            second[point] = ord(plain[1]) - 96 if len(plain) == 2 else 0
    return first, second


def _random_values(count: int, seed: int) -> NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea, Flood 2014): the same values on every machine and version."""
    mask = (1 << 64) - 1
    values = []
    for step in range(1, count + 1):
        z = (seed + step * 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        values.append(z ^ (z >> 31))
    return np.array(values, np.uint64)


def _powers(base: int) -> NDArray[np.uint64]:
    steps = np.full(MAX_LETTERS + 1, base, np.uint64)
    steps[0] = 1
    return np.multiply.accumulate(steps)


_FIRST, _SECOND = _letter_codes()
_VALUES = np.concatenate([np.zeros(1, np.uint64), _random_values(OTHER, 2)])
_BASE = 0x5851F42D4C957F2D
POWERS = _powers(_BASE)
INVERSE_POWERS = _powers(pow(_BASE, -1, 1 << 64))


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """Many words as one run of letter codes.

    Attributes:
        codes: 1 to 26 for a to z, ``OTHER`` for the rest, of all words one after the other.
        origins: for each code, the code point offset of its letter in its own word.
        starts: where each word begins in ``codes``; one more than there are words.
    """

    codes: NDArray[np.uint8]
    origins: NDArray[np.int32]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Folded letters of each word."""
        return np.diff(self.starts)


def fold_words(words: Sequence[str]) -> FoldedWords:
    """The folded letters of many words.

    Args:
        words: normalised (NFC) words in any case.

    >>> folded = fold_words(["Öl", "ab"])
    >>> folded.codes.tolist(), folded.origins.tolist(), folded.starts.tolist()
    ([15, 5, 12, 1, 2], [0, 0, 1, 0, 1], [0, 3, 5])
    """
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    points: NDArray[Any] = np.frombuffer(
        "".join(words).encode("utf-32-le", "surrogatepass"), np.uint32
    )
    points = np.where(points == _CAPITAL_SHARP_S, ord("ß"), np.minimum(points, _TABLE_SIZE - 1))
    ends = np.cumsum(lengths)
    offsets = np.arange(len(points), dtype=np.int32)
    offsets -= np.repeat((ends - lengths).astype(np.int32), lengths)
    second = _SECOND[points]
    codes = _FIRST[points]
    written_out = np.flatnonzero(second)
    codes = np.insert(codes, written_out + 1, second[written_out])
    offsets = np.insert(offsets, written_out + 1, offsets[written_out])
    grown = np.concatenate([[0], ends])
    starts = grown + np.searchsorted(written_out, grown)
    return FoldedWords(codes, offsets, starts)


def letter_columns(
    folded: FoldedWords, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """The codes of some words, one word a column, zeros behind its end."""
    rows = np.arange(int(lengths.max(initial=0)))[:, None]
    places = np.minimum(starts + rows, len(folded.codes) - 1)
    columns: NDArray[np.uint8] = folded.codes[places] * (rows < lengths)
    return columns


def prefix_hashes(columns: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Row ``j``: the hash of the first ``j`` letters of each column of letter codes.

    ``(rows[j] - rows[i]) * INVERSE_POWERS[i]`` is the hash of the letters from ``i`` to ``j``.
    """
    letters, words = columns.shape
    prefixes = np.zeros((letters + 1, words), np.uint64)
    np.cumsum(_VALUES[columns] * POWERS[:letters, None], axis=0, out=prefixes[1:])
    return prefixes


def hash_words(folded: FoldedWords) -> NDArray[np.uint64]:
    """One hash per word; words beyond ``MAX_LETTERS`` all hash to 0, as the empty word does.

    >>> a, b, c = hash_words(fold_words(["Märkte", "MAERKTE", "Markte"]))
    >>> bool(a == b), bool(a == c)
    (True, False)
    """
    lengths = folded.lengths
    hashed = np.zeros(len(lengths), np.uint64)
    within = np.arange(len(folded.codes)) - np.repeat(folded.starts[:-1], lengths)
    terms = _VALUES[folded.codes] * POWERS[np.minimum(within, MAX_LETTERS)]
    usable = np.flatnonzero((lengths > 0) & (lengths <= MAX_LETTERS))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms)])
    hashed[usable] = sums[folded.starts[1:][usable]] - sums[folded.starts[:-1][usable]]
    return hashed
