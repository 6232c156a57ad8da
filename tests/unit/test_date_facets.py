"""Facets of time: the dates of documents without gaps, and the dates written in them."""

from __future__ import annotations

import pytest

from searchkit import DateInvalid, Document, FacetCount, Settings, build_index
from searchkit.extract.dates import date_entities
from searchkit.query.values import read_date
from searchkit.search.facets import facet_counts

DOCUMENTS = [
    Document("tag", "Am 16. Juli 2018 trafen sie sich, am 16.7.2018 also.", date="2018-07-16"),
    Document("monat", "Im Juli 2018 war der Gipfel.", date="2018-07-18"),
    Document("jahr", "Im Jahr 2018 war es heiß, anders als am 3.4.2016.", date="2018-10"),
    Document("ohne", "Artikel 16.7.2018 gibt es nicht.", date="2019"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with build_index(DOCUMENTS, tmp_path_factory.mktemp("dates")) as index:
        yield index


def ids(result):
    return {hit.id for hit in result.hits}


def test_dates_in_texts_are_a_facet(index):
    facet = index.facet("mentioned_date")
    assert {each.value: each.count for each in facet.values} == {
        "2018-07-16": 1,
        "2018-07": 1,
        "2018": 1,
        "2016-04-03": 1,
    }
    assert (facet.documents, facet.missing) == (4, 1)


def test_dates_in_texts_are_stored_with_their_places(index):
    document = index.get("tag")
    (mentioned,) = [each for each in document.entities if each.kind == "mentioned_date"]
    assert [document.text[a:b] for a, b in mentioned.mentions] == ["16. Juli 2018", "16.7.2018"]
    assert date_entities(document.text) == (mentioned,)


def test_a_filter_compares_a_mentioned_date_as_shown_and_marks_it(index):
    found = index.search("*", filters={"mentioned_date": "2018-07"})
    assert ids(found) == {"monat"}
    (snippet,) = found.hits[0].snippets
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["Juli 2018"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mentioned_date:2018-07", {"tag", "monat", "jahr"}),
        ('erwähnt:"Juli 2018"', {"tag", "monat", "jahr"}),
        ("erwaehnt:2018-08", {"jahr"}),
        ("erwaehnt:2018-07-17", {"monat", "jahr"}),
        ("erwaehnt:16.7.2018", {"tag", "monat", "jahr"}),
        ("erwaehnt:..2017", {"jahr"}),
        ("erwaehnt:2019..", set()),
        ("erwaehnt:*", {"tag", "monat", "jahr"}),
        ("* -erwaehnt:2018-07-16", {"ohne"}),
        # The document's own date is another matter.
        ('datum:"Juli 2018"', {"tag", "monat"}),
        ("datum:2018-10-05..2019", {"jahr", "ohne"}),
        ("datum:2018-2019", {"tag", "monat", "jahr", "ohne"}),
        ("erwaehnt:2010-2016", {"jahr"}),
    ],
)
def test_ranges_overlap(index, query, expected):
    assert ids(index.search(query, correct=False)) == expected


def test_the_day_is_a_facet_of_its_own(index):
    result = index.search("*", facets=("year", "month", "day"))
    assert result.facets["year"] == [FacetCount("2018", 3), FacetCount("2019", 1)]
    assert result.facets["day"] == [
        FacetCount("2018-07-16", 1),
        FacetCount("2018-07-17", 0),
        FacetCount("2018-07-18", 1),
    ]
    assert [(m.value, m.count) for m in result.facets["month"]] == [
        ("2018-07", 2),
        ("2018-08", 0),
        ("2018-09", 0),
        ("2018-10", 1),
    ]


def test_gaps_are_filled_in_either_order_but_not_by_count():
    counts = {"2019-11": 1, "2020-02": 3}
    months = ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert [each.value for each in facet_counts("month", counts)] == months
    assert [each.value for each in facet_counts("month", counts, "-value")] == months[::-1]
    assert len(facet_counts("month", counts, "count")) == 2
    assert facet_counts("month", {}) == []


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("year", {"0001": 1, "2018": 1}),
        ("month", {"1900-01": 1, "2018-01": 1}),
        ("day", {"2016-01-01": 1, "2018-01-01": 1}),
        ("month", {"Juli": 1, "2018-07": 1}),
    ],
)
def test_what_lies_far_apart_or_is_no_date_is_not_filled(name, counts):
    assert len(facet_counts(name, counts)) == 2


