"""Texts cut at white space, many at once, where ``str.split()`` cuts them.

The texts are looked at as UTF-8, for in its bytes nearly all that ``str.split()`` cuts at is one
byte, and a chunk of eight letters mostly one machine word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import IntArray, offsets, ranges

PADDING = 32
"""So many bytes behind the last text may be read."""

_BLANK = 0x20
# Spaces of one byte are the blank and, among what is below it, these.
_LOW_SPACES = np.isin(np.arange(_BLANK + 1), [*range(0x09, 0x0E), *range(0x1C, 0x21)])
# Spaces of two bytes begin so and end so.
_TWO_BYTES, _SECOND_BYTES = 0xC2, (0x85, 0xA0)
# Spaces of three bytes begin so; as a table over the code points below it.
_THREE_BYTES = (0xE1, 0xE3)
_HIGH_SPACES = np.isin(
    np.arange(0x3002),
    [0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000],
)


@dataclass(frozen=True, slots=True)
class Chunks:
    """The white-space chunks of some texts, text after text.

    Invariants: ``content[begins[i] : begins[i] + lengths[i]]`` is chunk ``i`` in UTF-8 and is not
    empty; ``sizes`` are the chunks of each text. ``inside`` says where a chunk begins in its text
    if every space counts one and every other letter as many as it has bytes.
    """

    content: bytes
    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    sizes: NDArray[np.int64]
    inside: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.begins)

    def chosen(self, places: NDArray[np.intp]) -> Chunks:
        """Some of the chunks, as those of one text."""
        size = np.array([len(places)])
        return Chunks(
            self.content, self.begins[places], self.lengths[places], size, self.inside[places]
        )

    def texts(self, places: NDArray[np.intp]) -> list[str]:
        """Some of the chunks as texts."""
        if not len(places):
            return []
        # Each with the white space behind it; what they are then cut at differs from chunk to
        # chunk, so that a blank is put in its place.
        lengths = self.lengths[places] + 1
        content = np.frombuffer(self.content, np.uint8)[ranges(self.begins[places], lengths)]
        content[np.cumsum(lengths) - 1] = _BLANK
        return content.tobytes().decode("utf-8", "surrogatepass").split(" ")[:-1]


def cut_at_spaces(texts: Sequence[str]) -> Chunks:
    """The chunks that ``str.split()`` makes of each text.

    Args:
        texts: any texts.

    >>> chunks = cut_at_spaces(["Nach den", " Gipfeln "])
    >>> chunks.texts(np.arange(3)), chunks.sizes.tolist(), chunks.inside.tolist()
    (['Nach', 'den', 'Gipfeln'], [2, 1], [0, 5, 1])
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    content = b" ".join([b"", *encoded, b" " * PADDING])
    points = np.frombuffer(content, np.uint8)
    is_space, wide = _spaces(points)
    edges = np.flatnonzero(is_space[1:] != is_space[:-1]) + 1
    begins, ends = edges[::2], edges[1::2]
    first = offsets(np.fromiter(map(len, encoded), np.int64, len(texts)) + 1) + 1
    sizes = np.diff(np.searchsorted(begins, first))
    inside = begins - np.repeat(first[:-1], sizes)
    if len(wide):
        before = np.searchsorted(wide, begins)
        inside -= before - np.repeat(np.searchsorted(wide, first[:-1]), sizes)
    return Chunks(content, begins, ends - begins, sizes, inside)


def chunk_starts(chunks: Chunks, letters: IntArray) -> IntArray:
    """Where each chunk begins in its text, in code points.

    Args:
        chunks: what texts were cut into.
        letters: the code points of each chunk.

    >>> chunk_starts(cut_at_spaces(["Große Gipfel", " in  Rom "]), np.array([5, 6, 2, 3])).tolist()
    [0, 6, 1, 5]
    """
    # How many bytes more than letters the chunks before it have.
    excess = offsets(chunks.lengths - letters)
    first = excess[offsets(chunks.sizes)[:-1]]
    return (chunks.inside - excess[:-1] + np.repeat(first, chunks.sizes)).astype(np.int32)


def _spaces(points: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[Any]]:
    """Which bytes belong to spaces, and the places of those that do not begin one, ascending."""
    is_space = points <= _BLANK
    low = np.flatnonzero(points < _BLANK)
    is_space[low] = _LOW_SPACES[points[low]]
    two = np.flatnonzero(points == _TWO_BYTES)
    two = two[np.isin(points[two + 1], _SECOND_BYTES)]
    three = np.flatnonzero((points >= _THREE_BYTES[0]) & (points <= _THREE_BYTES[1]))
    bits = [points[three + n].astype(np.int32) & 0x3F for n in range(3)]
    # The first byte's six lowest bits hold one that is no part of the code point.
    letters = ((bits[0] & 0xF) << 12) | (bits[1] << 6) | bits[2]
    three = three[_HIGH_SPACES.take(letters, mode="clip")]
    wide = np.concatenate([two + 1, three + 1, three + 2])
    wide.sort()
    is_space[two] = is_space[three] = is_space[wide] = True
    return is_space, wide
