"""Answers are those of the reference: every match, every score, the true order."""

from __future__ import annotations

import random

import pytest

from searchkit import Index, build_index
from tests.random_queries import documents, query
from tests.reference import Reference


@pytest.fixture(scope="module")
def corpus():
    return documents(random.Random(1), 150)


@pytest.fixture(scope="module", params=["built at once", "updated"])
def index(request, corpus, tmp_path_factory):
    """The same documents: in one segment; or in several, after replacements and removals."""
    folder = tmp_path_factory.mktemp("index")
    if request.param == "built at once":
        return build_index(corpus, folder)
    other = documents(random.Random(2), 60)
    index = build_index(other, folder)  # the ids of the first 60, with other texts
    index.add(documents(random.Random(3), 160)[150:])
    for begin in range(0, 150, 50):
        index.add(corpus[begin : begin + 50])
    index.remove([f"d{number:03}" for number in range(150, 160)])
    return index


@pytest.fixture(scope="module")
def reference(corpus):
    return Reference(corpus)


def assert_same(index: Index, reference: Reference, tree: tuple, text: str, **options):
    expected = reference.search(tree, **options)
    sort = options.get("sort", "relevance")
    whole = index.search(text, limit=1000, snippets=False, sort=sort)
    assert not whole.notes, text
    assert [hit.id for hit in whole.hits] == expected.ids, text
    scores = [score for _, score in expected.hits]
    assert [hit.score for hit in whole.hits] == pytest.approx(scores, abs=1e-6), text
    assert whole.total == len(scores)
    # The short page is the head of the long one: nothing is cut off early.
    page = index.search(text, limit=10, snippets=False, sort=sort)
    assert page.hits == whole.hits[:10]
    assert page.total == whole.total


def test_500_random_queries(index, reference):
    rng = random.Random(4)
    matched = 0
    for _ in range(500):
        tree, text = query(rng)
        assert_same(index, reference, tree, text)
        matched += bool(reference.search(tree).hits)
    assert matched > 300  # the queries are not vacuous


@pytest.mark.parametrize("sort", ["date", "-date"])
def test_order_by_date(index, reference, sort):
    rng = random.Random(5)
    for _ in range(30):
        assert_same(index, reference, *query(rng), sort=sort)


def test_filters_and_facets(index, reference, corpus):
    rng = random.Random(6)
    for _ in range(60):
        tree, text = query(rng)
        source = rng.choice(["dpa", "afp", "taz"])
        found = index.search(
            text, limit=1000, filters={"source": source}, facets=["year", "pages"], snippets=False
        )
        expected = reference.search(tree, keep=lambda d, s=source: d.metadata["source"] == s)
        assert [hit.id for hit in found.hits] == expected.ids
        dates = [d.date[:4] for d in corpus if d.id in set(expected.ids) and d.date]
        assert {c.value: c.count for c in found.facets["year"]} == {
            year: dates.count(year) for year in set(dates)
        }
        assert sum(c.count for c in found.facets["pages"]) == found.total


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
