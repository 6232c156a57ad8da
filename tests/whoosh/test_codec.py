"""Segments of arrays say the same as segments of Whoosh's own codec."""

from __future__ import annotations

import pytest
from whoosh import query
from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length, length_to_byte

from tests.whoosh.texts import shown

FIELDS = ("text", "title", "text_exact", "title_exact", "id", "source")
WORD_FIELDS = FIELDS[:4]


def terms_of(reader, field):
    return list(reader.lexicon(field)) if field in reader.indexed_field_names() else []


def postings(reader, field, term, *, with_places):
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        places = tuple(matcher.value_as("positions")) if with_places else ()
        found.append((matcher.id(), matcher.weight(), places))
        matcher.next()
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_every_term_has_the_same_documents_weights_and_positions(index, stock, field):
    ours, theirs = index.reader(), stock.reader()
    pairs = list(zip(ours.leaf_readers(), theirs.leaf_readers(), strict=True))
    assert len(pairs) == 3
    compared = 0
    for (our_leaf, our_base), (their_leaf, their_base) in pairs:
        assert our_base == their_base
        terms = terms_of(their_leaf, field)
        assert terms_of(our_leaf, field) == terms
        for term in terms:
            options = {"with_places": field in WORD_FIELDS}
            expected = postings(their_leaf, field, term, **options)
            assert postings(our_leaf, field, term, **options) == expected, term
            compared += len(expected)
    assert compared > 50


@pytest.mark.parametrize("field", WORD_FIELDS)
def test_statistics_of_terms_and_lengths_are_the_same(index, stock, field):
    ours, theirs = index.reader(), stock.reader()
    assert ours.field_length(field) == theirs.field_length(field)
    for term in theirs.lexicon(field):
        assert ours.doc_frequency(field, term) == theirs.doc_frequency(field, term)
        assert ours.frequency(field, term) == theirs.frequency(field, term)
        mine, other = ours.term_info(field, term), theirs.term_info(field, term)
        assert mine.max_weight() == other.max_weight()
        assert (mine.min_id(), mine.max_id()) == (other.min_id(), other.max_id())


def test_documents_and_deletions_are_the_same(index, stock):
    ours, theirs = index.reader(), stock.reader()
    assert ours.doc_count_all() == theirs.doc_count_all() == 73
    assert ours.doc_count() == theirs.doc_count() == 69
    assert list(ours.all_doc_ids()) == list(theirs.all_doc_ids())
    assert [f["id"] for f in ours.all_stored_fields()] == [
        f["id"] for f in theirs.all_stored_fields()
    ]


class CoarseBM25F(BM25F):
    """With lengths as coarse as Whoosh's own codec keeps them."""

    def scorer(self, searcher, fieldname, text, qf=1):
        scorer = super().scorer(searcher, fieldname, text, qf)
        if hasattr(scorer, "dfl"):
            exact = scorer.dfl
            scorer.dfl = lambda number: byte_to_length(length_to_byte(exact(number)))
        return scorer


QUERIES = [
    query.Term("text", "gipfel"),
    query.And([query.Term("text", "gipfel"), query.Term("title", "trump")]),
    query.Or([query.Term("text", "haus"), query.Term("title", "haus"), query.Term("text", "arzt")]),
    query.And([query.Term("text", "bahn"), query.Not(query.Term("text", "hof"))]),
    query.AndNot(query.Term("text", "brand"), query.Term("text_exact", "waldbrand")),
    query.AndMaybe(query.Term("text", "wald"), query.Term("source", "dpa")),
    query.Require(query.Term("text", "weg"), query.Term("source", "Berliner Bote")),
    query.Phrase("text", ["trump", "gipfel"]),
    query.Phrase("text", ["der", "gipfel"], slop=3),
    query.Prefix("text", "gip"),
    query.Wildcard("text_exact", "*haus"),
    query.Every(),
]


@pytest.mark.parametrize("q", QUERIES, ids=shown)
def test_matchers_of_whoosh_find_and_score_the_same(index, stock, q):
    with (
        index.searcher(weighting=CoarseBM25F()) as ours,
        stock.searcher(weighting=CoarseBM25F()) as theirs,
    ):
        expected = {hit.docnum: hit.score for hit in theirs.search(q, limit=None)}
        found = {hit.docnum: hit.score for hit in ours.search(q, limit=None)}
    assert expected
    assert found == pytest.approx(expected, rel=1e-9)


def test_similar_terms_are_found_in_all_segments(index):
    reader = index.reader()
    leaves = {
        term
        for leaf, _ in reader.leaf_readers()
        for term in leaf.terms_within("text_exact", "putn", 1)
    }
    assert leaves == {"putin"} == set(reader.terms_within("text_exact", "putn", 1))


def test_a_cursor_walks_through_the_terms(index):
    leaf = index.reader().leaf_readers()[0][0]
    cursor = leaf.cursor("text")
    terms = terms_of(leaf, "text")
    assert cursor.first() == terms[0].decode()
    assert cursor.next() == terms[1].decode()
    assert cursor.find("putin") == "putin"
    assert cursor.term_info().doc_frequency() == leaf.doc_frequency("text", "putin")
    assert cursor.find("\uffff") is None
    assert not cursor.is_valid()
