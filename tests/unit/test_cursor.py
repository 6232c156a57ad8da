"""Cursors: pages one after another are the whole answer, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from searchkit import CursorInvalid, Document, Ranking, Settings, build_index, open_index


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [
        Document(
            f"id-{n:03}",
            "Der Gipfel " + "im Hafen " * (n % 7),
            date=f"201{n % 3}" if n % 4 else None,
            metadata={"seiten": n % 5} if n % 6 else {},
        )
        for n in range(157)
    ]
    return build_index(documents, tmp_path_factory.mktemp("cursors"))


def pages(index, query, **options):
    result = index.search(query, **options)
    yield result
    while result.next_cursor is not None:
        result = index.search(query, cursor=result.next_cursor, **options)
        yield result


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "seiten", "-seiten"])
def test_pages_one_after_another_are_the_whole_answer(index, sort):
    whole = [hit.id for hit in index.search("Gipfel Hafen", limit=1000, sort=sort).hits]
    found = list(pages(index, "Gipfel Hafen", limit=10, sort=sort, snippets=0))
    assert [hit.id for page in found for hit in page.hits] == whole
    assert len(whole) == 157
    assert [page.total for page in found] == [157] * 16


def test_offset_counts_from_the_cursor_and_the_limit_may_change(index):
    first = index.search("Gipfel", limit=5)
    page = index.search("Gipfel", limit=3, offset=2, cursor=first.next_cursor)
    whole = index.search("Gipfel", limit=12)
    assert page.hits == whole.hits[7:10]
    following = index.search("Gipfel", limit=2, cursor=page.next_cursor)
    assert following.hits == whole.hits[10:12]


def test_facets_are_counted_over_all_matches_on_every_page(index):
    options = {"limit": 15, "facets": ["year"], "filters": {"year": "2011"}}
    first, *others = pages(index, "Gipfel", **options)
    assert len(first.facets["year"]) == 3
    assert others
    assert all(page.facets == first.facets for page in others)


def test_no_hits_follow_the_last_page_or_none_at_all(index):
    assert index.search("Gipfel", limit=157).next_cursor is None
    assert index.search("Gipfel", limit=0).next_cursor is None
    assert index.search("Quastenflosser").next_cursor is None


def test_a_cursor_of_another_question_is_refused(index):
    cursor = index.search("Gipfel").next_cursor
    for other in (
        {"query": "Hafen"},
        {"query": "Gipfel", "sort": "date"},
        {"query": "Gipfel", "filters": {"year": "2011"}},
        {"query": "Gipfel", "date_from": "2011"},
        {"query": "Gipfel", "literal": True},
    ):
        with pytest.raises(CursorInvalid, match="another query"):
            index.search(**other, cursor=cursor)


def test_other_weights_are_another_question(index):
    cursor = index.search("Gipfel").next_cursor
    settings = Settings(ranking=Ranking(title=0.1))
    with (
        open_index(index._folder.path, settings=settings) as other,
        pytest.raises(CursorInvalid, match="weighting"),
    ):
        other.search("Gipfel", cursor=cursor)


@pytest.mark.parametrize("text", ["", "x", "ä", "bnVsbA", "WzEsIngiLDMsImEiXQ" * 9000, "W10", "-1"])
def test_what_is_no_cursor_is_refused(index, text):
    with pytest.raises(CursorInvalid, match="is no cursor"):
        index.search("Gipfel", cursor=text)


def test_a_cursor_ends_with_the_state_of_its_index(tmp_path):
    documents = [Document(f"{n}", "Der Gipfel") for n in range(4)]
    with build_index(documents, tmp_path / "index") as index:
        cursor = index.search("Gipfel", limit=2).next_cursor
        with open_index(tmp_path / "index") as other:
            assert other.search("Gipfel", limit=2, cursor=cursor).total == 4
        index.add([Document("neu", "Noch ein Gipfel")])
        with pytest.raises(CursorInvalid, match="has changed since") as caught:
            index.search("Gipfel", limit=2, cursor=cursor)
        assert "from the first page" in caught.value.hint
