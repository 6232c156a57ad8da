"""Integers in as few bytes as they need."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.lazy import Column, Mapped
from searchkit.text.growing import ranges

Arrays = dict[str, NDArray[Any]]


def narrowest(numbers: NDArray[Any], *wanted: type[np.unsignedinteger[Any]]) -> NDArray[Any]:
    """Non-negative integers in the first wanted type that holds them all, else in uint64.

    >>> narrowest(np.array([0, 65535]), np.uint16, np.uint32).dtype.name
    'uint16'
    >>> narrowest(np.array([0, 65536]), np.uint16, np.uint32).dtype.name
    'uint32'
    """
    largest = int(numbers.max(initial=0))
    for kind in wanted:
        if largest <= np.iinfo(kind).max:
            return numbers.astype(kind)
    return numbers.astype(np.uint64)


class SmallIntegers(Mapped):
    """Mostly small non-negative integers in a few bits each; the large ones in a list.

    ``_small`` holds two integers of 4 bits in each byte, two of 12 in each three bytes, or one in
    each of its numbers; the largest value stands for "look in the list": ``_places`` says where the
    large ones are, ascending, ``_large`` which they are.

    Args:
        arrays, name: what ``small_integer_arrays`` laid out under a name.

    >>> arrays = small_integer_arrays("n", np.array([3, 15, 1000]), bits=4)
    >>> SmallIntegers(arrays, "n").take(np.array([2, 0, 1])).tolist()
    [1000, 3, 15]
    """

    _small: Column[NDArray[Any]] = Column("")
    _places: Column[NDArray[Any]] = Column(".places")
    _large: Column[NDArray[np.uint32]] = Column(".large")
    _layout: Column[NDArray[np.uint64]] = Column(".layout")

    @cached_property
    def _count(self) -> int:
        return int(self._layout[0])

    @cached_property
    def _bits(self) -> int:
        return int(self._layout[1])

    @cached_property
    def _pairs(self) -> NDArray[np.uint16]:
        """The two bytes from every byte on."""
        small = self._small
        return np.ndarray((max(len(small) - 1, 0),), "<u2", small.data, strides=(1,))

    def __len__(self) -> int:
        return self._count

    def take(self, numbers: NDArray[Any]) -> NDArray[np.int32]:
        """The integers at some places, int32."""
        if self._bits == 4:
            # The first of two is in the lower half of a byte.
            small = self._small[numbers >> 1] >> ((numbers & 1) << 2).astype(np.uint8) & 15
        elif self._bits == 12:
            # The first of two is in a byte and the lower half of the next.
            pairs = self._pairs[numbers + (numbers >> 1)]
            small = pairs >> ((numbers & 1) << 2).astype(np.uint16) & 0xFFF
        else:
            small = self._small[numbers]
        return self._widened(small, numbers)

    def slice(self, begin: int, end: int) -> NDArray[np.int32]:
        """The integers from ``begin`` to ``end``, int32."""
        if self._bits not in _PACKED:
            return self._widened(self._small[begin:end], None, begin)
        two = _unpacked(self._small, self._bits, begin >> 1, (end + 1) >> 1)
        return self._widened(two[begin & 1 :][: end - begin], None, begin)

    def slices(self, begins: NDArray[Any], ends: NDArray[Any]) -> NDArray[Any]:
        """The integers of several ranges, one after the other, of any type; of eight bits each."""
        all_small, bounds = self._small, zip(begins.tolist(), ends.tolist(), strict=True)
        small = np.concatenate([all_small[begin:end] for begin, end in bounds])
        if not len(self._places) or small.max(initial=0) < 255:
            return small
        return self.take(ranges(begins, ends - begins))

    def _widened(
        self, small: NDArray[Any], numbers: NDArray[Any] | None, begin: int = 0
    ) -> NDArray[np.int32]:
        found = small.astype(np.int32)
        if len(self._places):
            large = np.flatnonzero(small == (1 << self._bits) - 1)
            if len(large):
                wanted = large + begin if numbers is None else numbers[large]
                # Of another type, NumPy would first make a copy of all places.
                wanted = wanted.astype(self._places.dtype, copy=False)
                found[large] = self._large[self._places.searchsorted(wanted)]
        return found


# Of so many bits each, two share bytes.
_PACKED = (4, 12)


def small_integer_arrays(name: str, numbers: NDArray[Any], bits: int = 8) -> Arrays:
    """The arrays of ``SmallIntegers``.

    Args:
        name: of the arrays.
        numbers: not negative.
        bits: of each: 4, 8, 12, 16 or 32.
    """
    escape = (1 << bits) - 1
    large = np.flatnonzero(numbers >= escape)
    small = numbers.astype(_type_of(bits))
    small[large] = escape
    return {
        name: _packed(small, bits) if bits in _PACKED else small,
        f"{name}.places": narrowest(large, np.uint32),
        f"{name}.large": numbers[large].astype(np.uint32),
        f"{name}.layout": np.array([len(numbers), bits], dtype=np.uint64),
    }


def fewest_bits(numbers: NDArray[Any]) -> int:
    """Of how many bits integers should be to take the least bytes, the list of large ones included.

    >>> fewest_bits(np.arange(100)), fewest_bits(np.arange(4000)), fewest_bits(np.arange(10**6))
    (8, 12, 32)
    """
    choices = (8, 12, 16, 32)
    escaped = [np.count_nonzero(numbers >= (1 << bits) - 1) for bits in choices]
    sizes = [bits * len(numbers) + 64 * n for bits, n in zip(choices, escaped, strict=True)]
    return choices[int(np.argmin(sizes))]


def _type_of(bits: int) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if bits <= 8 else np.uint16 if bits <= 16 else np.uint32


def _packed(small: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    """Integers of 4 or 12 bits, two by two; see ``SmallIntegers``."""
    padded = np.append(small, np.zeros(len(small) % 2, dtype=small.dtype))
    first, second = padded[::2], padded[1::2]
    packed = np.empty((len(first), 2 * bits // 8), dtype=np.uint8)
    if bits == 4:
        packed[:, 0] = first | second << 4
    else:
        packed[:, 0] = first & 255
        packed[:, 1] = first >> 8 | (second & 15) << 4
        packed[:, 2] = second >> 4
    return packed.ravel()


def _unpacked(packed: NDArray[np.uint8], bits: int, begin: int, end: int) -> NDArray[Any]:
    """The integers of the pairs from ``begin`` to ``end``."""
    if bits == 4:
        both = packed[begin:end]
        first, second = both & 15, both >> 4
    else:
        low, middle, high = packed[3 * begin : 3 * end].reshape(-1, 3).T.astype(np.uint16)
        first, second = low | (middle & 15) << 8, middle >> 4 | high << 4
    return np.stack([first, second], axis=1).ravel()


def bounds_of(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Where each of several runs begins, and where the last ends.

    >>> bounds_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    bounds = np.zeros(len(counts) + 1, dtype=np.uint32)
    bounds[1:] = counts
    # In place and in one type: anything else is copied piece by piece.
    return np.cumsum(bounds, dtype=np.uint32, out=bounds)


def spacing(bounds: NDArray[Any]) -> NDArray[np.int64]:
    """How far each bound lies from the one before; bounds are integers of any type, ascending."""
    wide = bounds.astype(np.int64)
    return wide[1:] - wide[:-1]
