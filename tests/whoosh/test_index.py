"""Whoosh's machinery opens, searches and shows an index of arrays."""

from __future__ import annotations

import numpy as np
import pytest
from whoosh import query, scoring, sorting
from whoosh.collectors import FacetCollector, TimeLimitCollector
from whoosh.index import EmptyIndexError
from whoosh.index import Index as WhooshIndex
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.reading import IndexReader, SegmentReader
from whoosh.searching import Results, Searcher

from searchkit import IndexCorrupt, IndexNotFound, PartialDate, build_index
from searchkit.engine.whoosh.collector import ArrayCollector, ExhaustiveCollector
from searchkit.engine.whoosh.errors import Unsupported
from searchkit.engine.whoosh.index import ArrayStorage
from searchkit.errors import StoreError
from searchkit.store.folder import IndexFolder
from tests.conftest import SEED_ID, SEEDS
from tests.whoosh.texts import shown

GIPFEL = query.Term("text", "gipfel")


@pytest.fixture(scope="session")
def generation(tmp_path_factory):
    """The folder of a generation of an index that searchkit made of the seed text."""
    path = tmp_path_factory.mktemp("searchkit")
    build_index(SEEDS, path)
    return IndexFolder(path).current().folder


@pytest.fixture
def searcher(index):
    with index.searcher() as searcher:
        yield searcher


def parse(index, text):
    return QueryParser("text", index.schema).parse(text)


def test_a_folder_of_segments_is_an_index_of_whoosh(index, lexicon):
    storage = ArrayStorage(index.folder, lexicon)
    assert storage.index_exists()
    opened = storage.open_index()
    assert isinstance(opened, WhooshIndex)
    assert opened.doc_count() == 69
    assert opened.doc_count_all() == 73
    assert not opened.is_empty()
    assert opened.up_to_date()
    assert opened.latest_generation() == 4
    assert opened.last_modified() > 0
    assert isinstance(opened.reader(), IndexReader)
    assert all(isinstance(leaf, SegmentReader) for leaf, _ in opened.reader().leaf_readers())
    assert isinstance(opened.searcher(), Searcher)


def test_the_fields_follow_from_the_documents(index):
    assert {"id", "text", "title", "date", "source", "pages", "year"} <= set(index.schema.names())
    assert not list(index.folder.glob("*.toc"))


def test_where_there_is_no_index_the_error_says_what_to_do(tmp_path):
    storage = ArrayStorage(tmp_path)
    assert not storage.index_exists()
    for error in (IndexNotFound, EmptyIndexError):
        with pytest.raises(error, match="create_index"):
            storage.open_index()


def test_a_schema_cannot_be_chosen(own):
    for use in (own.storage.create_index, own.storage.open_index):
        with pytest.raises(Unsupported):
            use(schema=own.schema)
    with pytest.raises(Unsupported):
        own.add_field("autor", None)
    with pytest.raises(Unsupported):
        own.remove_field("source")
    own.writer().cancel()


@pytest.mark.parametrize("content", ["{", "{}", "[]", '{"generation": 1, "segments": [{}]}'])
def test_a_damaged_list_of_segments_is_reported(own, content):
    (own.folder / "segments.json").write_text(content)
    for use in (own.storage.open_index, own.reader):
        with pytest.raises(IndexCorrupt):
            use()
    assert own.storage.create_index().is_empty()
    assert not list(own.folder.glob("*.segment"))


def test_a_damaged_segment_is_reported(own):
    (segment,) = own.folder.glob("*.segment")
    content = segment.read_bytes()
    segment.unlink()
    segment.write_bytes(content[:-40])
    with pytest.raises(IndexCorrupt):
        own.storage.open_index()


def test_an_empty_index_finds_nothing(tmp_path):
    index = ArrayStorage(tmp_path).create_index()
    assert index.is_empty()
    with index.searcher() as searcher:
        assert searcher.up_to_date()
        assert not searcher.search(query.Or([GIPFEL, query.Every()]))
        assert list(searcher.lexicon("text")) == []


def test_a_generation_of_searchkit_is_read_but_not_written(generation):
    opened = ArrayStorage(generation).open_index()
    with pytest.raises(StoreError, match="may not be written"):
        opened.writer()
    with opened.searcher() as searcher:
        (hit,) = searcher.search(parse(opened, "Gipfel Washington person:'Donald Trump'"))
        assert hit["id"] == SEED_ID
        assert hit.score == pytest.approx(
            sum(searcher.search(parse(opened, word))[0].score for word in ("Gipfel", "Washington"))
            + 1.0,
            rel=1e-6,
        )
    with pytest.raises(StoreError):
        ArrayStorage(generation).create_index()


# Query texts


