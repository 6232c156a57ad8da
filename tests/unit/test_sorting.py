"""Pages in the order of metadata, against all documents sorted in plain Python."""

from __future__ import annotations

import random

import pytest

from searchkit import Document, QueryError, build_index
from tests.random_queries import documents

WORDS = "Gipfel der die Treffen"


@pytest.fixture(scope="module")
def corpus():
    rng = random.Random(7)
    found = documents(rng, 120)
    return [
        Document(
            d.id,
            d.text,
            title=d.title,
            date=d.date,
            metadata={
                **d.metadata,
                **({"rang": rng.choice([1, 2.5, 10, -3, "neun", "Äther"])} if n % 3 else {}),
                "nummer": n,
            },
        )
        for n, d in enumerate(found)
    ]


@pytest.fixture(scope="module")
def index(corpus, tmp_path_factory):
    return build_index(corpus, tmp_path_factory.mktemp("sorting"))


def expected(index, corpus, name, reverse):
    """Ids by value, documents of one value by relevance, those without at the end."""
    by_id = {d.id: d.metadata.get(name) for d in corpus}
    ranked = [hit.id for hit in index.search(WORDS, limit=1000, snippets=False).hits]
    ordinals = {"Äther": 0.0, "neun": 1.0, "afp": 0.0, "dpa": 1.0, "taz": 2.0}

    def key(document_id):
        value = by_id[document_id]
        text = isinstance(value, str)
        return text, ordinals[value] if text else float(value)

    valued = [i for i in ranked if by_id[i] is not None]
    order = sorted({key(i) for i in valued}, reverse=reverse)
    return sorted(valued, key=lambda i: order.index(key(i))) + [
        i for i in ranked if by_id[i] is None
    ]


@pytest.mark.parametrize("name", ["source", "pages", "rang", "nummer"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_are_slices_of_the_whole_order(index, corpus, name, sign):
    wanted = expected(index, corpus, name, bool(sign))
    assert len(wanted) > 100
    for offset, limit in ((0, 1000), (0, 10), (7, 13), (35, 40), (len(wanted) - 5, 10), (500, 5)):
        page = index.search(
            WORDS, sort=sign + name, offset=offset, limit=limit, snippets=False, facets=["source"]
        )
        assert [hit.id for hit in page.hits] == wanted[offset : offset + limit]
        assert page.total == len(wanted)
        assert sum(each.count for each in page.facets["source"]) == len(wanted)


def test_filters_and_names_in_german(index):
    page = index.search("*", sort="-quelle", filters={"pages": [1, 2]}, limit=100)
    sources = [hit.metadata["source"] for hit in page.hits]
    assert sources == sorted(sources, reverse=True)
    assert {hit.metadata["pages"] for hit in page.hits} == {1, 2}


@pytest.mark.parametrize("sort", ["person", "year", "farbe", "-relevance", ""])
def test_other_orders_are_named(index, sort):
    with pytest.raises(QueryError) as caught:
        index.search("*", sort=sort)
    assert "relevance, date, -date, nummer, pages, rang, source" in caught.value.hint
