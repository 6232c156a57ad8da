"""Named arrays in one file, mapped into memory when read.

    array, padding, array, padding, ..., footer, footer length, magic

Every array begins at a multiple of 64 bytes (a cache line), little-endian. The footer is JSON:
name, type, shape, offset and CRC-32 of every array. Reading checks the footer and that every array
lies inside the file; ``verify_arrays`` reads every byte.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import IndexCorrupt
from searchkit.store.manifest import REBUILD

_MAGIC = b"SKARRAY1"
_TAIL = struct.Struct("<QI8s")  # footer length, CRC-32 of the footer, magic
_ALIGNMENT = 64
_TYPES = frozenset("biuf")

Arrays = dict[str, NDArray[Any]]


def write_arrays(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of numbers or truth values into a new file.

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
            content = plain.reshape(-1).view(np.uint8).data
            rows.append([name, plain.dtype.str, plain.shape, out.tell(), zlib.crc32(content)])
            out.write(content)
        footer = json.dumps(rows).encode("ascii")
        out.write(footer)
        out.write(_TAIL.pack(len(footer), zlib.crc32(footer), _MAGIC))


def read_arrays(file: Path) -> Arrays:
    """The arrays of a file, read-only, mapped: nothing is read before it is used.

    Raises:
        IndexCorrupt: the file is missing or no such file, or its parts do not fit.
    """
    try:
        with file.open("rb") as opened:
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        return {row[0]: _array(mapped, row) for row in _footer(mapped)}
    except (OSError, ValueError, TypeError, IndexError, struct.error) as error:
        raise _corrupt(file) from error


def verify_arrays(file: Path) -> None:
    """Read every array and compare its checksum.

    Raises:
        IndexCorrupt: something differs.
    """
    arrays = read_arrays(file)
    content = file.read_bytes()
    for name, _, _, _, checksum in _footer(content):
        if zlib.crc32(arrays[name].tobytes()) != checksum:
            raise _corrupt(file)


def _footer(content: bytes | mmap.mmap) -> list[Any]:
    length, checksum, magic = _TAIL.unpack(content[-_TAIL.size :])
    footer = content[-_TAIL.size - length : -_TAIL.size]
    if magic != _MAGIC or zlib.crc32(footer) != checksum:
        raise ValueError("footer")
    rows: list[Any] = json.loads(footer)
    return rows


def _array(mapped: mmap.mmap, row: list[Any]) -> NDArray[Any]:
    _, kind, shape, offset, _ = row
    dtype = np.dtype(kind)
    if dtype.kind not in _TYPES or any(n < 0 for n in shape) or offset < 0:
        raise ValueError("type")
    count = int(np.prod(shape, dtype=np.int64))
    if count == 0:
        return np.zeros(shape, dtype)
    return np.frombuffer(mapped, dtype, count, offset).reshape(shape)


def _corrupt(file: Path) -> IndexCorrupt:
    return IndexCorrupt(f"{file.name} in {file.parent} is damaged or missing", REBUILD)
