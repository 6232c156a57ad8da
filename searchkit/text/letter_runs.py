"""Runs of letters and digits in many chunks of text at once: where nearly all words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import offsets
from searchkit.text.normalise import is_normal, normalise

# Kinds of code points: what parts words, what words are made of, the hyphen, and what only the
# rules for single chunks can judge.
_SIGN, _LETTER, _HYPHEN, _IRREGULAR = range(4)

_NEVER_COMPOSED = 0x300
"""No code point below takes part in the composition of accents (Unicode's NFC_Quick_Check)."""

_PUNCTUATION = range(0x2000, 0x20D0)
"""Code points further up that occur in ordinary texts: quotation marks, dashes, currencies."""


def _kind(point: int) -> int:
    char = chr(point)
    if char == "-":
        return _HYPHEN
    if char.isalnum():
        return _LETTER if point < _NEVER_COMPOSED and is_normal(char) else _IRREGULAR
    # Signs that become another sign (typographic apostrophes) part words all the same.
    known = point < _NEVER_COMPOSED or point in _PUNCTUATION
    return _SIGN if known and len(normalise(char)[0]) == 1 else _IRREGULAR


@cache
def _table() -> NDArray[np.uint8]:
    """The kinds of all code points up to the first that is irregular for being far up."""
    return np.array([_kind(point) for point in range(_PUNCTUATION.stop + 1)], np.uint8)


@dataclass(frozen=True, slots=True)
class LetterRuns:
    """Stretches of chunks, in order.

    Invariants: arrays of one length. ``chunks`` counts into the chunks that were asked for;
    ``starts`` and ``ends`` are code point offsets in the chunk.
    """

    chunks: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def letter_runs(
    chunks: Sequence[str], others: Sequence[int] = ()
) -> tuple[LetterRuns, NDArray[np.int64]]:
    """The runs of letters and digits of regular chunks, and the numbers of the other chunks.

    A chunk is regular if every run in it is a word: if nothing but single hyphens stands between
    its runs and none of its code points changes the form of another.

    Args:
        chunks: texts without white space.
        others: numbers of chunks that count as irregular, whatever they are.

    >>> runs, irregular = letter_runs(["„Corona-Krise“,", "geht's"])
    >>> runs.starts.tolist(), runs.ends.tolist(), irregular.tolist()
    ([1, 8], [7, 13], [1])
    """
    lengths = np.fromiter(map(len, chunks), np.int64, len(chunks))
    bounds = offsets(lengths + 1)
    kinds = _kinds_of("\n".join(chunks))
    is_letter = kinds == _LETTER
    starts = np.flatnonzero(is_letter & ~np.roll(is_letter, 1))
    ends = np.flatnonzero(is_letter & ~np.roll(is_letter, -1)) + 1
    owners = np.searchsorted(bounds, starts, side="right") - 1
    is_irregular = np.zeros(len(chunks), np.bool_)
    is_irregular[np.array(others, np.intp)] = True
    strange = np.flatnonzero(kinds == _IRREGULAR)
    is_irregular[np.searchsorted(bounds, strange, side="right") - 1] = True
    linked = (starts[1:] - ends[:-1] == 1) & (kinds[ends[:-1]] == _HYPHEN)
    is_irregular[owners[1:][(owners[1:] == owners[:-1]) & ~linked]] = True
    regular = ~is_irregular[owners]
    owners = owners[regular]
    first = bounds[owners]
    runs = LetterRuns(owners, starts[regular] - first, ends[regular] - first)
    return runs, np.flatnonzero(is_irregular)


def hyphen_chains(runs: LetterRuns, most_letters: int) -> LetterRuns:
    """Chunks of several runs, from the first to the last of them.

    Args:
        runs: of regular chunks.
        most_letters: chains of more letters and digits are left out.
    """
    is_first = np.diff(runs.chunks, prepend=-1) != 0
    first = np.flatnonzero(is_first)
    last = np.flatnonzero(np.roll(is_first, -1))
    letters = runs.ends[last] - runs.starts[first] - (last - first)
    chosen = (last > first) & (letters <= most_letters)
    first, last = first[chosen], last[chosen]
    return LetterRuns(runs.chunks[first], runs.starts[first], runs.ends[last])


def _kinds_of(text: str) -> NDArray[np.uint8]:
    """The kind of every code point, with a sign behind the last."""
    points = np.frombuffer((text + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table().take(points, mode="clip")
