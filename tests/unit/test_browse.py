"""Values of facets, all documents, batches; values named as people name them."""

from __future__ import annotations

import pytest

from searchkit import (
    Document,
    FacetCount,
    LimitExceeded,
    QueryError,
    QuerySyntaxError,
    UnknownField,
    build_index,
)

TEXTS = {
    "a": ("Angela Merkel traf Wladimir Putin in Helsinki.", "2018-07-16", "Bote"),
    "b": ("Wladimir Putin reiste nach Helsinki.", "2018-08", "Bote"),
    "c": ("Angela Merkel sprach in Berlin.", "2018-07", "Kurier"),
    "d": ("Es regnete.", None, "kurier"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    found = [
        Document(name, text, date=date, metadata={"source": source, "seite": len(text)})
        for name, (text, date, source) in TEXTS.items()
    ]
    return build_index(found, tmp_path_factory.mktemp("browse"))


def ids(result):
    return {hit.id for hit in result.hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('person:"Wladimir Putin"', "ab"),
        ('person:"wladimir putin"', "ab"),
        ("person:putin", "ab"),
        ("person:(Merkel OR Putin)", "abc"),
        ("person:Merkel AND person:Putin", "a"),
        ("ort:helsinki", "ab"),
        ("person:wlad*", "ab"),
        ("person:*putin", "ab"),
        ("quelle:KURIER", "cd"),
        ("quelle:Kurier", "c"),
        ("person:*", "abc"),
        ("-person:*", "d"),
        ("id:a", "a"),
        ("id:[a", ""),
        ("id:A*", "a"),
        ("person:Schmidt", ""),
    ],
)
def test_values_are_found_as_people_name_them(index, query, expected):
    assert ids(index.search(query)) == set(expected)


def test_what_a_value_was_taken_for_is_said(index):
    assert index.search("person:putin").notes == ("person 'putin' was read as 'Wladimir Putin'",)
    assert index.search("ort:Helsinky").notes == (
        "no document has the place 'Helsinky'; the nearest is 'Helsinki'",
    )
    assert index.search("quelle:Bote").notes == ()


@pytest.mark.parametrize("name", ["Wladimir Putn", "Putn", "wladimir putn", "Wladimr", "Puttin"])
def test_a_person_that_nobody_names_brings_the_nearest_to_mind(index, name):
    note = f"no document has the person {name!r}; the nearest is 'Wladimir Putin'"
    assert index.search(f'person:"{name}"').notes == (note,)
    assert index.search("*", filters={"person": name}).notes == (note,)


def test_nothing_is_suggested_where_nothing_is_near(index):
    assert index.search("person:Xaver").notes == ("no document has the person 'Xaver'",)
    # Only names are compared word by word.
    assert index.search("quelle:Kurir").notes == (
        "no document has the source 'Kurir'; the nearest is 'Kurier'",
    )


def test_many_values_are_bounded_and_said(tmp_path):
    found = [Document(f"{n}", "Text.", metadata={"nr": f"n{n:04}"}) for n in range(1100)]
    index = build_index(found, tmp_path)
    result = index.search("nr:n*", snippets=False)
    assert result.total == 1000
    assert result.notes == ("nr 'n' stands for 1100 values; the 1000 most frequent were searched",)
    assert index.search("nr:*", limit=0).total == 1100


def test_patterns_that_stand_for_too_many_words_are_said(tmp_path):
    index = build_index([Document("a", " ".join(f"w{n}" for n in range(1100)))], tmp_path)
    assert index.search("w*").notes == (
        "'w*' stands for many words; the 1000 most frequent were searched",
    )


def test_a_facet_with_its_counts(index):
    person = index.facet("person")
    assert person.values == (FacetCount("Angela Merkel", 2), FacetCount("Wladimir Putin", 2))
    assert (person.name, person.distinct, person.documents, person.missing) == ("person", 2, 4, 1)


def test_a_facet_of_some_documents(index):
    assert index.facet("ort", query="Merkel", order="value").values == (
        FacetCount("Berlin", 1),
        FacetCount("Helsinki", 1),
    )
    assert index.facet("monat", order="-value").values == (
        FacetCount("2018-08", 1),
        FacetCount("2018-07", 2),
    )
    narrowed = index.facet("source", filters={"source": "Bote", "place": "Helsinki"})
    assert narrowed.values == (FacetCount("Bote", 2),)
    assert index.facet("person", filters={"quelle": "kurier"}).missing == 1


@pytest.mark.parametrize("prefix", ["Put", "put", "Wladimir P", "wla"])
def test_a_facet_by_the_beginning_of_a_word(index, prefix):
    assert index.facet("person", prefix=prefix).values == (FacetCount("Wladimir Putin", 2),)
    assert index.facet("person", prefix="utin").values == ()


def test_a_facet_is_cut_but_counted(index):
    cut = index.facet("person", limit=1)
    assert (len(cut.values), cut.distinct) == (1, 2)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"name": "persn"}, UnknownField),
        ({"name": "person", "order": "size"}, QueryError),
        ({"name": "person", "limit": 10**6}, LimitExceeded),
        ({"name": "person", "filters": {"farbe": 1}}, UnknownField),
    ],
)
def test_facets_that_cannot_be_asked_for(index, options, error):
    with pytest.raises(error) as caught:
        index.facet(**options)
    assert caught.value.hint


