"""Files of arrays: read as they were written, every damage noticed."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest

from searchkit import (
    IndexCorrupt,
)
from searchkit.store.arrays import ArrayFile, write_arrays
from tests.faults.parts import REPAIRS, flipped, footer_start, place_of

ARRAYS = {
    "words": np.arange(1000, dtype=np.int32),
    "one": np.array(7.5),
    "none": np.zeros((0, 3), dtype=np.uint8),
    "odd": np.array([1, 2, 255], dtype=np.uint8),
    "table": np.arange(12, dtype=np.float64).reshape(3, 4).T,
    "truth": np.array([True, False, True]),
    "big": np.array([1, 2**40], dtype=">i8"),
}


@pytest.fixture
def arrays(tmp_path):
    write_arrays(tmp_path / "a.arrays", ARRAYS, frozenset(["truth"]))
    return tmp_path / "a.arrays"


def test_arrays_are_read_as_they_were_written(arrays):
    found = ArrayFile(arrays)
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].tolist() == array.tolist()
        assert found[name].shape == array.shape
        assert found[name].ctypes.data % 64 == 0 or not array.size
        assert found[name] is found[name]
        assert found[name].dtype.byteorder in "=<|"
    assert found.damaged() == []


@pytest.mark.parametrize("name", [name for name in ARRAYS if ARRAYS[name].size and name != "truth"])
def test_every_flipped_bit_of_an_array_is_noticed(arrays, name):
    begin, size = place_of(arrays, name), ARRAYS[name].nbytes
    for place in {begin, begin + size // 2, begin + size - 1}:
        for bit in (0, 7):
            flipped(arrays, place, bit)
            with pytest.raises(IndexCorrupt, match=f"a.arrays .*is damaged in {name}") as found:
                ArrayFile(arrays)[name]
            assert all(repair in found.value.hint for repair in REPAIRS)
            assert ArrayFile(arrays).damaged() == [name]
            flipped(arrays, place, bit)


def test_swapped_bytes_at_the_end_of_an_array_are_noticed(arrays):
    begin = place_of(arrays, "odd")
    content = bytearray(arrays.read_bytes())
    content[begin : begin + 3] = content[begin : begin + 3][::-1]
    arrays.write_bytes(content)
    assert ArrayFile(arrays).damaged() == ["odd"]


def test_an_array_with_sums_of_its_own_has_none(arrays):
    flipped(arrays, place_of(arrays, "truth"))
    assert ArrayFile(arrays).damaged() == []
    assert ArrayFile(arrays)["truth"].tolist() == [False, False, True]


def test_a_missing_array_is_damage(arrays):
    with pytest.raises(IndexCorrupt, match=r"a\.arrays .*lacks fehlt") as found:
        ArrayFile(arrays)["fehlt"]
    assert all(repair in found.value.hint for repair in REPAIRS)
    assert "fehlt" not in ArrayFile(arrays)


def with_footer(file, footer):
    """The file with another footer, whose own sum is right."""
    content = file.read_bytes()
    body, tail = content[: footer_start(file)], content[-8:]
    head = len(footer).to_bytes(8, "little") + zlib.crc32(footer).to_bytes(4, "little")
    file.write_bytes(body + footer + head + tail)


@pytest.mark.parametrize(
    "row",
    [
        ["a", "<i8", [-1], 0, 0],
        ["a", "<i8", [1], -8, 0],
        ["a", "<i8", [1 << 50], 0, 0],
        ["a", "<i8", [1], 1 << 50, 0],
        ["a", "<i8", [500, 5], 0, 0],
        ["a", "|O", [1], 0, 0],
        ["a", "<U4", [1], 0, 0],
        ["a", "unknown", [1], 0, 0],
        ["a", "<i8", "x", 0, 0],
        ["a"],
        [],
    ],
)
def test_a_footer_that_leads_outside_is_refused(arrays, row):
    with_footer(arrays, json.dumps({"file": "a.arrays", "arrays": [row]}).encode())
    with pytest.raises(IndexCorrupt, match=r"a\.arrays") as found:
        ArrayFile(arrays)
    assert all(repair in found.value.hint for repair in REPAIRS)


def test_the_last_byte_before_the_footer_may_be_used_and_none_behind(arrays):
    begin = footer_start(arrays)
    for size, fits in ((begin, True), (begin + 1, False)):
        with_footer(
            arrays,
            json.dumps({"file": "a.arrays", "arrays": [["a", "|u1", [size], 0, None]]}).encode(),
        )
        if fits:
            assert len(ArrayFile(arrays)["a"]) == begin
        else:
            with pytest.raises(IndexCorrupt):
                ArrayFile(arrays)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 20, b"x" * 100])
def test_no_file_of_arrays(tmp_path, content):
    (tmp_path / "a.arrays").write_bytes(content)
    with pytest.raises(IndexCorrupt):
        ArrayFile(tmp_path / "a.arrays")


def test_a_file_of_arrays_under_another_name_is_refused(arrays):
    arrays.rename(arrays.with_name("b.arrays"))
    with pytest.raises(IndexCorrupt, match=r"b\.arrays"):
        ArrayFile(arrays.with_name("b.arrays"))
