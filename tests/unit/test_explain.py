"""What is said about a score adds up to it."""

from __future__ import annotations

import random

import pytest

from searchkit import Document, Index, build_index
from tests.random_queries import documents, query


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    return build_index(documents(random.Random(5), 80), tmp_path_factory.mktemp("explained"))


def test_the_parts_of_random_queries_add_up(index):
    rng = random.Random(6)
    scored = 0
    for _ in range(150):
        _, text = query(rng)
        result = index.search(text, limit=20, snippets=False, explain=True)
        for hit, why in zip(result.hits, result.explanation.hits, strict=True):
            assert (why.id, why.score) == (hit.id, hit.score)
            assert sum(part.score for part in why.parts) == pytest.approx(hit.score, abs=2e-5), text
            scored += hit.score > 0
    assert scored > 500  # not vacuous


def test_only_what_matches_as_a_whole_counts(tmp_path):
    index = build_index([Document("a", "Der Gipfel in Wien.")], tmp_path)
    why = index.search("Wien (Gipfel AND Moskau)", explain=True, correct=False).explanation
    assert {part.term for part in why.hits[0].parts} == {"wien"}


def test_the_query_is_printed_as_understood(index):
    result = index.search('Gipfl "Turm', explain=True)
    assert result.explanation.query == "(Gipfl Gipfel) Turm"
    assert result.explanation.tree[0] == "combination"
    assert any("term text:gipfel" in line for line in result.explanation.plan)


def test_filters_have_no_parts(index):
    why = index.search("source:dpa", explain=True, limit=3).explanation
    assert [hit.parts for hit in why.hits] == [(), (), ()]
    assert why.plan == ("values of source: 'dpa'",)


def test_nothing_found_and_nothing_asked(index):
    assert index.search("Quastenflosser", explain=True).explanation.hits == ()
    assert index.search("Gipfel", explain=True, limit=0).explanation.hits == ()
    assert index.search("Gipfel").explanation is None
