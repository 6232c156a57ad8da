"""How far a typed word lies from a word of the corpus: letters counted, and weighed as Germans err.

``letter_distances`` counts for many words at once; ``typing_cost`` weighs one pair: a slip to the
next key, a doubled letter, a missing e or an umlaut written otherwise costs less than any letter
for any other.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

MAX_PATTERN = 64
"""The most letters of a pattern: its columns are the bits of one machine word."""

# What an error costs; a letter for any other is 1. Tuned on invented errors in news, see
# tests/relevance/test_spelling_quality.py; the order matters more than the figures.
WRITTEN_UMLAUT = 0.1  # ae for ä
ACCENT = 0.2  # a for ä, e for é
DOUBLED = 0.5  # a letter twice instead of once, or the reverse
SWAPPED = 0.6  # two letters in the wrong order
NEXT_KEY = 0.7  # the key beside the right one, instead of it or with it
LETTER_E = 0.7  # an e too few or too many, most often unheard
FIRST_LETTER = 0.3  # on top of the rest: first letters are rarely wrong

_WRITTEN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_ROW_SHIFTS = (0.0, 0.3, 0.8)
_KEY_REACH = 1.3


def _next_keys() -> dict[str, str]:
    """For each letter of a German keyboard, the letters whose keys touch its own."""
    places = {
        letter: (column + shift, row)
        for row, (letters, shift) in enumerate(zip(_ROWS, _ROW_SHIFTS, strict=True))
        for column, letter in enumerate(letters)
    }
    return {
        letter: "".join(
            other
            for other, (x2, y2) in places.items()
            if other != letter and (x - x2) ** 2 + (y - y2) ** 2 <= _KEY_REACH**2
        )
        for letter, (x, y) in places.items()
    }


NEXT_KEYS = _next_keys()
NO_KEYS: Mapping[str, str] = {}


def letter_distances(
    pattern: NDArray[np.uint8], words: NDArray[np.uint8], lengths: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Edits (insert, delete, replace, swap of neighbours) from one word to each of many.

    Bit-parallel over the letters of the pattern (Hyyrö 2003, "A bit-vector algorithm for computing
    Levenshtein and Damerau edit distances") and over all words at once.

    Args:
        pattern: letter codes, 1 to ``MAX_PATTERN`` of them.
        words: one row of letter codes for each word, padded to a common width.
        lengths: how many codes of each row count.

    >>> def codes(word): return np.frombuffer(word.encode(), np.uint8)
    >>> letter_distances(codes("haus"), codes("ahus" "maus").reshape(2, 4), np.array([4, 4]))
    array([1, 1])
    """
    one = np.uint64(1)
    places = np.zeros(256, np.uint64)
    for bit, code in enumerate(pattern.tolist()):
        places[code] |= np.uint64(1 << bit)
    last = np.uint64(len(pattern) - 1)
    rising = np.full(len(words), (1 << len(pattern)) - 1, np.uint64)
    falling, diagonal, before = (np.zeros(len(words), np.uint64) for _ in range(3))
    distances = np.full(len(words), len(pattern), np.intp)
    for column in range(words.shape[1]):
        matches = places[words[:, column]]
        swaps = ((~diagonal & matches) << one) & before
        diagonal = (((matches & rising) + rising) ^ rising) | matches | falling | swaps
        up, down = falling | ~(diagonal | rising), diagonal & rising
        change = ((up >> last) & one).astype(np.intp) - ((down >> last) & one).astype(np.intp)
        distances += np.where(column < lengths, change, 0)
        up, down = (up << one) | one, down << one
        rising, falling, before = down | ~(diagonal | up), diagonal & up, matches
    return distances


def typing_cost(typed: str, meant: str) -> float:
    """How much has to go wrong for ``meant`` to be typed as ``typed``; 0 where they are equal.

    The edit distance with swaps of neighbours (Damerau 1964), with cheaper prices for what Germans
    get wrong often. Lower-case words, ``ß`` as ``ss``.

    >>> typing_cost("praesident", "präsident"), typing_cost("hasu", "haus")
    (0.1, 0.6)
    """
    if typed == meant:
        return 0.0
    start = _common_start(typed, meant)
    end = _common_start(typed[start:][::-1], meant[start:][::-1])
    first = FIRST_LETTER if _first_letter_wrong(typed, meant) else 0.0
    # One equal letter stays on each side, for prices hang on the letter beside.
    start, end = max(start - 1, 0), max(end - 1, 0)
    return _weighted(typed[start : len(typed) - end], meant[start : len(meant) - end]) + first


def _common_start(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def _first_letter_wrong(typed: str, meant: str) -> bool:
    return bool(typed) and bool(meant) and _plain(typed[0]) != _plain(meant[0])


def _plain(letter: str) -> str:
    return letter if letter.isascii() else unicodedata.normalize("NFD", letter)[0]


def _weighted(typed: str, meant: str) -> float:
    """The cheapest way from one to the other, row by row (Wagner and Fischer 1974)."""
    missing = [_extra(meant, j, NO_KEYS) for j in range(len(meant))]
    rows = [list(accumulate(missing, initial=0.0))]
    for i, letter in enumerate(typed):
        above, surplus = rows[i], _extra(typed, i, NEXT_KEYS)
        row = [above[0] + surplus]
        for j, other in enumerate(meant):
            price = min(above[j + 1] + surplus, row[j] + missing[j])
            price = min(price, above[j] + (0.0 if letter == other else _replaced(letter, other)))
            if letter != other and (i or j):
                price = min(price, _pair(rows, typed[: i + 1], meant[: j + 1]))
            row.append(price)
        rows.append(row)
    return round(rows[-1][-1], 3)


def _pair(rows: list[list[float]], typed: str, meant: str) -> float:
    """The price where two letters at the end of one side or both belong together."""
    i, j = len(typed), len(meant)
    if i > 1 and j > 1 and typed[-1] == meant[-2] and typed[-2] == meant[-1]:
        return rows[i - 2][j - 2] + SWAPPED
    if i > 1 and _WRITTEN.get(meant[-1]) == typed[-2:]:
        return rows[i - 2][j - 1] + WRITTEN_UMLAUT
    if j > 1 and _WRITTEN.get(typed[-1]) == meant[-2:]:
        return rows[i - 1][j - 2] + WRITTEN_UMLAUT
    return math.inf


@lru_cache(2048)
def _replaced(typed: str, meant: str) -> float:
    if _plain(typed) == _plain(meant):
        return ACCENT
    return NEXT_KEY if meant in NEXT_KEYS.get(typed, "") else 1.0


def _extra(word: str, at: int, next_keys: Mapping[str, str]) -> float:
    """What it costs that the letter at ``at`` stands in this word only."""
    letter = word[at]
    beside = word[max(at - 1, 0) : at] + word[at + 1 : at + 2]
    if letter in beside:
        return DOUBLED
    if letter == "e":
        return LETTER_E
    return NEXT_KEY if any(letter in next_keys.get(other, "") for other in beside) else 1.0
