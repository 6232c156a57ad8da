"""Manifests, links and copies, what has reached the disk, and what lies in a folder."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from searchkit import (
    Document,
    IndexCorrupt,
    build_index,
    check_index,
    restore_index,
)
from searchkit.store import files as store_files
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation, open_manifest
from searchkit.store.manifest import NAME, FileRecord, Manifest
from tests.faults.disk import Disk
from tests.faults.parts import (
    DOCUMENTS,
    REPAIRS,
    SETTINGS,
    current,
    flipped,
    made,
    opened,
    place_of,
    says,
)


@pytest.fixture
def index(tmp_path):
    return made(tmp_path)


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
    (index / "CURRENT").write_bytes(b"\xff")
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


def test_what_generations_share_keeps_its_sum(index):
    folder = IndexFolder(index)
    basis = folder.current()
    before = open_manifest(basis)
    name = next(name for name in before.files if name.endswith(".segment"))
    flipped(basis.folder / name, 0)
    made = folder.begin(basis, 0).commit(before)
    assert open_manifest(made).files == before.files
    assert name in [damage.file for damage in check_index(index).damages]


def test_what_an_interrupted_first_build_left_is_in_nobodys_way(tmp_path):
    (tmp_path / "verzeichnis" / "generation-000001").mkdir(parents=True)
    for name in ("write.lock", "write.holder", "CURRENT.next"):
        (tmp_path / "verzeichnis" / name).touch()
    built = build_index(DOCUMENTS, tmp_path / "verzeichnis", settings=SETTINGS)
    assert built.stats().documents == 2
