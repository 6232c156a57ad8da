"""An update makes an index what a fresh build would be, and touches nothing without need."""

from __future__ import annotations

import os

import pytest

from searchkit import (
    Document,
    DocumentInvalid,
    SourceEmpty,
    SourceNotFound,
    build_index,
    open_index,
)


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(" date 2018-07 Der Gipfel in Helsinki.")
    (folder / "b.txt").write_text("Die Wahl in Berlin.")
    return folder


@pytest.fixture
def index(texts, tmp_path):
    return build_index(texts, tmp_path / "index")


def state(index):
    folder = index._folder.path
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")} | {
        folder: folder.stat().st_mtime_ns
    }


def test_counts(index, texts):
    (texts / "a.txt").write_text(" date 2018-07 Ein anderer Gipfel.")
    (texts / "b.txt").unlink()
    (texts / "c.txt").write_text("Neu.")
    report = index.update(texts)
    assert (report.added, report.replaced, report.removed, report.unchanged) == (1, 1, 1, 0)
    assert index.search("anderer").total == 1
    assert index.search("Wahl").total == 0
    assert not index.is_stale()


def test_a_second_run_touches_nothing(index, texts):
    before = state(index)
    assert index.update(texts).unchanged == 2
    assert state(index) == before


def test_the_content_counts_not_the_time(index, texts):
    os.utime(texts / "a.txt", (1, 1))
    assert not index.is_stale()
    assert index.update(texts).unchanged == 2


def test_stale(index, texts):
    assert not index.is_stale()
    (texts / "a.txt").write_text("Anders.")
    assert index.is_stale()


def test_other_sources_stay(index, texts, tmp_path):
    more = tmp_path / "more.jsonl"
    more.write_text('{"id": "x", "text": "Mehr vom Gipfel."}\n')
    assert index.update(more).added == 1
    assert index.stats().documents == 3
    more.write_text('{"id": "y", "text": "Mehr vom Gipfel."}\n')
    assert index.is_stale()
    report = index.update([texts, more])
    assert (report.added, report.removed, report.unchanged) == (1, 1, 2)
    assert index.sources == (str(texts), str(more))


def test_documents_of_a_program_stay_beside_a_folder(index, texts):
    index.add([Document("p", "Vom Programm.")])
    assert index.update(texts).removed == 0
    assert index.update([Document("q", "Anderes.")]).removed == 1
    assert sorted(hit.id for hit in index.search("*").hits) == ["a", "b", "q"]


def test_add_replaces_and_remove_counts(index):
    assert index.add([Document("a", "Ganz neu")]).replaced == 1
    assert index.get("a").text == "Ganz neu"
    assert index.remove(["a", "zzz", "a"]) == 1
    assert index.stats().documents == 1


@pytest.mark.parametrize("bad", [[{"id": "a"}], [Document("a", "x"), None]])
def test_what_is_no_document(index, bad):
    before = set(state(index))
    with pytest.raises(DocumentInvalid, match="item"):
        index.add(bad)
    assert set(state(index)) == before
    assert index.stats().documents == 2


def test_an_id_given_twice(index):
    report = index.add([Document("d", "eins"), Document("d", "zwei")])
    assert report.added == 1
    assert "'d'" in report.problems[0].message
    assert index.get("d").text == "eins"


def test_nothing_to_index(index, texts, tmp_path):
    with pytest.raises(SourceNotFound):
        index.update(tmp_path / "missing")
    for file in texts.iterdir():
        file.unlink()
    with pytest.raises(SourceEmpty):
        index.update(texts)
    assert index.stats().documents == 2


def test_an_empty_index_of_a_program(tmp_path):
    index = build_index([], tmp_path / "index")
    assert index.search("Gipfel").total == 0
    index.add([Document("a", "Der Gipfel")])
    assert open_index(tmp_path / "index").search("Gipfel").total == 1


def test_rebuild_forgets_the_rest(index, texts):
    index.add([Document("p", "Vom Programm.")])
    index.rebuild(texts)
    assert index.stats().documents == 2


def test_progress(texts, tmp_path):
    seen = []
    build_index(texts, tmp_path / "other", progress=seen.append)
    assert [p.documents for p in seen] == [1, 2]
    assert seen[-1].read_bytes == seen[-1].size_bytes > 0


def test_undated_documents_beside_dated_ones(tmp_path):
    index = build_index([Document("a", "Gipfel eins")], tmp_path / "index")
    index.add([Document("b", "Gipfel zwei", date="2018")])
    assert [hit.id for hit in index.search("Gipfel", sort="date").hits] == ["b", "a"]


def test_a_source_that_moved_is_forgotten(index, texts):
    moved = texts.rename(texts.parent / "moved")
    report = index.update(moved)
    assert (report.added, report.replaced) == (0, 2)
    assert index.sources == (str(moved),)
    assert not index.is_stale()


@pytest.mark.parametrize("source", [None, 3, Document("a", "Text")])
def test_what_is_no_source(tmp_path, source):
    with pytest.raises(DocumentInvalid, match="source"):
        build_index(source, tmp_path / "index")


def test_small_changes_add_up_until_the_words_are_counted_anew(tmp_path):
    index = build_index([Document(str(n), "Die Ruine am Fluss") for n in range(520)], tmp_path)
    for n in range(30):
        index.add([Document(f"new{n}", "Zorbulan und Rubin")])
    assert [c.value for c in index.complete("zorb")] == ["Zorbulan"]
    assert index.search("Zorbuln").suggestion == "Zorbulan"
    assert index.search("Rubin").suggestion is None


def test_an_update_says_what_it_did_to_whoever_listens(tmp_path, caplog):
    with caplog.at_level("INFO", logger="searchkit"):
        index = build_index([Document("a", "Der Gipfel")], tmp_path / "index")
        index.search("Gipfel")
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'index'} is at generation 1: "
        "1 added, 0 replaced, 0 removed, 0 unchanged, 0 lost"
    ]
