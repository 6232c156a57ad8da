"""On real texts, arrays and Whoosh's matchers give the same best ten."""

from __future__ import annotations

import json
import lzma
import random

import pytest
from whoosh import query

from searchkit.engine.whoosh.collector import ArrayCollector, ExhaustiveCollector
from searchkit.engine.whoosh.index import ArrayStorage

pytestmark = [pytest.mark.corpus, pytest.mark.long]


@pytest.fixture(scope="module")
def articles(shared):
    with lzma.open(shared / "data" / "news" / "news-2k.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def index(articles, lexicon, tmp_path_factory):
    """All articles in two segments."""
    index = ArrayStorage(tmp_path_factory.mktemp("news"), lexicon).create_index()
    for part in (articles[:1000], articles[1000:]):
        with index.writer() as writer:
            for fields in part:
                writer.add_document(**fields)
    return index


def any_field(term):
    return query.Or([query.Term("text", term), query.Term("title", term)])


def random_query(terms, kind):
    a, b, c = terms
    return (
        query.Or([any_field(term) for term in terms]),
        query.And([any_field(a), any_field(b)]),
        query.AndMaybe(query.And([query.Term("text", a), query.Term("text", b)]), any_field(c)),
        query.And([any_field(a), query.Or([any_field(b), query.Phrase("text", [b, c])])]),
    )[kind]


def best(searcher, q, collector):
    searcher.search_with_collector(q, collector)
    return [hit.score for hit in collector.results()], collector.count()


@pytest.mark.parametrize("kind", range(4))
def test_the_best_ten_are_the_same(index, articles, lexicon, kind):
    chance = random.Random(kind)
    with index.searcher() as searcher:
        for title in chance.sample([article["title"] for article in articles], 60):
            stems = lexicon.stems(lexicon.analyse(title).forms).tolist()
            if len(set(stems)) < 3:
                continue
            q = random_query([lexicon.terms[n] for n in chance.sample(stems, 3)], kind)
            scores, count = best(searcher, q, ArrayCollector(limit=10))
            expected, total = best(searcher, q, ExhaustiveCollector(limit=10))
            assert scores == pytest.approx(expected, rel=1e-6), q
            assert count == total
