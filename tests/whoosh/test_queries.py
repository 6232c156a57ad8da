"""Queries on whole arrays match and score as Whoosh's nodes say.

Leaves are compared with Whoosh's matchers, combinations with sets and sums in plain Python:
matchers of AND NOT, NOT and DisjunctionMax do not always do what they are for.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.query import spans

from searchkit.engine.whoosh.collector import ArrayCollector, ExhaustiveCollector
from tests.whoosh.texts import shown

GIPFEL = query.Term("text", "gipfel")
TRUMP = query.Term("title", "trump")
HAUS = query.Term("text", "haus")
SOURCE = query.Term("source", "dpa")

TRANSLATED = [
    GIPFEL,
    query.Term("text", "gipfel", boost=2.5),
    query.Term("text_exact", "gipfeltreffen"),
    query.Term("title_exact", "straße"),
    query.Term("text", "nirgends"),
    query.Term("nofield", "gipfel"),
    query.Term("id", "gipfel"),
    SOURCE,
    query.Term("pages", 12.5),
    query.Term("date", datetime(2018, 7, 16)),
    query.Term("date", datetime(2018, 7, 16, 12)),
    query.And([GIPFEL, TRUMP, HAUS]),
    query.And([GIPFEL, SOURCE], boost=3.0),
    query.And([GIPFEL, query.Not(HAUS)]),
    query.Or([GIPFEL, TRUMP, SOURCE]),
    query.Or([GIPFEL, HAUS], boost=0.5),
    query.Or([GIPFEL, query.Not(HAUS)]),
    query.Not(query.Or([GIPFEL, HAUS])),
    query.AndNot(GIPFEL, HAUS),
    query.AndMaybe(GIPFEL, TRUMP),
    query.Require(GIPFEL, query.Or([TRUMP, SOURCE])),
    query.Every(),
    query.Every(boost=2.0),
    query.Every("title"),
    query.Every("text_exact"),
    query.Every("source"),
    query.Every("pages"),
    query.Every("date"),
    query.Every("id"),
    query.Prefix("source", "", boost=2.0),
    query.Wildcard("title", "*"),
    query.NullQuery,
    query.And([]),
    query.Or([]),
    query.Phrase("text", ["trump", "gipfel"], boost=2.0),
    query.Phrase("text_exact", ["u", "bahn"]),
    query.Phrase("text", ["nirgends", "gipfel"]),
    query.ConstantScoreQuery(GIPFEL, 4.0),
    query.NumericRange("pages", 0, 12.5),
    query.NumericRange("pages", 0, 12.5, startexcl=True, endexcl=True),
    query.NumericRange("pages", None, 1, boost=2.0),
    query.DateRange("date", datetime(2018, 7, 16), datetime(2018, 7, 20)),
    query.DateRange("date", datetime(2018, 7, 31, 1), datetime(2018, 8, 1)),
    query.DateRange("date", datetime(2018, 7, 5, 1), datetime(2018, 7, 5, 2)),
    query.DateRange("date", None, datetime(2018, 1, 1), endexcl=True),
    query.DateRange("date", datetime(2019, 1, 1), None, startexcl=True),
    query.Prefix("text", "gip", constantscore=False),
    query.Wildcard("text_exact", "*h?us*", constantscore=False, boost=2.0),
    query.FuzzyTerm("text", "haas", constantscore=False),
    query.TermRange("text", "g", "k", constantscore=False),
    query.TermRange("source", "a", "z", startexcl=True, constantscore=False),
]


def searched(index, q, collector):
    """Scores by document number; whether arrays answered; how many match."""
    with index.searcher() as searcher:
        searcher.search_with_collector(q, collector)
        results = collector.results()
        found = {hit.docnum: hit.score for hit in results}
        assert len(results) == len(found)
        assert set(collector.all_ids()) == set(found) == results.docs()
    return found


def expected(index, q):
    """Scores by document number, node by node."""
    boost = getattr(q, "boost", 1.0)
    if type(q) in (query.And, query.Or, query.DisjunctionMax) and not getattr(q, "scale", None):
        children = [expected(index, child) for child in q.subqueries]
        matching = [set(child) for child in children]
        join = set.intersection if type(q) is query.And else set.union
        combine = max if type(q) is query.DisjunctionMax else sum
        documents = join(*matching) if matching else ()
        return {n: boost * combine([c[n] for c in children if n in c]) for n in documents}
    if type(q) is query.Not:
        excluded = expected(index, q.query)
        return {n: boost for n in index.reader().all_doc_ids() if n not in excluded}
    if type(q) in (query.AndNot, query.Require, query.AndMaybe):
        a, b = expected(index, q.a), expected(index, q.b)
        if type(q) is query.AndMaybe:
            return {n: score + b.get(n, 0.0) for n, score in a.items()}
        return {n: score for n, score in a.items() if (n in b) == (type(q) is query.Require)}
    if type(q) is query.ConstantScoreQuery:
        return dict.fromkeys(expected(index, q.child), q.score)
    return searched(index, q, ExhaustiveCollector(limit=None))


def assert_same(index, q):
    collector = ArrayCollector(limit=None)
    found = searched(index, q, collector)
    assert found == pytest.approx(expected(index, q), rel=1e-6)
    return collector


@pytest.mark.parametrize("q", TRANSLATED, ids=shown)
def test_what_has_a_plan_is_evaluated_on_arrays(index, q):
    assert assert_same(index, q).plan is not None


PATTERNS = [
    (query.Prefix("text", "gip"), {"gipfel", "gipfeltreff"}),
    (query.Prefix("text_exact", "haus"), {"haus", "hausarzt"}),
    (query.Wildcard("text", "*haus"), {"haus", "krankenhaus"}),
    (query.Wildcard("text_exact", "h?us"), {"haus"}),
    (query.Wildcard("text_exact", "[hb]a*"), {"haus", "hausarzt", "bahn", "bahnhof"}),
    (query.Wildcard("source", "*bl?tt"), {"Tageblatt"}),
    (query.Regex("text_exact", "ba.+f$"), {"bahnhof"}),
    (query.FuzzyTerm("text_exact", "putn"), {"putin"}),
    (query.FuzzyTerm("text_exact", "hof", maxdist=1), {"hof"}),
    (query.FuzzyTerm("text_exact", "xutin", prefixlength=0), {"putin"}),
    (query.TermRange("text_exact", "hof", "krankenhaus", startexcl=True), {"in", "krankenhaus"}),
    (query.Wildcard("text", "k[r]*haus"), {"krankenhaus"}),
    (query.Prefix("source", "Berliner "), {"Berliner Bote"}),
    (query.Prefix("source", "*"), set()),
    (query.Prefix("text", "nirgends"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("q", "terms"), PATTERNS, ids=shown)
def test_patterns_stand_for_terms_and_score_their_boost(index, q, terms):
    q = q.with_boost(1.5)
    collector = ArrayCollector(limit=None)
    found = searched(index, q, collector)
    assert collector.plan is not None
    with index.searcher() as searcher:
        any_term = query.Or([query.Term(q.fieldname, term) for term in sorted(terms)])
        documents = set(searcher.docs_for_query(any_term))
    assert set(found) == documents == set(searched(index, q, ExhaustiveCollector(limit=None)))
    assert set(found.values()) <= {1.5}


WITHOUT_PLAN = [
    query.Or([GIPFEL, HAUS], scale=0.5),
    query.Otherwise(query.Term("text", "nirgends"), GIPFEL),
    query.Phrase("text", ["der", "gipfel"], slop=3),
    spans.SpanFirst(GIPFEL, limit=3),
    spans.SpanNear(GIPFEL, HAUS, slop=4, ordered=False),
]
MIXED = [
    query.DisjunctionMax([GIPFEL, TRUMP]),
    query.DisjunctionMax([GIPFEL, TRUMP, SOURCE], boost=2.0),
    query.And([GIPFEL, query.DisjunctionMax([HAUS, TRUMP])], boost=3.0),
    query.AndNot(GIPFEL, WITHOUT_PLAN[3]),
    query.AndNot(WITHOUT_PLAN[2], HAUS),
    query.Not(WITHOUT_PLAN[4]),
    query.Or([WITHOUT_PLAN[0], query.Not(HAUS)]),
    query.AndMaybe(HAUS, WITHOUT_PLAN[3]),
    query.Require(HAUS, WITHOUT_PLAN[2]),
    query.ConstantScoreQuery(WITHOUT_PLAN[2], 0.25),
]


@pytest.mark.parametrize("q", [*WITHOUT_PLAN, *MIXED], ids=shown)
def test_what_has_no_plan_is_stepped_through(index, q):
    collector = assert_same(index, q)
    assert collector.plan is None
    assert collector.uses_arrays


ZERO = [query.Term("text", "gipfel", boost=0.0), query.ConstantScoreQuery(GIPFEL, 0.0)]


@pytest.mark.parametrize("q", [*ZERO, query.And([ZERO[0], HAUS])], ids=shown)
def test_scores_of_zero_are_left_to_whoosh(index, q):
    collector = ArrayCollector(limit=None)
    found = searched(index, q, collector)
    assert not collector.uses_arrays
    with index.searcher() as searcher:
        assert set(found) == set(searcher.docs_for_query(q)) != set()


def test_an_exact_phrase_matches_words_side_by_side(own):
    with own.searcher() as searcher:
        assert [
            hit["id"] for hit in searcher.search(query.Phrase("text", ["trump", "gipfel"]))
        ] == ["gipfel"]
        assert not searcher.search(query.Phrase("text", ["gipfel", "trump"]))


LEAVES = st.sampled_from([q for q in [*TRANSLATED, WITHOUT_PLAN[2]] if q.is_leaf()])


def _grown(children):
    lists = st.lists(children, min_size=2, max_size=4)
    pairs = st.tuples(children, children)
    boosts = st.sampled_from([0.5, 1.0, 2.0])
    return (
        st.builds(lambda qs, boost: query.And(qs, boost=boost), lists, boosts)
        | st.builds(lambda qs, boost: query.Or(qs, boost=boost), lists, boosts)
        | st.builds(query.DisjunctionMax, lists)
        | children.map(query.Not)
        | pairs.map(lambda ab: query.AndNot(*ab))
        | pairs.map(lambda ab: query.AndMaybe(*ab))
        | pairs.map(lambda ab: query.Require(*ab))
    )


@settings(max_examples=150, deadline=None)
@given(q=st.recursive(LEAVES, _grown, max_leaves=6))
def test_any_tree_means_what_its_nodes_say(index, q):
    assert_same(index, q)
