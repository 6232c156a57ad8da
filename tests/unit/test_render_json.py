"""The JSON shape of answers, documents and the state of an index."""

from __future__ import annotations

import json

from searchkit.dates import PartialDate
from searchkit.model import (
    Entity,
    FacetCount,
    Hit,
    IndexStats,
    SearchResult,
    Snippet,
    StoredDocument,
)
from searchkit.render.json import (
    document_object,
    json_text,
    result_messages,
    result_object,
    status_object,
)

HIT = Hit(
    "a/b",
    "Größe",
    PartialDate.parse("2018-07"),
    1.5,
    (Snippet("Am Gipfel.", ((3, 9),), 120),),
    {"source": "dpa", "pages": 3, "free": True},
)
RESULT = SearchResult(
    "Gipfel",
    (HIT,),
    7,
    {"person": [FacetCount("Angela Merkel", 2)], "year": []},
    ("a note",),
    "Gipfeln",
    4.25,
)


def test_the_shape_of_an_answer() -> None:
    assert json.loads(json_text(result_object(RESULT))) == {
        "format_version": 1,
        "query": "Gipfel",
        "total": 7,
        "took_ms": 4.25,
        "hits": [
            {
                "id": "a/b",
                "title": "Größe",
                "date": "2018-07",
                "score": 1.5,
                "snippets": [{"text": "Am Gipfel.", "spans": [[3, 9]], "offset": 120}],
                "metadata": {"source": "dpa", "pages": 3, "free": True},
                "hidden": 0,
            }
        ],
        "facets": {"person": [{"value": "Angela Merkel", "count": 2}], "year": []},
        "notes": ["a note"],
        "suggestion": "Gipfeln",
        "next_cursor": None,
        "partial": False,
    }


def test_the_keys_come_in_a_fixed_order() -> None:
    assert list(result_object(RESULT)) == [
        *("format_version", "query", "total", "took_ms"),
        *("hits", "facets", "notes", "suggestion", "next_cursor", "partial"),
    ]


def test_messages_carry_the_version_in_the_first_line() -> None:
    messages = list(result_messages(RESULT))
    assert [message["type"] for message in messages] == ["summary", "hit", "facet", "facet"]
    assert messages[0]["format_version"] == 1
    assert messages[0]["total"] == 7
    assert messages[1]["id"] == "a/b"
    assert messages[2] == {
        "type": "facet",
        "name": "person",
        "values": [{"value": "Angela Merkel", "count": 2}],
    }
    assert all("\n" not in json_text(message, indent=None) for message in messages)


def test_json_is_readable_and_pairs_stay_together() -> None:
    text = json_text(result_object(RESULT))
    assert "Größe" in text
    assert "[3, 9]" in text


def test_json_is_harmless_in_a_terminal_and_loses_nothing() -> None:
    nasty = "\x1b[2J\x7f\x85\u202e\u2028\U000e0041"
    text = json_text({"title": nasty}, indent=None)
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == {"title": nasty}


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    snippet = Snippet("\ud800 Gipfel", ((2, 8),))
    hit = Hit("\udcff", "\udcff", None, 1.0, (snippet,), {"\ud83d": "\ude00"})
    written = json_text(result_object(SearchResult("\udc80", (hit,), 1, {}, (), None, 1.0)))
    found = json.loads(written.encode("utf-8"))["hits"][0]
    assert found["id"] == "\ufffd"
    assert found["metadata"] == {"\ufffd": "\ufffd"}
    passage = found["snippets"][0]
    start, end = passage["spans"][0]
    assert passage["text"][start:end] == "Gipfel"


def test_the_shape_of_a_document() -> None:
    entity = Entity("Angela Merkel", "person", ((0, 6), (20, 26)))
    document = StoredDocument("a", "Merkel ...", "T", None, {"source": "dpa"}, (entity,))
    assert document_object(document) == {
        "format_version": 1,
        "id": "a",
        "title": "T",
        "date": None,
        "metadata": {"source": "dpa"},
        "entities": [{"name": "Angela Merkel", "kind": "person", "mentions": [[0, 6], [20, 26]]}],
        "text": "Merkel ...",
    }


def test_the_shape_of_a_status() -> None:
    stats = IndexStats(2, 30, 4096, 1, ("year", "source"))
    settings = {"ranking.k1": (1.2, "default")}
    status = status_object(
        stats, index="index", sources=["/texte"], up_to_date=True, settings=settings
    )
    assert status == {
        "format_version": 1,
        "index": "index",
        "documents": 2,
        "terms": 30,
        "size_bytes": 4096,
        "generation": 1,
        "fields": ["year", "source"],
        "sources": ["/texte"],
        "up_to_date": True,
        "settings": {"ranking.k1": {"value": 1.2, "origin": "default"}},
    }
