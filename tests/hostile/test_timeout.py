"""A search that would take too long ends in time, and says so."""

from __future__ import annotations

import itertools
import time

import pytest

from searchkit import Limits, QueryError, Settings, open_index

STOP_WORDS = "der die das und in von mit nach zu ein ist auf für im den dem des nicht".split()
# Each takes some milliseconds, all together most of a second.
NEAR = " ".join(f'"{a} {b}"~100' for a, b in itertools.combinations(STOP_WORDS[:15], 2))


@pytest.fixture
def clock(monkeypatch):
    """Time stands still while others use the processor."""
    monkeypatch.setattr(time, "monotonic", time.thread_time)
    return time.thread_time


@pytest.mark.corpus
def test_a_search_is_cut_within_a_fifth_of_its_time(news, clock):
    began = clock()
    whole = news.search(NEAR)
    timeout_s = (clock() - began) / 3
    spent = []
    for _ in range(3):  # a garbage collection may fall into one
        fresh = open_index(news._folder.path)  # nothing of the answer is kept there
        fresh.search("Gipfel", facets=["person"])
        began = clock()
        cut = fresh.search(NEAR, timeout_s=timeout_s)
        spent.append(clock() - began)
    assert min(spent) < 1.2 * timeout_s
    assert (whole.partial, cut.partial) == (False, True)
    assert cut.notes[-1].startswith(f"the search took longer than {timeout_s:g} s")
    assert cut.total <= whole.total
    # Nothing that was cut short is taken for the answer later.
    again = fresh.search(NEAR)
    assert (again.partial, again.total, again.notes) == (False, whole.total, whole.notes)
    assert [hit.id for hit in again.hits] == [hit.id for hit in whole.hits]


@pytest.mark.parametrize(
    "query", ["Gipfel", "Gipfl", "person:put*", "person:Trump", "NOT Gipfel", "* -person:x", "G*"]
)
def test_without_any_time_there_is_an_answer_that_says_so(seed_index, query):
    whole = seed_index.search(query, facets=["person"])
    cut = seed_index.search(query, facets=["person"], timeout_s=1e-9)
    assert cut.partial
    assert "took longer" in cut.notes[-1]
    assert (cut.total, cut.hits) == (0, ())
    assert seed_index.search(query, facets=["person"]).hits == whole.hits


def test_hits_come_without_passages_where_there_was_no_time_for_them(seed_index, monkeypatch):
    state = type(seed_index._state())
    monkeypatch.setattr(state, "_passages", lambda *_: pytest.fail("there was no time"))
    real = state.hits

    def late(*args):
        deadline = args[-1]
        deadline.at = time.monotonic()
        return real(*args)

    monkeypatch.setattr(state, "hits", late)
    found = seed_index.search("Gipfel")
    assert (found.total, found.hits[0].snippets, found.partial) == (1, (), True)


@pytest.mark.parametrize("options", [{"sort": "source"}, {"facets": ["year"]}, {"explain": True}])
def test_every_kind_of_search_may_be_cut(news_like, options):
    cut = news_like.search("Gipfel", filters={"year": "2018"}, timeout_s=1e-9, **options)
    assert cut.partial


@pytest.fixture
def news_like(tmp_path):
    from searchkit import Document, build_index

    documents = [
        Document(f"d{n}", "Der Gipfel", date="2018", metadata={"source": f"s{n}"}) for n in range(3)
    ]
    return build_index(documents, tmp_path)


@pytest.mark.parametrize("timeout_s", [0, -1, float("nan")])
def test_a_time_that_is_none_is_refused(seed_index, timeout_s):
    with pytest.raises(QueryError, match="timeout_s"):
        seed_index.search("Gipfel", timeout_s=timeout_s)


def test_the_limit_holds_for_searches_that_name_none(seed_index):
    settings = Settings(limits=Limits(timeout_s=1e-9))
    index = open_index(seed_index._folder.path, settings=settings)
    assert index.search("Gipfel").partial
    assert not index.search("Gipfel", timeout_s=60).partial
