"""Lists of byte strings as two arrays each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, overload

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.integers import (
    Arrays,
    SmallIntegers,
    bounds_of,
    narrowest,
    small_integer_arrays,
)
from searchkit.engine.arrays.lazy import Column, Mapped


class Strings(Mapped, Sequence[bytes]):
    """Byte strings one after the other.

    Args:
        arrays, name: what ``string_arrays`` laid out under a name.

    >>> strings = Strings(string_arrays("id", [b"gipfel", b"putin"]), "id")
    >>> strings[1], len(strings), strings.find(b"gipfel"), strings.find(b"kreml")
    (b'putin', 2, 0, -1)
    """

    _gap: ClassVar[int] = 0
    _bytes: Column[NDArray[np.uint8]] = Column(".bytes")
    # Where each begins, ascending; one more than there are strings.
    _offsets: Column[NDArray[Any]] = Column(".offsets")

    @cached_property
    def _content(self) -> memoryview:
        return memoryview(self._bytes.data)

    @cached_property
    def _bounds(self) -> memoryview:
        # To be read one by one, for which NumPy would make an object of its own of each.
        native = self._offsets.dtype.newbyteorder("=")
        return self._offsets.astype(native, copy=False).data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return self.take(range(*number.indices(len(self))))
        if not 0 <= number < len(self):
            raise IndexError(number)
        offsets = self._offsets
        return bytes(self._content[int(offsets[number]) : int(offsets[number + 1]) - self._gap])

    def __iter__(self) -> Iterator[bytes]:
        content, ends = bytes(self._content), self._offsets.tolist()
        for begin, end in pairwise(ends):
            yield content[begin : end - self._gap]

    def take(self, numbers: Sequence[int]) -> list[bytes]:
        """The strings of some numbers, in the order asked; faster than one by one."""
        content, bounds, gap = self._content, self._bounds, self._gap
        return [content[bounds[n] : bounds[n + 1] - gap].tobytes() for n in numbers]

    def find(self, string: bytes) -> int:
        """The number of a string in an ascending list, -1 where it is not there."""
        content, bounds, gap = self._content, self._bounds, self._gap

        def at(place: int) -> bytes:
            # Without the checks of __getitem__, which take longer than all else here.
            return content[bounds[place] : bounds[place + 1] - gap].tobytes()

        place = bisect_left(range(len(self)), string, key=at)
        return place if place < len(self) and self[place] == string else -1


class Lines(Strings):
    """Byte strings without line breaks, each followed by one: a single scan searches them all.

    They are short; where each begins is worked out from their lengths when it is first asked.
    """

    _gap = 1

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        super().__init__(arrays, name)
        self._lengths = SmallIntegers(arrays, f"{name}.lengths")

    @cached_property
    def _offsets(self) -> NDArray[Any]:  # type: ignore[override]
        return bounds_of(self._lengths.slice(0, len(self._lengths)) + 1)

    def __len__(self) -> int:
        return len(self._lengths)

    def content(self) -> memoryview:
        """All strings, a line break after each."""
        return self._content

    def texts(self) -> list[str]:
        """All strings, as text."""
        return bytes(self._content).decode().split("\n")[:-1]

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Which strings of an ascending list begin so: from number to number."""
        begin = bisect_left(self, prefix)
        # No UTF-8 text continues a prefix with the byte 255.
        return begin, bisect_left(self, prefix + b"\xff", begin)


def string_arrays(name: str, strings: Sequence[bytes]) -> Arrays:
    """The arrays of ``Strings``."""
    return {
        f"{name}.bytes": np.frombuffer(b"".join(strings), dtype=np.uint8),
        f"{name}.offsets": narrowest(
            np.concatenate([[0], np.cumsum(_lengths(strings))]), np.uint32
        ),
    }


def line_arrays(name: str, strings: Sequence[bytes]) -> Arrays:
    """The arrays of ``Lines``."""
    content = b"\n".join([*strings, b""])
    return {f"{name}.bytes": np.frombuffer(content, dtype=np.uint8)} | small_integer_arrays(
        f"{name}.lengths", _lengths(strings)
    )


def _lengths(strings: Sequence[bytes]) -> NDArray[np.int64]:
    return np.fromiter(map(len, strings), np.int64, len(strings))
