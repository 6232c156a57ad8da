"""Whoosh's writer over segments of arrays: changes show all at once, or not at all."""

from __future__ import annotations

from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import LockError
from whoosh.writing import AsyncWriter, IndexingError

from searchkit import DocumentInvalid, IndexLocked
from searchkit.engine.arrays.folder import SegmentFolder
from searchkit.engine.whoosh.errors import Unsupported
from searchkit.engine.whoosh.index import ArrayStorage
from tests.whoosh.texts import BY_HAND, made_up, written

GIPFEL = query.Term("text", "gipfel")


def ids(index):
    with index.searcher() as searcher:
        return sorted(fields["id"] for fields in searcher.documents())


def segments(index):
    return [info.name for info in SegmentFolder(index.folder).infos()]


def files(index):
    """What lies in the folder besides the lock."""
    return sorted(file.name for file in index.folder.iterdir() if "WRITELOCK" not in file.name)


def scores(index, q):
    with index.searcher() as searcher:
        return [(hit["id"], round(hit.score, 5)) for hit in searcher.search(q, limit=None)]


def test_a_commit_makes_a_segment(own):
    with own.writer() as writer:
        writer.add_document(id="neu", text="Ein neuer Gipfel", date="2020", source="dpa")
        assert ids(own) == ["gipfel", "wald"]
    assert ids(own) == ["gipfel", "neu", "wald"]
    assert len(segments(own)) == 2
    assert own.doc_count() == 3


def test_searchers_are_refreshed(own):
    searcher = own.searcher()
    assert searcher.refresh() is searcher
    with own.writer() as writer:
        writer.add_document(id="neu", text="Ein neuer Gipfel", autor="Anna")
    assert not searcher.up_to_date()
    assert len(searcher.search(GIPFEL)) == 1
    old_leaf = searcher.reader().leaf_readers()[0][0]
    fresh = searcher.refresh()
    assert fresh is not searcher
    assert fresh.up_to_date()
    assert len(fresh.search(GIPFEL)) == 2
    assert [hit["id"] for hit in fresh.search(query.Term("autor", "Anna"))] == ["neu"]
    assert old_leaf.is_closed
    with own.writer() as writer:
        writer.add_document(id="mehr", text="Noch ein Gipfel", autor="Berta")
    kept = fresh.reader().leaf_readers()
    again = fresh.refresh()
    assert len(again.search(GIPFEL)) == 3
    assert again.reader().leaf_readers()[: len(kept)] == kept
    assert not kept[0][0].is_closed


def test_a_document_replaces_one_of_its_id(own):
    with own.writer() as writer:
        writer.update_document(id="gipfel", text="Nur noch ein Tal")
    assert ids(own) == ["gipfel", "wald"]
    assert scores(own, GIPFEL) == []
    assert own.doc_count_all() == 3
    with own.searcher() as searcher:
        assert searcher.document(id="gipfel")["text"] == "Nur noch ein Tal"


def test_documents_are_deleted_by_number_term_and_query(own):
    with own.writer() as writer:
        for name in ("a", "b", "c", "d"):
            writer.add_document(id=name, text=f"Text {name}", source="dpa")
    with own.searcher() as searcher:
        number = searcher.document_number(id="a")
    with own.writer() as writer:
        writer.delete_document(number)
        assert writer.delete_by_term("id", "b") == 1
        assert writer.delete_by_term("id", "nirgends") == 0
        assert writer.delete_by_query(query.And([query.Term("source", "dpa"), GIPFEL])) == 1
    assert ids(own) == ["c", "d", "wald"]
    reader = own.reader()
    assert reader.has_deletions()
    assert reader.is_deleted(number)
    own.delete_by_term("source", "dpa")
    assert ids(own) == ["wald"]


def test_a_deletion_does_not_meet_what_is_written_after_it(own):
    with own.writer() as writer:
        writer.add_document(id="gipfel", text="Der neue Text")
        writer.delete_document(0)
    with own.searcher() as searcher:
        assert searcher.document(id="gipfel")["text"] == "Der neue Text"


def test_deletions_cannot_be_taken_back(own):
    with own.writer() as writer, pytest.raises(Unsupported):
        writer.delete_document(0, delete=False)
    with pytest.raises(Unsupported):
        own.reader().segments()[0].delete_document(0)


def test_cancelling_leaves_everything_as_it_was(own):
    before = files(own)
    content = [(own.folder / name).read_bytes() for name in before]
    writer = own.writer()
    writer.add_document(id="neu", text="Ein neuer Gipfel")
    writer.delete_document(0)
    writer.cancel()
    assert files(own) == before
    assert [(own.folder / name).read_bytes() for name in before] == content
    with pytest.raises(ZeroDivisionError), own.writer() as writer:
        writer.add_document(id="neu", text=str(1 / 0))
    assert ids(own) == ["gipfel", "wald"]


def test_a_writer_that_died_leaves_nothing_behind(own, lexicon):
    dead = own.folder / "draft-tot"
    dead.mkdir()
    (dead / "s000009.segment").write_bytes(b"")
    with own.writer() as writer:
        writer.add_document(id="neu", text="Ein neuer Gipfel")
    assert not dead.exists()
    assert files(own) == ["s000001.segment", "s000002.segment", "segments.json"]
    assert ids(ArrayStorage(own.folder, lexicon).open_index()) == ["gipfel", "neu", "wald"]


