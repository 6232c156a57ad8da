"""Answers are those of the reference: every match, every score, the true order."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from searchkit import Index, build_index
from tests.random_queries import documents, query
from tests.reference import Answer, Reference


@pytest.fixture(scope="module")
def corpus():
    return documents(random.Random(1), 150)


def built_at_once(corpus, folder) -> Index:
    return build_index(corpus, folder)


def grown(corpus, folder) -> Index:
    index = build_index(corpus[:30], folder)
    for begin in range(30, 150, 20):
        index.add(corpus[begin : begin + 20])
    return index


def replaced(corpus, folder) -> Index:
    """Among the documents of two segments lie some that were replaced or removed."""
    gone = documents(random.Random(3), 160)[150:]
    index = build_index([*gone, *corpus[:40]], folder)
    index.add([*documents(random.Random(2), 130)[100:], *corpus[40:100]])
    index.add(corpus[100:])
    index.remove([document.id for document in gone])
    return index


def merged(corpus, folder) -> Index:
    """So many commits that segments were merged, with deleted documents in them, and once more."""
    index = build_index(documents(random.Random(2), 150), folder)
    for begin in range(0, 150, 10):
        index.add(corpus[begin : begin + 10])
    return index


HISTORIES = {built_at_once: 1, grown: 7, replaced: 3, merged: 2}


@pytest.fixture(scope="module", params=HISTORIES, ids=lambda history: history.__name__)
def index(request, corpus, tmp_path_factory):
    """The same documents, come together in different ways."""
    folder = tmp_path_factory.mktemp("index")
    index = request.param(corpus, folder)
    generation = folder / f"generation-{index.stats().generation:06}"
    segments = len(list(generation.glob("*.segment")))
    assert segments == HISTORIES[request.param], "this is not the case that was meant"
    return index


@pytest.fixture(scope="module")
def reference(corpus):
    return Reference(corpus)


def assert_same(index: Index, expected: Answer, text: str, sort: str = "relevance"):
    options = {"snippets": False, "sort": sort, "correct": False}
    whole = index.search(text, limit=1000, **options)
    # What narrows nothing down is noted; nothing else was read differently from what was meant.
    assert all("is one more alternative" in note for note in whole.notes), text
    assert [hit.id for hit in whole.hits] == expected.ids, text
    scores = [score for _, score in expected.hits]
    assert [hit.score for hit in whole.hits] == pytest.approx(scores, rel=1e-5, abs=1e-7), text
    assert whole.total == len(scores)
    # The short page is the head of the long one: nothing is cut off early.
    page = index.search(text, limit=10, **options)
    assert page.hits == whole.hits[:10]
    assert page.total == whole.total


@pytest.fixture(scope="module")
def answers(reference):
    """500 queries with what is true of them."""
    rng = random.Random(4)
    asked = [query(rng) for _ in range(500)]
    return [(text, reference.search(tree)) for tree, text in asked]


def test_500_random_queries(index, answers):
    for text, expected in answers:
        assert_same(index, expected, text)
    assert sum(bool(expected.hits) for _, expected in answers) > 300  # they are not vacuous


def test_texts_are_of_all_lengths(corpus):
    lengths = [len(document.text.split()) for document in corpus]
    assert min(lengths) == 1
    assert max(lengths) > 350
    assert sum(length > 40 for length in lengths) > 40  # so long that lengths are rounded


@pytest.mark.parametrize("sort", ["date", "-date"])
def test_order_by_date(index, reference, sort):
    rng = random.Random(5)
    for _ in range(30):
        tree, text = query(rng)
        assert_same(index, reference.search(tree, sort=sort), text, sort)


def test_filters_and_facets(index, reference, corpus):
    rng = random.Random(6)
    for _ in range(60):
        tree, text = query(rng)
        source = rng.choice(["dpa", "afp", "taz"])
        found = index.search(
            text,
            limit=1000,
            filters={"source": source},
            facets=["year", "pages"],
            snippets=False,
            correct=False,
        )
        expected = reference.search(tree, keep=lambda d, s=source: d.metadata["source"] == s)
        assert [hit.id for hit in found.hits] == expected.ids
        dates = [d.date[:4] for d in corpus if d.id in set(expected.ids) and d.date]
        # Years without a match between the first and the last are listed, too.
        assert {c.value: c.count for c in found.facets["year"] if c.count} == {
            year: dates.count(year) for year in set(dates)
        }
        pages = [str(d.metadata["pages"]) for d in corpus if d.id in set(expected.ids)]
        assert {c.value: c.count for c in found.facets["pages"]} == dict(Counter(pages))


def test_date_ranges_overlap(index, corpus):
    everything = {hit.id for hit in index.search("*", limit=1000).hits}
    assert len(everything) == len(corpus)
    found = {
        h.id for h in index.search("*", limit=1000, date_from="2018-07-10", date_to="2018").hits
    }
    assert found == {d.id for d in corpus if d.date in ("2018-07", "2018-07-16")}
    found = {h.id for h in index.search("*", limit=1000, date_to="2017-03").hits}
    assert found == {d.id for d in corpus if d.date == "2017"}


def test_no_hits_of_many_matches_are_no_error(index):
    counted = index.search("Gipfel der die Treffen", limit=0)
    assert counted.hits == ()
    assert counted.total == index.search("Gipfel der die Treffen", limit=1).total > 100


@pytest.mark.parametrize("together", [("year", "source"), ("month", "source", "year")])
def test_facets_asked_together_count_as_asked_alone(index, together):
    found = index.search("*", facets=together).facets
    assert list(found) == list(together)
    assert found == {name: index.search("*", facets=[name]).facets[name] for name in together}
