"""Ranking does not get worse unnoticed: floors a little below what was measured."""

from __future__ import annotations

import pytest

from tests.relevance.adapter import Adapter
from tests.relevance.harness import load_harness, mean_ndcg

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def harness(shared):
    return load_harness(shared)


@pytest.fixture(scope="module")
def xquad(harness, shared):
    return harness.load_squad(str(shared / "data" / "relevance" / "xquad.de.json"))


@pytest.fixture(scope="module")
def searchkit_on_xquad(xquad):
    system = Adapter()
    system.index(xquad.docs)
    yield system
    system.close()


def test_questions(xquad, searchkit_on_xquad):
    assert mean_ndcg(searchkit_on_xquad, xquad, most=300) >= 0.945


def test_questions_with_typing_errors(harness, xquad, searchkit_on_xquad):
    disturbed = harness.disturb(xquad, "typo")
    assert mean_ndcg(searchkit_on_xquad, disturbed, most=200) >= 0.92


@pytest.mark.long
@pytest.mark.parametrize(
    ("how", "floor"), [("", 0.955), ("translit", 0.95), ("strip", 0.95), ("typo", 0.925)]
)
def test_all_questions(harness, xquad, searchkit_on_xquad, how, floor):
    collection = harness.disturb(xquad, how) if how else xquad
    assert mean_ndcg(searchkit_on_xquad, collection) >= floor


@pytest.mark.long
def test_titles_of_news_against_plain_stems(harness, shared):
    path = str(shared / "data" / "news" / "news-2k.jsonl.xz")
    collection = harness.load_known(path, queries=800)
    plain = Adapter(plain=True, correct=False, parts=0, exact=0, stop_words=1)
    full = Adapter()
    scores = []
    for system in (plain, full):
        system.index(collection.docs)
        scores.append(mean_ndcg(system, collection))
        system.close()
    # Among ten times as many articles the difference is larger; this is a fair sample of them.
    assert scores[1] >= scores[0] + 0.02, scores
