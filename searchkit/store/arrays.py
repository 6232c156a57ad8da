"""Named arrays in one file, mapped into memory when read.

    array, padding, array, padding, ..., footer, footer length, magic

Every array begins at a multiple of 64 bytes (a cache line), little-endian. The footer is JSON: the
name of the file, and name, type, shape, offset and checksum of every array. Reading checks the
footer and that every array lies inside the file; an array is compared with its checksum when it is
first used. The checksum is the sum of the array's 64-bit words: it finds every single flipped bit,
and an array of 100 MB is summed up before it could be read from disk.
"""

from __future__ import annotations

import json
import math
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import IndexCorrupt
from searchkit.store.manifest import REPAIR

_MAGIC = b"SKARRAY2"
_TAIL = struct.Struct("<QI8s")  # footer length, CRC-32 of the footer, magic
_ALIGNMENT = 64
_TYPES = frozenset("biuf")

Arrays = dict[str, NDArray[Any]]


class _Row(NamedTuple):
    """What the footer says of an array; ``checksum`` is None where the content has its own."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    offset: int
    checksum: int | None

    @property
    def size(self) -> int:
        return math.prod(self.shape)


class ArrayFile(Mapping[str, NDArray[Any]]):
    """The arrays of a file, mapped. Each is verified when it is first asked for.

    Args:
        file: what ``write_arrays`` wrote.

    Raises:
        IndexCorrupt: it is missing or no such file, or its parts do not fit. ``[]`` raises it, too,
            for an array that is damaged or missing.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._verified: Arrays = {}
        try:
            with file.open("rb") as opened:
                self._mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            self._rows = _rows(self._mapped, file.name)
        except (OSError, ValueError, TypeError, KeyError, IndexError, struct.error) as error:
            raise self._corrupt() from error

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> NDArray[Any]:
        found = self._verified.get(name)
        if found is None:
            row = self._rows.get(name)
            if row is None:
                raise self._corrupt(f" lacks {name}")
            found = self._array(row)
            if row.checksum not in (None, _checksum(found)):
                raise self._corrupt(f" is damaged in {name}")
            self._verified[name] = found
        return found

    def damaged(self) -> list[str]:
        """The names of arrays that are not as their checksums say."""
        return [
            name
            for name, row in self._rows.items()
            if row.checksum not in (None, _checksum(self._array(row)))
        ]

    def _array(self, row: _Row) -> NDArray[Any]:
        if not row.size:
            return np.zeros(row.shape, row.dtype)
        return np.frombuffer(self._mapped, row.dtype, row.size, row.offset).reshape(row.shape)

    def _corrupt(self, what: str = " is damaged or missing") -> IndexCorrupt:
        return IndexCorrupt(f"{self._file.name} in {self._file.parent}{what}", REPAIR)


def write_arrays(
    file: Path, arrays: Mapping[str, NDArray[Any]], unsummed: frozenset[str] = frozenset()
) -> None:
    """Write arrays of numbers or truth values into a new file.

    Args:
        file: to be made.
        arrays: by name.
        unsummed: names of those whose content carries checksums of its own.

    Raises:
        OSError: the disk refused.
    """
    rows = []
    with file.open("xb") as out:
        for name, array in arrays.items():
            # Not ascontiguousarray, which makes a row of a single number.
            plain = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
            assert plain.dtype.kind in _TYPES, f"{name} is {plain.dtype}"
            out.write(b"\0" * (-out.tell() % _ALIGNMENT))
            checksum = None if name in unsummed else _checksum(plain)
            rows.append([name, plain.dtype.str, plain.shape, out.tell(), checksum])
            out.write(plain.reshape(-1).view(np.uint8).data)
        footer = json.dumps({"file": file.name, "arrays": rows}).encode("ascii")
        out.write(footer)
        out.write(_TAIL.pack(len(footer), zlib.crc32(footer), _MAGIC))


def read_arrays(file: Path) -> ArrayFile:
    """The arrays of a file, read-only, mapped: nothing is read, or verified, before it is used.

    Raises:
        IndexCorrupt: the file is missing or no such file, or its parts do not fit.
    """
    return ArrayFile(file)


def _checksum(array: NDArray[Any]) -> int:
    """The sum of an array's bytes as little-endian 64-bit words, modulo 2 to the 64."""
    content = array.reshape(-1).view(np.uint8)
    whole = len(content) & ~7
    words = content[:whole].view("<u8")
    tail = int.from_bytes(content[whole:].tobytes(), "little")
    return (int(np.add.reduce(words, dtype=np.uint64)) + tail) & 0xFFFF_FFFF_FFFF_FFFF


def _rows(mapped: mmap.mmap, name: str) -> dict[str, _Row]:
    length, checksum, magic = _TAIL.unpack(mapped[-_TAIL.size :])
    end = len(mapped) - _TAIL.size
    if magic != _MAGIC or length > end:
        raise ValueError("tail")
    footer = mapped[end - length : end]
    if zlib.crc32(footer) != checksum:
        raise ValueError("footer")
    content = json.loads(footer)
    # A file of the same kind in the place of another has right checksums, too.
    if content["file"] != name:
        raise ValueError("name")
    return {row[0]: _row(row, end - length) for row in content["arrays"]}


def _row(row: list[Any], end: int) -> _Row:
    _, kind, shape, offset, checksum = row
    found = _Row(np.dtype(kind), tuple(map(int, shape)), int(offset), checksum)
    if found.dtype.kind not in _TYPES or any(n < 0 for n in found.shape) or found.offset < 0:
        raise ValueError("type")
    if found.offset + found.size * found.dtype.itemsize > end:
        raise ValueError("behind the end")
    return found
