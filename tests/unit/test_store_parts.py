"""The parts of the store by themselves: manifests, array files, copies, and what errors say."""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from searchkit import (
    Document,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexPathInvalid,
    IndexTooNew,
    IndexTooOld,
    Limits,
    Settings,
    StoreError,
    build_index,
    check_index,
    open_index,
    restore_index,
)
from searchkit.store import files as store_files
from searchkit.store.arrays import ArrayFile, write_arrays
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation, open_manifest
from searchkit.store.manifest import NAME, FileRecord, Manifest
from tests.faults.disk import Disk

DOCUMENTS = [Document("a", "Der Gipfel in Helsinki"), Document("b", "Die Wahl in Berlin")]
SETTINGS = Settings(extractor="none", limits=Limits(lock_timeout_s=0.01))


@pytest.fixture
def index(tmp_path):
    """A folder whose path is to be found in messages."""
    build_index(DOCUMENTS, tmp_path / "verzeichnis", settings=SETTINGS).close()
    return tmp_path / "verzeichnis"


def current(index):
    return index / (index / "CURRENT").read_text().strip()


def opened(index):
    return open_index(index, settings=SETTINGS)


def says(error, *words):
    """Whether an error names what happened to what, and what to do next, each in one line."""
    assert all(word in error.message for word in ("verzeichnis", *words)), error.message
    for line in (error.message, error.hint):
        assert "\n" not in line
        assert "None" not in line
    assert re.match(r"[a-z][a-z ]+\b", error.hint), error.hint
    assert not re.search(r"XX", error.message + error.hint)
    return error.hint


REPAIRS = ("searchkit restore", "searchkit index --rebuild")


# What errors say


def test_errors_name_the_place_and_the_next_step(tmp_path):
    place = tmp_path / "verzeichnis"
    with pytest.raises(IndexNotFound) as missing:
        opened(place)
    assert says(missing.value).endswith(": searchkit index")
    place.write_text("x")
    with pytest.raises(IndexPathInvalid) as a_file:
        opened(place)
    assert "--index" in says(a_file.value, "file")
    place.unlink()
    place.mkdir()
    (place / "brief.txt").write_text("x")
    (place / "zettel.txt").write_text("x")
    with pytest.raises(IndexPathInvalid) as foreign:
        opened(place)
    assert "--index" in says(foreign.value, "brief.txt")


def unreadable_pointer(index):
    (index / "CURRENT").write_bytes(b"\xff")


def lost_generation(index):
    shutil.rmtree(current(index))


def lost_file(index):
    next(current(index).glob("*.segment")).unlink()


def short_file(index):
    file = next(current(index).glob("*.segment"))
    file.write_bytes(file.read_bytes()[:-1])


def other_content(index):
    file = current(index) / "segments.json"
    file.write_bytes(file.read_bytes().replace(b":", b";", 1))


def lost_manifest(index):
    (current(index) / NAME).unlink()


def other_number(index):
    current(index).rename(index / "generation-000007")
    (index / "CURRENT").write_text("generation-000007\n")


def stranger(index):
    (current(index) / "fremd").write_bytes(b"x")


def link_for_a_file(index):
    file = current(index) / "segments.json"
    file.rename(index.parent / "elsewhere")
    file.symlink_to(index.parent / "elsewhere")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (unreadable_pointer, ["CURRENT", "cannot be read"]),
        (lost_generation, ["lacks"]),
        (lost_file, [".segment", " is missing"]),
        (short_file, [".segment", " bytes instead of "]),
        (other_content, ["segments.json", " is damaged"]),
        (lost_manifest, ["manifest", "damaged"]),
        (other_number, ["generation-000007", "generation 1"]),
        (stranger, ["fremd", " is no part of the index"]),
        (link_for_a_file, ["segments.json", " is not a regular file"]),
    ],
)
def test_damage_is_named_with_both_ways_out(index, damage, words):
    damage(index)
    with pytest.raises(IndexCorrupt) as found:
        opened(index)
    hint = says(found.value, *words)
    assert all(repair in hint for repair in REPAIRS)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lost_file, "is missing"),
        (short_file, "bytes instead of"),
        (other_content, "is damaged"),
        (stranger, "is no part of the index"),
        (link_for_a_file, "is not a regular file"),
        (other_number, "is of generation 1"),
    ],
)
def test_check_says_what_is_wrong_with_which_file(index, damage, what):
    before = {file.name for file in current(index).iterdir()} | {"fremd"}
    damage(index)
    (found,) = check_index(index).damages
    assert found.file in before
    assert re.fullmatch(rf"(has \d+ )?{what}( \d+)?", found.fault), found.fault


