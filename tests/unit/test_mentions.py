"""Names in answers: marked where a search asks for them, listed where a caller does."""

from __future__ import annotations

import pytest

from searchkit import Document, build_index
from searchkit.model import Entity, StoredDocument
from searchkit.render.json import result_object
from searchkit.render.style import Style
from searchkit.render.text import document_text
from searchkit.search.mentions import MOST_OF_A_KIND, most_named

TEXT = "Wladimir Putin kam nach Helsinki. Der Gipfel begann. Putins Flugzeug blieb in Helsinki."


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [Document("putin", TEXT), Document("ohne", "Ein Gipfel ohne Namen.")]
    with build_index(documents, tmp_path_factory.mktemp("mentions")) as index:
        yield index


def marked(result):
    return [s.text[a:b] for hit in result.hits for s in hit.snippets for a, b in s.spans]


def test_a_filter_marks_the_names_it_asks_for(index):
    assert marked(index.search("Gipfel")) == ["Gipfel", "Gipfel"]
    found = index.search("Gipfel", filters={"person": "Wladimir Putin"})
    assert marked(found) == ["Wladimir Putin", "Gipfel", "Putins"]
    assert marked(index.search("*", filters={"ort": "Helsinki"})) == ["Helsinki", "Helsinki"]


def test_a_field_of_the_query_marks_what_it_finds(index):
    assert marked(index.search("person:Putin")) == ["Wladimir Putin", "Putins"]
    assert marked(index.search("Gipfel NOT person:Putin")) == ["Gipfel"]


def test_hits_have_names_only_where_asked(index):
    assert index.search("Gipfel").hits[0].entities == ()
    found = index.search("Flugzeug", entities=True)
    assert [(e.name, e.kind) for e in found.hits[0].entities] == [
        ("Wladimir Putin", "person"),
        ("Helsinki", "place"),
    ]
    shown = result_object(found)["hits"][0]["entities"][0]
    assert shown["name"] == "Wladimir Putin"
    assert [TEXT[a:b] for a, b in shown["mentions"]] == ["Wladimir Putin", "Putins"]
    assert "entities" not in result_object(index.search("Flugzeug"))["hits"][0]


def test_so_many_names_of_a_kind_at_most():
    places = [Entity(f"Ort {n}", "place", tuple((m, m + 1) for m in range(n))) for n in range(1, 9)]
    assert [len(each.mentions) for each in most_named(places)] == [8, 7, 6, 5, 4]
    assert len(most_named(places)) == MOST_OF_A_KIND


def test_a_document_shows_where_it_names_somebody():
    text = "Erst\r\n\r\nWladimir Putin kam."
    putin = Entity("Wladimir Putin", "person", ((8, 22),))
    document = StoredDocument("a", text, "T", None, {}, (putin,))
    for wrapped in (True, False):
        plain = document_text(document, Style(), wrapped=wrapped)
        assert plain.endswith("\n\nErst\n\nWladimir Putin kam.\n")
        colourful = document_text(document, Style(colour=True), wrapped=wrapped)
        assert "\x1b[1;31mWladimir Putin\x1b[0m kam." in colourful
