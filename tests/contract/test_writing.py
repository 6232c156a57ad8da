"""What a writer promises: outcomes, all or nothing, one document an id."""

from __future__ import annotations

import pytest

from searchkit.engine.port import SearchRequest
from searchkit.query.plan import TEXT, TITLE, Everything, Term
from tests.contract.documents import document
from tests.contract.engines import write


def ids(reader, plan=None, **options) -> list[str]:
    request = SearchRequest(plan or Everything(), limit=1000, **options)
    return [hit.id for hit in reader.search(request).hits]


def test_an_index_begins_empty(engine):
    reader = engine.reader()
    assert reader.document_count() == 0
    assert ids(reader) == []
    assert reader.number("a") is None
    assert reader.fetch([], "text") == []
    assert len(reader.locate([Term(TEXT, "gipfel")], [])) == 0
    reader.check()


def test_every_document_has_an_outcome(engine):
    writer = engine.writer()
    assert writer.write([document("a", "eins"), document("b")]) == ["added", "added"]
    assert writer.write([document("a", "zwei")]) == ["replaced"]
    assert writer.write([document("c"), document("c", "drei")]) == ["added", "replaced"]
    assert writer.write([]) == []
    writer.commit()
    engine.committed()
    assert engine.writer().write([document("b"), document("d")]) == ["replaced", "added"]


def test_a_replaced_document_is_gone_with_its_words(engine):
    write(engine, [document("a", "Gipfel", title="Berlin"), document("b", "Gipfel")])
    reader = write(engine, [document("a", "Krise")])
    assert ids(reader) == ["a", "b"]
    assert ids(reader, Term(TEXT, "gipfel")) == ["b"]
    assert ids(reader, Term(TITLE, "berlin")) == []
    assert ids(reader, Term(TEXT, "kris")) == ["a"]
    assert reader.document_frequency(TEXT, "gipfel") == 1


def test_a_document_replaced_before_the_commit(engine):
    reader = write(engine, [document("a", "Gipfel"), document("b"), document("a", "Krise")])
    assert reader.document_count() == 2
    assert ids(reader, Term(TEXT, "gipfel")) == []
    assert ids(reader, Term(TEXT, "kris")) == ["a"]


def test_deleting_says_how_many_there_were(engine):
    writer = engine.writer()
    writer.write([document("a"), document("b"), document("c")])
    assert writer.delete(["a", "a", "unbekannt"]) == 1
    assert writer.delete(["a"]) == 0
    writer.commit()
    engine.committed()
    assert ids(engine.reader()) == ["b", "c"]
    writer = engine.writer()
    assert writer.delete(["b", "unbekannt", "c"]) == 2
    assert writer.write([document("b", "neu")]) == ["added"]
    writer.commit()
    engine.committed()
    assert ids(engine.reader()) == ["b"]


def test_nothing_shows_before_the_commit(engine):
    before = write(engine, [document("a", "Gipfel")])
    writer = engine.writer()
    writer.write([document("a", "Krise"), document("b", "Gipfel")])
    writer.delete(["a"])
    for reader in (before, engine.reader()):
        assert ids(reader) == ["a"]
        assert ids(reader, Term(TEXT, "gipfel")) == ["a"]


def test_aborting_forgets_the_changes(engine):
    write(engine, [document("a", "Gipfel")])
    writer = engine.writer()
    writer.write([document("a", "Krise"), document("b")])
    writer.delete(["a"])
    writer.abort()
    assert ids(engine.reader()) == ["a"]
    assert ids(write(engine, [document("c")])) == ["a", "c"]


def test_a_reader_stays_as_it_was(engine):
    before = write(engine, [document("a", "Gipfel")])
    write(engine, [document("b", "Gipfel")], ["a"])
    assert ids(before, Term(TEXT, "gipfel")) == ["a"]
    assert before.fetch([before.number("a")], "text") == [b"Gipfel"]
    assert ids(engine.reader()) == ["b"]


@pytest.mark.parametrize("order", [1, -1])
def test_ids_of_any_kind_in_any_order(engine, order):
    names = ["z", "a", "10", "9", "Ä", "ä", "Straße 5", "b\nc", "b\0c", " ", "𝄞", "\ufffd"]
    reader = write(engine, [document(name, "Gipfel", source=name) for name in names[::order]])
    # Equal scores: by id, code point by code point.
    assert ids(reader, Term(TEXT, "gipfel")) == sorted(names)
    for name in names:
        number = reader.number(name)
        assert number is not None
        assert reader.fetch([number], "head") == [f"head of {name}".encode()]
        assert reader.origins()[name].source == name
    assert reader.number("A") is None
    reader.check()


def test_commits_without_changes(engine):
    write(engine, [document("a", "Gipfel")])
    assert ids(write(engine, [])) == ["a"]
    assert ids(write(engine, [], ["unbekannt"])) == ["a"]