TEXTS = {
    "Gipfel": {"gipfel"},
    "gipfels von": {"gipfel"},
    "title:treffen": {"gipfel"},
    "title:helsinki": {"gipfel"},
    "text_exact:gipfel": {"gipfel"},
    "brand OR trump": {"gipfel", "wald"},
    "brand NOT straße": set(),
    "STRASSE bürger": {"wald"},
    '"nach dem Putin"': {"gipfel"},
    '"dem nach Putin"': set(),
    "text_exact:wald*": {"wald"},
    "text_exact:*brand": {"wald"},
    "text_exact:Wald*d": {"wald"},
    "text_exact:[STR TO Straße]": {"wald"},
    "source:dpa": {"gipfel"},
    "pages:[3 TO 12]": {"gipfel"},
    "pages:12.5": {"wald"},
    "date:2018": {"gipfel", "wald"},
    "date:20180716": {"gipfel", "wald"},
    "date:[20180717 TO 20180720]": {"wald"},
    "id:wald": {"wald"},
    "*:*": {"gipfel", "wald"},
}


@pytest.mark.parametrize(("text", "ids"), TEXTS.items())
def test_query_texts_of_whoosh_are_analysed_like_documents(own, text, ids):
    with own.searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(parse(own, text))} == ids


def test_several_fields_are_searched_at_once(own):
    parser = MultifieldParser(["title", "text"], own.schema)
    with own.searcher() as searcher:
        best = searcher.search(parser.parse("Gipfeltreffen"))
        assert [hit["id"] for hit in best] == ["gipfel"]


# Searcher and results


def scores(results):
    return [(hit.docnum, hit.score) for hit in results]


QUERIES = [
    GIPFEL,
    query.Or([GIPFEL, query.Term("title", "haus")]),
    query.And([GIPFEL, query.Term("title", "haus")]),
    query.Or([GIPFEL, query.Phrase("text", ["der", "gipfel"], slop=3)]),
]


@pytest.mark.parametrize("q", QUERIES, ids=shown)
@pytest.mark.parametrize(
    "weighting", [None, scoring.BM25F(), scoring.TF_IDF()], ids=["none", "BM25F", "TF_IDF"]
)
def test_the_best_are_the_best_of_all(index, q, weighting):
    options = {} if weighting is None else {"weighting": weighting}
    with index.searcher(**options) as searcher:
        every = searcher.search(q, limit=None)
        best = searcher.search(q, limit=5)
        assert scores(best) == scores(every)[:5]
        assert len(best) == len(every)
        assert every.scored_length() == len(every)
        assert [hit.score for hit in every] == sorted((hit.score for hit in every), reverse=True)
        worst = searcher.search(q, limit=5, reverse=True)
        assert scores(worst) == scores(every)[::-1][:5]


def test_ties_go_to_the_later_date_then_the_smaller_id(index, searcher):
    found = searcher.search(query.Every(), limit=None)
    first_days = index.reader().column_reader("first_day", translate=False)
    keys = [(-first_days[hit.docnum], hit["id"]) for hit in found]
    assert keys == sorted(keys)
    stepped = ExhaustiveCollector(limit=7)
    searcher.search_with_collector(query.Every(), stepped)
    assert scores(stepped.results()) == scores(found)[:7]


def test_results_show_stored_fields(own):
    with own.searcher() as searcher:
        results = searcher.search(GIPFEL)
        assert isinstance(results, Results)
        (hit,) = results
        assert hit.fields() == {
            "id": "gipfel",
            "title": "Das Gipfeltreffen von Helsinki",
            "text": "Der Gipfel von Helsinki begann. Nach dem Putin-Trump-Gipfel reiste Trump ab.",
            "date": "2018-07-16",
            "source": "dpa",
            "pages": 3,
        }
        assert PartialDate(hit["date"]).first_day.year == 2018
        assert searcher.document(id="wald")["source"] == "Tageblatt"
        assert searcher.document(source="dpa")["id"] == "gipfel"
        assert searcher.document(id="nirgends") is None
        assert searcher.document_number(id="wald") == 1


def test_results_highlight_words_parts_and_chains(own):
    with own.searcher() as searcher:
        (hit,) = searcher.search(parse(own, "gipfel title:gipfel"))
        assert hit.highlights("text").count("<b ") == 2
        assert ">Gipfel</b>treffen" in hit.highlights("title")
        (fire,) = searcher.search(parse(own, "brand"))
        assert 'Der Wald<b class="match term0">brand</b>' in fire.highlights("text")


def test_matched_terms_are_told(own):
    with own.searcher() as searcher:
        results = searcher.search(query.Or([GIPFEL, query.Term("text", "brand")]), terms=True)
        terms = {hit["id"]: hit.matched_terms() for hit in results}
    assert terms == {"gipfel": [("text", b"gipfel")], "wald": [("text", b"brand")]}