def test_counts_of_a_filtered_facet_leave_the_other_values_to_choose(index):
    result = index.search("*", facets=["quelle", "ort"], filters={"source": "Bote"})
    assert ids(result) == {"a", "b"}
    assert result.facets["quelle"] == [
        FacetCount("Bote", 2),
        FacetCount("Kurier", 1),
        FacetCount("kurier", 1),
    ]
    assert result.facets["ort"] == [FacetCount("Helsinki", 2)]


def test_scan_gives_every_document_once(index):
    assert [(d.id, d.text) for d in index.scan()] == [(n, t[0]) for n, t in TEXTS.items()]


def test_scan_keeps_to_the_state_it_began_with(tmp_path):
    index = build_index([Document("a", "Eins."), Document("b", "Zwei.")], tmp_path)
    scanned = index.scan()
    first = next(scanned)
    index.remove(["b"])
    assert [first.id, *(d.id for d in scanned)] == ["a", "b"]


def test_many_queries_are_answered_like_single_ones(index):
    queries = ["Merkel", "Putin~1", "Mer*", '"in Helsinki"', "ort:berlin", "Merkl", "("] * 2
    options = {"facets": ["person"], "limit": 2}
    for query, result in zip(queries, index.search_many(queries, **options), strict=True):
        alone = index.search(query, **options)
        assert (result.hits, result.total, result.notes) == (alone.hits, alone.total, alone.notes)
        assert result.facets == alone.facets


def test_many_queries_are_read_as_they_are_answered(index):
    def endless():
        while True:
            yield "Putin"

    results = index.search_many(endless())
    assert next(results).total == next(results).total == 2


def test_strict_search_raises_where_the_query_is_wrong(index):
    assert index.search("(Putin").total == 2
    with pytest.raises(QuerySyntaxError) as caught:
        index.search("(Putin", strict=True)
    assert (caught.value.position, caught.value.query) == (0, "(Putin")


def test_a_filter_on_a_value_that_nobody_has_names_the_nearest(index):
    result = index.search("*", filters={"ort": ["Helsinky"], "quelle": "bote"})
    assert result.notes == (
        "no document has the place 'Helsinky'; the nearest is 'Helsinki'",
        "no document has the source 'bote'; the nearest is 'Bote'",
    )


def test_values_that_differ_in_case_are_told(tmp_path):
    documents = [Document(f"d{n}", "Hafen", metadata={"stadt": "Kiel"}) for n in range(3)]
    documents += [Document("klein", "Elbe", metadata={"stadt": "KIEL"})]
    with build_index(documents, tmp_path / "index") as index:
        found = index.search("Hafen", filters={"stadt": "KIEL"})
        assert found.notes == ("the stadt 'KIEL' is in 1 document, 'Kiel' in 3",)
        assert not index.search("Elbe", filters={"stadt": "KIEL"}).notes
        assert index.search("stadt:Kie").notes == (
            "no document has the stadt 'Kie'; the nearest is 'Kiel'",
        )


@pytest.mark.parametrize(
    ("query", "expected"),
    [("person:Putins", "ab"), ("ort:Helsinkis", "ab"), ('person:"Frau Merkel"', "ac")],
)
def test_values_are_found_by_other_forms_of_their_names(index, query, expected):
    result = index.search(query)
    assert ids(result) == set(expected)
    assert "was read as" in result.notes[0]


def test_places_are_found_by_other_names(tmp_path):
    with build_index([Document("a", "Er flog in die USA, nach Boston.")], tmp_path / "i") as index:
        assert index.search('ort:"Vereinigte Staaten"').notes == (
            "place 'Vereinigte Staaten' was read as 'USA'",
        )
        assert index.search("*", filters={"place": "US"}).notes == (
            "no document has the place 'US'; the nearest is 'USA'",
        )


def test_facets_say_which_value_of_a_filter_is_unknown(index):
    note = "no document has the person 'Wladimr Putin'; the nearest is 'Wladimir Putin'"
    wrong = {"person": "Wladimr Putin"}
    assert index.facet("person", filters=wrong).notes == (note,)
    assert index.facet("place", filters=wrong).notes == (note,)
    assert index.facet("place", filters={"person": "Wladimir Putin"}).notes == ()
    assert index.facet("place", query="datum:Juli").notes[0].startswith("'Juli' is no date")


def test_an_unknown_alternative_is_noted_though_another_is_found(index):
    result = index.search("*", filters={"person": ["Wladimr Putin", "Angela Merkel"]})
    assert ids(result) == {"a", "c"}
    assert result.notes == (
        "no document has the person 'Wladimr Putin'; the nearest is 'Wladimir Putin'",
    )


def test_a_final_s_belongs_to_the_name_where_some_name_has_it(tmp_path):
    documents = [Document("a", "Anna Reis und Uwe Rei kamen."), Document("b", "Uwe Rei ging.")]
    with build_index(documents, tmp_path / "index") as index:
        assert ids(index.search("person:Reis")) == {"a"}