def test_no_extractor_finds_no_dates_either(tmp_path):
    text = "Beschlossen wurde das am 16. Juli 2018."
    index = build_index([Document("a", text)], tmp_path / "i", settings=Settings(extractor="none"))
    assert index.get("a").entities == ()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("month", "Juli 2018", {"tag", "monat"}),
        ("monat", "7.2018", {"tag", "monat"}),
        ("day", "16. Juli 2018", {"tag"}),
        ("year", 2018, {"tag", "monat", "jahr"}),
        ("mentioned_date", "Juli 2018", {"monat"}),
        ("mentioned_date", ["3.4.16", "im Juli"], {"jahr"}),
        ("month", "Q3 2018", {"tag", "monat"}),
        ("month", ">=2018-08", {"jahr"}),
        ("month", '"Mai 2018".."Juli 2018"', {"tag", "monat"}),
        ("month", ["2018-10..", "2018-01..Juni 2018"], {"jahr"}),
        ("year", "..2018", {"tag", "monat", "jahr"}),
        ("year", ">2018", {"ohne"}),
        ("day", "17.7.2018..", {"monat"}),
        ("mentioned_date", "<2017", {"jahr"}),
        ("mentioned_date", "Q3 2018", {"tag", "monat", "jahr"}),
    ],
)
def test_filters_read_dates_as_queries_do(index, name, value, expected):
    assert ids(index.search("*", filters={name: value})) == expected


def test_a_date_that_no_document_has_is_noted_as_facets_write_it(index):
    assert index.search("*", filters={"month": "April 2018"}).notes == (
        "no document has the month '2018-04'; the nearest is '2018-07'",
    )


def test_a_range_that_no_document_is_in_is_noted(index):
    assert index.search("*", filters={"month": ">=2020"}).notes == (
        "no document has the month '>=2020'; the nearest is '2018-10'",
    )


def test_a_quarter_ends_a_range(index):
    assert ids(index.search("*", date_from="Q3 2018", date_to="3. Quartal 2018")) == {
        "tag",
        "monat",
    }
    assert ids(index.search("*", date_from="2018-Q4")) == {"jahr", "ohne"}


def test_what_has_no_fixed_days_is_answered_with_what_can_be_written(index):
    for text, hint in [("Sommer 2018", "months"), ("Juli", "quotes"), ("gestern", "a year")]:
        with pytest.raises(DateInvalid) as caught:
            index.search("*", date_from=text)
        assert hint in caught.value.hint


@pytest.mark.parametrize("first", ["2018-10", "Oktober 2018", "1. Oktober 2018", "1.10.18"])
def test_ranges_begin_with_dates_as_queries_write_them(index, first):
    assert ids(index.search("*", date_from=first)) == {"jahr", "ohne"}
    assert ids(index.search("*", date_from=first, date_to="Dez. 2018")) == {"jahr"}


@pytest.mark.parametrize("text", ["Oktober", "32.10.18", "2018-13", "1.10.18.", "Q5 2018", ">2018"])
def test_what_is_no_date_ends_no_range(index, text):
    with pytest.raises(DateInvalid):
        index.search("*", date_to=text)


@pytest.mark.parametrize(
    "text", ["16.7.18", "16.07.18", "16.Juli 2018", "16 Jul. 2018", "16/7/2018"]
)
def test_days_are_read_however_they_are_written(text):
    assert read_date(text) == "2018-07-16"


def test_every_month_is_there_unless_told_otherwise(tmp_path):
    documents = [Document("a", "Anfang", date="2018-01"), Document("b", "Ende", date="2020-12")]
    with build_index(documents, tmp_path / "index") as index:
        months = index.facet("month").values
        assert (len(months), months[-1]) == (36, FacetCount("2020-12", 1))
        assert len(index.facet("month", limit=5).values) == 5
        assert index.facet("month", limit=0).values == ()