def test_there_is_one_writer(own):
    writer = own.writer()
    for error in (LockError, IndexLocked):
        with pytest.raises(error):
            own.writer(timeout=0.01, delay=0.01)
    with pytest.raises(IndexLocked):
        own.storage.create_index()
    writer.cancel()
    own.writer().cancel()
    with pytest.raises(IndexingError):
        writer.add_document(id="a", text="")
    with pytest.raises(IndexingError):
        writer.commit()


def test_a_writer_in_the_background_waits_for_its_turn(own):
    first = own.writer()
    waiting = AsyncWriter(own, delay=0.01)
    waiting.add_document(id="neu", text="Ein neuer Gipfel")
    waiting.commit()
    first.add_document(id="alt", text="Ein alter Gipfel")
    first.commit()
    waiting.join(timeout=10)
    assert ids(own) == ["alt", "gipfel", "neu", "wald"]


def test_unusable_documents_are_refused(own):
    with own.writer() as writer:
        with pytest.raises(DocumentInvalid):
            writer.add_document(id="", text="Text")
        with pytest.raises(DocumentInvalid):
            writer.add_document(id="a", text="Text", date="gestern")
        with pytest.raises(DocumentInvalid):
            writer.add_document(id="a", text="Text", tags=["a", "b"])
        writer.add_document(id="a", text="Text")
    assert ids(own) == ["a", "gipfel", "wald"]


def test_fields_cannot_be_added_or_removed(own):
    with own.writer() as writer:
        with pytest.raises(Unsupported):
            writer.add_field("autor", None)
        with pytest.raises(Unsupported):
            writer.remove_field("source")
        with pytest.raises(Unsupported):
            writer.add_reader(own.reader())


QUERIES = [
    GIPFEL,
    query.Or([query.Term("text", "haus"), query.Term("title", "arzt")]),
    query.Phrase("text", ["trump", "gipfel"]),
    query.Every(),
]


def test_optimising_makes_one_segment_and_changes_no_answer(lexicon, tmp_path):
    documents = made_up(30)
    many = written(
        ArrayStorage(tmp_path / "many", lexicon).create(),
        documents[:10],
        documents[10:20],
        [*documents[20:], *BY_HAND],
        delete=("d001", "d015", "wald"),
    )
    assert len(segments(many)) == 3
    before = [scores(many, q) for q in QUERIES]
    many.optimize()
    assert len(segments(many)) == 1
    assert many.doc_count() == many.doc_count_all() == 30
    assert [scores(many, q) for q in QUERIES] == before
    live = [d for d in (*documents, *BY_HAND) if d["id"] not in ("d001", "d015", "wald")]
    fresh = written(ArrayStorage(tmp_path / "fresh", lexicon).create(), live)
    assert [scores(fresh, q) for q in QUERIES] == before


def test_many_small_segments_are_merged(tmp_path, lexicon):
    index = ArrayStorage(tmp_path, lexicon).create_index()
    for number, fields in enumerate(made_up(8)):
        with index.writer() as writer:
            writer.add_document(**fields)
        assert len(segments(index)) == (number + 1 if number < 7 else 1)
    assert len(files(index)) == 2
    assert index.doc_count() == 8


def test_readers_keep_what_they_opened(own):
    searcher = own.searcher()
    with own.writer() as writer:
        writer.delete_by_query(query.Every())
    own.optimize()
    assert own.is_empty()
    assert [hit["id"] for hit in searcher.search(GIPFEL)] == ["gipfel"]
    assert searcher.refresh().search(GIPFEL).is_empty()


def test_opening_never_fails_while_another_writes(tmp_path, lexicon):
    storage = ArrayStorage(tmp_path, lexicon)
    storage.create_index()
    documents = made_up(30)

    def write():
        index = storage.open_index()
        for fields in documents:
            with index.writer() as writer:
                writer.add_document(**fields)

    writing = Thread(target=write)
    writing.start()
    counts = []
    while writing.is_alive():
        with storage.open_index().searcher() as searcher:
            counts.append(len(searcher.search(query.Every(), limit=None)))
    writing.join()
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    assert ids(storage.open_index()) == sorted(fields["id"] for fields in documents)


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 7), st.integers(0, 29)),
        st.tuples(st.just("delete"), st.integers(0, 7), st.just(0)),
        st.tuples(st.sampled_from(["commit", "cancel", "optimise"]), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES)
def test_any_changes_give_what_a_fresh_index_gives(changes, lexicon, tmp_path_factory):
    folder = tmp_path_factory.mktemp("changes")
    texts = made_up(30)
    index = ArrayStorage(folder / "changed", lexicon).create().create_index()
    committed, current = {}, {}
    writer = index.writer()
    for kind, name, text in changes:
        if kind == "add":
            current[f"n{name}"] = texts[text] | {"id": f"n{name}"}
            writer.add_document(**current[f"n{name}"])
        elif kind == "delete":
            # As everywhere in Whoosh: what is not committed yet is not deleted.
            if f"n{name}" in committed and current.get(f"n{name}") is committed[f"n{name}"]:
                del current[f"n{name}"]
            writer.delete_by_term("id", f"n{name}")
        else:
            if kind == "cancel":
                writer.cancel()
                current = dict(committed)
            else:
                writer.commit(optimize=kind == "optimise")
                committed = dict(current)
            writer = index.writer()
    writer.commit()
    fresh = written(ArrayStorage(folder / "fresh", lexicon).create(), list(current.values()))
    assert ids(index) == sorted(current)
    assert [scores(index, q) for q in QUERIES] == [scores(fresh, q) for q in QUERIES]
    assert sorted(files(index)) == sorted(SegmentFolder(index.folder).names())