def test_pages_follow_one_another(searcher):
    every = searcher.search(GIPFEL, limit=None)
    found = []
    for number in range(1, 4):
        page = searcher.search_page(GIPFEL, number, pagelen=4)
        assert (page.pagenum, page.total) == (number, len(every))
        found += scores(page)
    assert found == scores(every)[:12]


def test_results_are_sorted_by_columns(searcher):
    for name, reverse in [("pages", False), ("pages", True), ("date", True), ("id", False)]:
        facet = sorting.FieldFacet(name, reverse=reverse)
        results = searcher.search(GIPFEL, sortedby=facet, limit=None)
        found = [hit.fields().get(name) for hit in results]
        known = [value for value in found if value is not None]
        assert len(found) > len(known) or name == "id"
        if name == "date":
            known = [PartialDate(value).first_day for value in known]
        assert known == sorted(known, reverse=reverse)


def test_several_keys_sort_by_one_after_the_other(searcher):
    results = searcher.search(GIPFEL, sortedby=["source", sorting.ScoreFacet()], limit=None)
    keys = [
        (
            hit.get("source", ""),
            -searcher.search(query.And([GIPFEL, query.Term("id", hit["id"])]))[0].score,
        )
        for hit in results
    ]
    assert keys == sorted(keys)


def test_results_are_grouped_by_facets(searcher):
    results = searcher.search(GIPFEL, groupedby="source", maptype=sorting.Count, limit=3)
    counted = results.groups("source")
    every = searcher.search(GIPFEL, limit=None)
    for source in ("dpa", "Tageblatt", "Berliner Bote"):
        assert counted[source] == sum(hit.get("source") == source for hit in every) > 0
    assert scores(results) == scores(every)[:3]


def test_several_values_of_a_document_are_groups_of_their_own(generation, seed_index):
    with ArrayStorage(generation).open_index().searcher() as searcher:
        facet = sorting.FieldFacet("person", allow_overlap=True, maptype=sorting.Count)
        results = searcher.search(query.Every(), groupedby={"person": facet})
    found = seed_index.search("Gipfel", facets=["person"])
    known = {each.value: each.count for each in found.facets["person"]}
    assert len(known) > 1
    assert known.items() <= results.groups("person").items()


def test_dates_are_grouped_by_year(searcher):
    groups = searcher.search(query.Every(), groupedby="year", limit=None).groups("year")
    assert sorted(groups) == ["", "2017", "2018", "2019"]
    assert sum(map(len, groups.values())) == 69


def test_filters_and_masks_limit_results(searcher):
    every = searcher.search(GIPFEL, limit=None)
    dpa = query.Term("source", "dpa")
    kept = searcher.search(GIPFEL, filter=dpa, limit=None)
    masked = searcher.search(GIPFEL, mask=dpa, limit=None)
    assert scores(kept) == [(h.docnum, h.score) for h in every if h.get("source") == "dpa"]
    assert scores(masked) == [(h.docnum, h.score) for h in every if h.get("source") != "dpa"]
    assert len(kept) + len(masked) == len(every)


def test_equal_values_are_collapsed(searcher):
    results = searcher.search(GIPFEL, collapse="source", limit=None)
    sources = [hit["source"] for hit in results if hit["source"]]
    assert len(sources) == len(set(sources)) == 3
    every = searcher.search(GIPFEL, limit=None)
    assert scores(results)[0] == scores(every)[0]


def test_collectors_wrap_the_collector(searcher):
    collector = TimeLimitCollector(FacetCollector(ArrayCollector(limit=4), "source"), 60)
    searcher.search_with_collector(GIPFEL, collector)
    results = collector.results()
    assert scores(results) == scores(searcher.search(GIPFEL, limit=4))
    assert sum(map(len, results.groups("source").values())) == len(results)


def test_similar_documents_are_found_by_their_text(searcher):
    number = searcher.document_number(id="gipfel")
    similar = searcher.more_like(number, "text", text="Putin und Trump in Helsinki", top=3)
    assert similar
    assert number not in [hit.docnum for hit in similar]


def test_spelling_is_suggested_from_the_terms(index, searcher):
    assert searcher.suggest("text_exact", "putn") == ["putin"]
    text = "text_exact:helsinky"
    corrected = searcher.correct_query(parse(index, text), text, prefix=2)
    assert corrected.string == "text_exact:helsinki"


def test_limits_below_one_are_refused(searcher):
    with pytest.raises(ValueError, match="limit"):
        searcher.search(GIPFEL, limit=0)


def test_columns_hold_every_document(index):
    reader = index.reader()
    days = [reader.column_reader("first_day", translate=False)[n] for n in range(73)]
    assert days == reader.snapshot.first_days.tolist()
    ids = reader.column_reader("id")
    assert [ids[n] for n in range(73)] == reader.snapshot.ids(np.arange(73).tolist())