def test_a_manifest_of_another_number_is_named_by_its_file(index):
    other_number(index)
    (found,) = check_index(index).damages
    assert found.file == NAME


def test_an_unreadable_file_is_named_with_the_systems_reason(index, monkeypatch):
    plain = FileRecord.of

    def refuse(file):
        if file.name == "segments.json":
            raise OSError(5, "Input/Output Error")
        return plain(file)

    monkeypatch.setattr(FileRecord, "of", refuse)
    (found,) = check_index(index).damages
    assert (found.file, found.fault) == ("segments.json", "cannot be read: input/output error")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError(28, "No space left on device"), "no space left"), (OSError("Quota"), "quota")],
)
def test_a_disk_that_refuses_is_named_with_its_reason(index, monkeypatch, error, reason):
    def refuse(*_args, **_options):
        raise error

    with opened(index) as writer:
        for name in ("sync", "link_file"):
            with monkeypatch.context() as full:
                full.setattr(f"searchkit.store.folder.{name}", refuse)
                with pytest.raises(StoreError) as found:
                    writer.add([Document("c", "Text")])
            assert "intact" in says(found.value, reason)
        with monkeypatch.context() as full:
            full.setattr("pathlib.Path.mkdir", refuse)
            with pytest.raises(StoreError) as found:
                writer.add([Document("c", "Text")])
        assert "intact" in says(found.value, reason)
        with monkeypatch.context() as full:
            full.setattr("searchkit.store.repair.sync", refuse)
            writer.add([Document("c", "Text")])
            with pytest.raises(StoreError) as found:
                restore_index(index)
        assert "intact" in says(found.value, reason)


