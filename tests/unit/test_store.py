"""Generations: atomic, kept once, told apart from what is no index."""

from __future__ import annotations

import json

import pytest

from searchkit import (
    Document,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexPathInvalid,
    IndexTooNew,
    IndexTooOld,
    Settings,
    SettingsMismatch,
    build_index,
    open_index,
)
from searchkit.indexing.fingerprint import index_settings, require_searchable, require_writable
from searchkit.store.folder import IndexFolder
from searchkit.store.manifest import FORMAT_VERSION, Manifest

DOCUMENTS = [Document("a", "Der Gipfel in Helsinki"), Document("b", "Die Wahl in Berlin")]


@pytest.fixture
def folder(tmp_path):
    build_index(DOCUMENTS, tmp_path / "index").close()
    return tmp_path / "index"


def manifest_of(folder):
    return next(folder.glob("generation-*/manifest.json"))


def test_nothing_there(tmp_path):
    with pytest.raises(IndexNotFound, match="searchkit index"):
        open_index(tmp_path / "none")


def test_a_file_is_no_index(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(IndexPathInvalid):
        open_index(tmp_path / "file")


def test_a_foreign_folder_is_neither_opened_nor_written(tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(IndexPathInvalid, match=r"letter\.txt"):
        open_index(tmp_path)
    with pytest.raises(IndexPathInvalid):
        build_index(DOCUMENTS, tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_with_hidden_files_only_is_free(tmp_path):
    (tmp_path / ".gitkeep").touch()
    assert build_index(DOCUMENTS, tmp_path).stats().documents == 2


@pytest.mark.parametrize(("version", "error"), [(0, IndexTooOld), (99, IndexTooNew)])
def test_other_formats(folder, version, error):
    file = manifest_of(folder)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format_version": version}))
    with pytest.raises(error, match="--rebuild"):
        open_index(folder)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format_version": "x"}', f'{{"format_version": {FORMAT_VERSION}}}']
)
def test_a_damaged_manifest(folder, content):
    manifest_of(folder).write_text(content)
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        open_index(folder)


def test_a_damaged_pointer(folder):
    (folder / "CURRENT").write_text("generation-000009\n")
    with pytest.raises(IndexCorrupt):
        open_index(folder)


def test_other_settings(folder):
    with pytest.raises(SettingsMismatch, match="compounds") as caught:
        open_index(folder, settings=Settings(compounds=False))
    assert "--rebuild" in caught.value.hint


def test_another_extractor_searches_but_does_not_write(folder):
    document = Document("neu", "Ein Gipfel in Köln")
    with open_index(folder, settings=Settings(extractor="none")) as index:
        before = index.stats()
        for write in (index.add, index.update, lambda _: index.remove(["a"])):
            with pytest.raises(SettingsMismatch, match="extractor") as caught:
                write([document])
            assert "--rebuild" in caught.value.hint
            assert "--set extractor=default" in caught.value.hint
        assert index.stats() == before
        index.rebuild([document])
        assert index.facet("person").values == ()
    with open_index(folder) as index:
        assert index.search("Gipfel").total == 1
        with pytest.raises(SettingsMismatch) as caught:
            index.add([document])
        assert "--set extractor=none" in caught.value.hint


@pytest.mark.parametrize(
    ("extractor", "hint"),
    [
        ("trained 0", "searchkit index --rebuild"),
        ("spacy:de_core 1", "--set extractor=spacy:de_core"),
        ("mine 1", "--set extractor=NAME"),
    ],
)
def test_how_to_go_on_with_an_extractor(extractor, hint):
    manifest = Manifest(index_settings(Settings()) | {"extractor": extractor}, "")
    require_searchable(manifest, Settings())
    with pytest.raises(SettingsMismatch) as caught:
        require_writable(manifest, Settings())
    assert caught.value.hint.endswith(hint)


def test_one_writer_at_a_time(folder):
    from searchkit import Limits

    draft = IndexFolder(folder).begin(None, 0)
    with open_index(folder, settings=Settings(limits=Limits(lock_timeout_s=0.05))) as index:
        with pytest.raises(IndexLocked):
            index.add([Document("c", "Text")])
        draft.abort()
        assert index.add([Document("c", "Text")]).added == 1


def test_a_change_from_an_outdated_state_is_refused(folder):
    first, second = open_index(folder), open_index(folder)
    first.add([Document("c", "Text")])
    with pytest.raises(IndexLocked, match="changed"):
        second.add([Document("d", "Text")])
    assert open_index(folder).stats().documents == 3


def test_a_reader_keeps_its_state_while_others_commit(folder):
    reader = open_index(folder)
    with open_index(folder) as writer:
        for number in range(4):
            writer.add([Document(f"new{number}", "Der Gipfel")])
            assert reader.search("Gipfel").total == 1
        assert writer.search("Gipfel").total == 5
    assert open_index(folder).search("Gipfel").total == 5


def test_two_generations_are_kept(folder):
    with open_index(folder) as index:
        for number in range(3):
            index.add([Document(f"new{number}", "Text")])
    assert sorted(p.name for p in folder.glob("generation-*")) == [
        "generation-000003",
        "generation-000004",
    ]


def test_an_interrupted_build_leaves_the_old_index(folder):
    def interrupted():
        yield Document("c", "Text")
        raise KeyboardInterrupt

    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(KeyboardInterrupt):
        build_index(interrupted(), folder)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert open_index(folder).stats().documents == 2


@pytest.mark.parametrize("pattern", ["*.segment", "segments.json", "words.arrays"])
def test_damaged_files_are_named_as_such(folder, pattern):
    file = next(folder.glob(f"generation-*/{pattern}"))
    file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        open_index(folder).search("Gipfel")
