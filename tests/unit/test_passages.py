"""Passages across documents."""

from __future__ import annotations

from itertools import pairwise

import pytest

from searchkit import Document, LimitExceeded, QueryError, build_index

FILLER = "Es regnete den ganzen Tag. Niemand ging hinaus. " * 20
LONG = (
    f"{FILLER}Der Gipfel in Helsinki begann. {FILLER}Der Gipfel endete. {FILLER}"
    "Die Minister reisten nach Helsinki ab, wo der Gipfel stattfand."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [
        Document("lang", LONG, title="Ein langer Bericht", date="2018-07"),
        Document("kurz", "Der Gipfel fand in Wien statt.", metadata={"source": "dpa"}),
        Document("leer", "", title="Gipfel"),
        Document("anders", "Die Elbe stieg."),
    ]
    return build_index(documents, tmp_path_factory.mktemp("passages"))


def test_the_best_passage_of_a_long_text_comes_first(index):
    first, *others = index.passages("Wo war der Gipfel? Helsinki", length=200)
    assert (first.id, first.title, first.date) == ("lang", "Ein langer Bericht", "2018-07")
    assert "Helsinki" in first.text
    assert "Gipfel" in first.text
    assert {passage.id for passage in others} == {"lang", "kurz"}


@pytest.mark.parametrize("length", [1, 20, 100, 600, 10_000])
def test_passages_are_slices_that_do_not_overlap(index, length):
    found = index.passages("Gipfel Helsinki Minister", limit=100, length=length)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    spans = {}
    for passage in found:
        assert index.get(passage.id).text[passage.start : passage.end] == passage.text
        assert len(passage.text) <= max(length, len("Helsinki"))
        spans.setdefault(passage.id, []).append((passage.start, passage.end))
    for places in spans.values():
        places.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_the_documents_can_be_narrowed_down(index):
    assert {p.id for p in index.passages("Gipfel", filters={"source": "dpa"})} == {"kurz"}
    assert {p.id for p in index.passages("Gipfel", date_from="2018")} == {"lang"}
    assert len({p.id for p in index.passages("Gipfel", documents=1, limit=50)}) <= 1


def test_a_query_without_words_gives_beginnings(index):
    found = index.passages("id:anders")
    assert [(p.text, p.start) for p in found] == [("Die Elbe stieg.", 0)]
    assert index.passages("Quastenflosser") == ()
    assert index.passages("Gipfel", limit=0) == ()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"limit": -1}, QueryError),
        ({"limit": 10**6}, LimitExceeded),
        ({"documents": 10**6}, LimitExceeded),
        ({"length": 0}, QueryError),
    ],
)
def test_what_cannot_be_asked(index, options, error):
    with pytest.raises(error) as caught:
        index.passages("Gipfel", **options)
    assert caught.value.hint