def test_a_switch_that_was_not_confirmed_says_so(index, monkeypatch):
    def refuse(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(IndexFolder, "settle", refuse)
    with opened(index) as writer, pytest.raises(StoreError) as found:
        writer.add([Document("c", "Text")])
    assert says(found.value, "did not confirm").endswith(": searchkit check")
    # It is in force all the same, and the next writer is not kept out.
    monkeypatch.undo()
    assert opened(index).add([Document("d", "Text")]).added == 1
    assert opened(index).stats().documents == 4


def test_writers_that_wait_or_come_late_are_told_what_to_do(index):
    first, second = opened(index), opened(index)
    draft = IndexFolder(index).begin(None, 0)
    (index / "write.holder").write_text("?")
    with pytest.raises(IndexLocked) as locked:
        first.add([Document("c", "Text")])
    assert "run it again" in says(locked.value, "another process", "0.01 s")
    with pytest.raises(IndexLocked):
        restore_index(index, settings=SETTINGS)
    draft.abort()
    first.add([Document("c", "Text")])
    with pytest.raises(IndexLocked) as late:
        second.add([Document("d", "Text")])
    assert "run it again" in says(late.value, "changed")


def test_an_index_written_all_the_time_is_no_endless_wait(index, monkeypatch):
    names = iter(range(10, 10_000))
    monkeypatch.setattr(IndexFolder, "_named", lambda _self: f"generation-{next(names):06}")
    with pytest.raises(StoreError) as found:
        opened(index)
    assert says(found.value) == "try again"
    assert not isinstance(found.value, IndexCorrupt)


def test_an_unfinished_generation_is_gone_when_the_next_begins(index):
    with opened(index) as writer, pytest.raises(KeyboardInterrupt):
        writer.add(interrupted())
    assert [found.number for found in IndexFolder(index).generations()] == [1]


def interrupted():
    """Documents that end in Ctrl-C when some have been written."""
    yield from (Document(f"n{number}", "Text") for number in range(600))
    raise KeyboardInterrupt


@pytest.mark.parametrize(("version", "error"), [(1, IndexTooOld), (99, IndexTooNew)])
def test_other_formats_are_told_with_both_versions(index, version, error):
    manifest = current(index) / NAME
    known = json.loads(manifest.read_text())["format_version"]
    manifest.write_text(json.dumps({"format_version": version}))
    with pytest.raises(error) as found:
        opened(index)
    assert f"format {version}" in found.value.message
    assert str(known) in found.value.message
    assert found.value.hint.endswith("searchkit index --rebuild")
    assert re.match(r"(update searchkit, or )?rebuild it", found.value.hint)


def test_nothing_to_go_back_to_is_told_with_what_helps_then(index):
    short_file(index)
    with pytest.raises(IndexCorrupt) as found:
        restore_index(index)
    assert says(found.value, "no earlier generation").endswith("searchkit index --rebuild")
    assert "restore" not in found.value.hint


# Manifests


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    folder = tmp_path / "generation-000003"
    folder.mkdir()
    written = Manifest(
        settings={"extractor": "rules ä"},
        built="abc",
        sources=("/texte/ä", "/b"),
        uncounted=3,
        number=3,
        files={"a.segment": FileRecord(12, "ff"), "b": FileRecord(1, "00")},
    )
    (folder / NAME).write_text(written.to_json(), encoding="ascii")
    assert Manifest.read(folder) == written
    assert written.size_bytes == 13


@pytest.mark.parametrize("key", ["settings", "built", "sources", "uncounted", "number", "files"])
def test_whatever_a_manifest_says_is_sealed(index, key):
    manifest = current(index) / NAME
    found = json.loads(manifest.read_text())
    others = {"settings": {}, "files": {}, "sources": ["/x"], "built": "x"}
    manifest.write_text(json.dumps(found | {key: others.get(key, 77)}))
    with pytest.raises(IndexCorrupt):
        Manifest.read(manifest.parent)
    # However it is laid out, and in whatever order.
    manifest.write_text(json.dumps(dict(reversed(found.items())), indent=4))
    assert Manifest.read(manifest.parent).built == found["built"]


def test_hidden_files_in_a_generation_do_no_harm(index):
    (current(index) / ".nfs0001").write_bytes(b"x")
    assert opened(index).stats().documents == 2


def test_a_small_file_is_hashed_on_opening_and_an_array_when_it_is_used(index, monkeypatch):
    read = []
    plain = FileRecord.of
    monkeypatch.setattr(FileRecord, "of", lambda file: read.append(file.name) or plain(file))
    generation = Generation(1, current(index))
    manifest = open_manifest(generation)
    assert "segments.json" in read
    assert not [name for name in read if name.endswith((".segment", ".arrays"))]
    # One that is larger than what takes a moment is left to check.
    read.clear()
    large = generation.folder / "texts.dictionary"
    large.write_bytes(b"x" * 300_000)
    files = {**manifest.files, large.name: plain(large)}
    (generation.folder / NAME).write_text(replace(manifest, files=files).to_json())
    open_manifest(generation)
    assert large.name not in read


# Array files

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


def flipped(file, place, bit=0):
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)


def place_of(file, name):
    rows = json.loads(file.read_bytes()[footer_start(file) : -20])["arrays"]
    return next(row[3] for row in rows if row[0] == name)


def footer_start(file):
    content = file.read_bytes()
    return len(content) - 20 - int.from_bytes(content[-20:-12], "little")


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


# Copies and links

# An array of a segment that neither opening nor adding a document looks at.
UNUSED = "signatures"


@pytest.fixture
def without_links(monkeypatch):
    """A file system without hard links."""

    def refuse(*_args, **_options):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("without_links")
def test_where_there_are_no_links_files_are_copied(index):
    with opened(index) as writer:
        for number in range(3):
            writer.add([Document(f"n{number}", "Der Gipfel")])
            assert check_index(index).damages == ()
        assert writer.search("Gipfel").total == 4
    assert all(file.stat().st_nlink == 1 for file in index.rglob("*") if file.is_file())


@pytest.mark.usefixtures("without_links")
def test_damage_is_not_copied_and_sealed_anew(index):
    file = next(current(index).glob("*.segment"))
    flipped(file, place_of(file, UNUSED))
    with opened(index) as writer:
        with pytest.raises(IndexCorrupt) as found:
            writer.add([Document("c", "Text")])
        assert all(repair in says(found.value, file.name) for repair in REPAIRS)
        # Before anything was made of it.
        assert found.value.message.endswith(" is damaged")
    assert current(index).name == "generation-000001"
    assert [damage.file for damage in check_index(index).damages] == [file.name]
    # The lock is free.
    assert build_index(DOCUMENTS, index, settings=SETTINGS).stats().documents == 2


