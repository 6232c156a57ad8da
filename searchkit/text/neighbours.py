"""Words that look alike, found by the letters they are made of.

An edit changes how often a letter occurs in a word by one: inserting or deleting one changes one
letter's number, replacing changes two, swapping none. Words whose letters differ in more than twice
the edits in question need no closer look (the filter by counts of Grossi and Luccio 1989, "Simple
and efficient string matching with k mismatches"). What letters a word has at least once, and at
least twice, fits in the bits of one machine word, so that going through all words of a corpus is
one pass over an array; nothing else has to be kept for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LETTERS = 32
"""Letters are told apart by the last five bits of their codes."""

_ACCENTS = (0x300, 0x36F)


def loose_codes(words: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The letters of words where umlauts, accents and doubled letters do not count.

    Args:
        words: without line breaks.

    Returns:
        Letter codes of all words, one after the other, and how many each has. Codes are 1 to 255:
        Latin letters have their own, others share.

    >>> loose_codes(["Präsident", "praesident", "Straße"])[0].tobytes()
    b'prasidentprasidentstrase'
    """
    lower = "\n".join([*words, ""]).lower().replace("ß", "ss")
    if not lower.isascii():
        lower = unicodedata.normalize("NFD", lower)
    points: NDArray[Any] = np.frombuffer(lower.encode("utf-32-le", "surrogatepass"), "<u4")
    points = points[(points < _ACCENTS[0]) | (points > _ACCENTS[1])]
    # The e of ae, oe, ue.
    before = np.append(points[-1:], points[:-1])
    points = points[(points != ord("e")) | ~np.isin(before, [*map(ord, "aou")])]
    # Doubled letters.
    is_break = points == ord("\n")
    kept = (points != np.append(points[-1:], points[:-1])) | is_break
    points, is_break = points[kept], is_break[kept]
    lengths = np.diff(np.flatnonzero(is_break), prepend=-1) - 1
    points = points[~is_break]
    return np.where(points < 256, points, 128 + points % 127).astype(np.uint8), lengths


def gather_rows(
    codes: NDArray[np.uint8], starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Stretches of ``codes`` as rows, padded with zeros."""
    columns = np.arange(int(lengths.max(initial=0)))
    inside = columns < lengths[:, None]
    places = np.where(inside, starts[:, None] + columns, 0)
    return np.where(inside, codes[places], 0).astype(np.uint8)


def signatures(codes: NDArray[np.uint8], lengths: NDArray[Any]) -> NDArray[np.uint64]:
    """What letters words have once or more, and twice or more, a bit each.

    Args:
        codes: the letter codes of all words, one word after the other.
        lengths: how many codes each word has.
    """
    words = np.repeat(np.arange(len(lengths)) * _LETTERS, lengths)
    counts = np.bincount(words + codes % _LETTERS, minlength=len(lengths) * _LETTERS)
    counts = counts.reshape(len(lengths), _LETTERS)
    bits = np.packbits(np.concatenate([counts > 0, counts > 1], axis=1), axis=1)
    return bits.view(np.uint64).reshape(len(lengths))


def bits_apart(signature: np.uint64, others: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """In how many bits signatures differ from one; twice the edits between the words at most.

    >>> one, other = signatures(np.frombuffer(b"hausmaus", np.uint8), np.array([4, 4]))
    >>> bits_apart(one, np.array([one, other])).tolist()
    [0, 2]
    """
    different = others ^ signature
    if _COUNT is not None:
        counts: NDArray[np.uint8] = _COUNT(different)
        return counts
    return _counted(different)


# NumPy counts bits itself from version 2.0 on.
_COUNT = getattr(np, "bitwise_count", None)
_MASKS = tuple(
    np.uint64(mask) for mask in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F)
)


def _counted(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """How many bits of each number are set: pairs, fours, bytes, then all bytes added up."""
    pairs, fours, eights = _MASKS
    numbers = numbers - ((numbers >> np.uint64(1)) & pairs)
    numbers = (numbers & fours) + ((numbers >> np.uint64(2)) & fours)
    numbers = (numbers + (numbers >> np.uint64(4))) & eights
    return (numbers * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.uint8)
