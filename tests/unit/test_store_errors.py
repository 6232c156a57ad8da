"""What errors of the store say: what happened to what, and what to do next."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from searchkit import (
    Document,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexPathInvalid,
    IndexTooNew,
    IndexTooOld,
    StoreError,
    check_index,
    restore_index,
)
from searchkit.store.folder import IndexFolder
from searchkit.store.manifest import NAME, FileRecord
from tests.faults.parts import REPAIRS, SETTINGS, current, made, opened, says


@pytest.fixture
def index(tmp_path):
    return made(tmp_path)


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