def test_files_are_linked_where_that_can_be(index):
    shared = next(current(index).glob("*.segment"))
    with opened(index) as writer:
        writer.add([Document("c", "Text")])
    assert shared.stat().st_nlink == 2
    assert (current(index) / shared.name).samefile(shared)


def test_a_link_is_neither_followed_nor_copied_through(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    store_files.link_file(tmp_path / "link", tmp_path / "b")
    assert (tmp_path / "b").is_symlink()

    def refuse(*_args, **_options):
        raise NotImplementedError

    monkeypatch.setattr(os, "link", refuse)
    store_files.link_file(tmp_path / "link", tmp_path / "c")
    assert (tmp_path / "c").is_symlink()


# What has reached the disk


def test_all_that_a_switch_names_has_reached_the_disk_before(index):
    with opened(index) as writer, Disk(index).watching() as disk:
        writer.add([Document("c", "Text")])
    place = disk.calls.index("replace CURRENT.next")
    before, after = disk.calls[:place], disk.calls[place:]
    new = [file.name for file in current(index).iterdir() if file.stat().st_nlink == 1]
    assert new
    for name in new:
        written = max(n for n, call in enumerate(before) if call == f"write {name}")
        assert f"sync {name}" in before[written:]
    # First the files, then their names in the folder, then what names the folder.
    synced = [call for call in before if call.startswith("sync ")]
    assert synced[-3:] == ["sync generation-000002", "sync CURRENT.next", "sync verzeichnis"]
    assert "sync verzeichnis" in after


def test_on_windows_folders_are_not_synced_and_files_are_open_for_writing(tmp_path, monkeypatch):
    calls = []
    there = SimpleNamespace(
        name="nt",
        O_RDWR="read and write",
        O_RDONLY="read",
        open=lambda path, flags: calls.append((path, flags)) or 7,
        fsync=lambda descriptor: calls.append(("sync", descriptor)),
        close=lambda descriptor: calls.append(("close", descriptor)),
    )
    monkeypatch.setattr(store_files, "os", there)
    (tmp_path / "a").touch()
    store_files.sync(tmp_path)
    assert calls == []
    store_files.sync(tmp_path / "a")
    assert calls == [(tmp_path / "a", "read and write"), ("sync", 7), ("close", 7)]
    there.name = "posix"
    store_files.sync(tmp_path)
    assert calls[3:] == [(tmp_path, "read"), ("sync", 7), ("close", 7)]


# Folders


def test_an_index_may_lie_deep(tmp_path):
    built = build_index(DOCUMENTS, tmp_path / "a" / "b" / "c", settings=SETTINGS)
    assert built.stats().documents == 2


def test_a_lost_pointer_without_any_generation_begins_anew(index):
    unreadable_pointer(index)
    shutil.rmtree(index / "generation-000001")
    assert build_index(DOCUMENTS, index, settings=SETTINGS).stats().generation == 1


def test_files_beside_generations_are_no_generations(index):
    (index / "generation-000009").write_text("x")
    (index / "generation-x").mkdir()
    assert [found.number for found in IndexFolder(index).generations()] == [1]


def test_a_generation_is_not_gone_back_to_when_it_is_the_current_one(index):
    with opened(index) as writer:
        writer.add([Document("c", "Text")])
        assert restore_index(index) == 1
    assert opened(index).stats().documents == 2
    with pytest.raises(IndexCorrupt, match="no earlier generation"):
        restore_index(index)


def test_states_of_files_that_are_damaged_count_as_changed(tmp_path, monkeypatch):
    # As if there were so many that they are not looked at on opening.
    monkeypatch.setattr("searchkit.store.manifest._HASHED_ON_OPENING", 10)
    texts = tmp_path / "texte"
    texts.mkdir()
    for number in range(3):
        (texts / f"{number}.txt").write_text(f"Der Gipfel {number}")
    index = build_index(texts, tmp_path / "verzeichnis", settings=SETTINGS)
    assert not index.is_stale()
    file = current(tmp_path / "verzeichnis") / "corpus.json"
    content = file.read_text()
    digest = json.loads(content)[0][3]
    file.write_text(content.replace(digest, digest[::-1]))
    assert index.is_stale()
    assert index.update(texts).unchanged == 3
