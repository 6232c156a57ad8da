"""Answers as programs see them: snippets, facets, filters, corrections, completions."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from searchkit import (
    Correction,
    DateInvalid,
    Document,
    DocumentNotFound,
    FacetCount,
    Highlighting,
    LimitExceeded,
    Limits,
    QueryError,
    Ranking,
    Settings,
    UnknownField,
    build_index,
    open_index,
)
from tests.conftest import SEED_ID


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [
        Document("treffen", "Das Gipfeltreffen der Minister dauerte lange.", date="2018-07-16"),
        Document("gipfel", "Der Gipfel der Minister dauerte lange.", date="2018"),
        Document("chain", "Ein Treffen der Bürger:innen beim G20-Gipfel.", date="2019-03"),
        Document("krise", "Die Corona-Krise und ihre Folgen."),
        Document("krisen", "Die Coronakrise trifft die Verteidigungsministerin."),
        Document("strasse", "An der Straße wohnt Herr Müller, der Präsident."),
        Document(
            "putin", "Wladimir Putin sprach. Putin reiste nach Helsinki ab.", metadata={"s": 1}
        ),
    ]
    return build_index(documents, tmp_path_factory.mktemp("search"))


def ids(result):
    return [hit.id for hit in result.hits]


def marked(result, document_id):
    hit = next(hit for hit in result.hits if hit.id == document_id)
    return [s.text[a:b] for s in hit.snippets for a, b in s.spans]


@pytest.mark.parametrize(
    ("query", "document_id", "marks"),
    [
        ("Gipfel", "treffen", ["Gipfel"]),
        ("Gipfel", "chain", ["Gipfel"]),
        ("Gipfeltreffen", "treffen", ["Gipfeltreffen"]),
        ("Coronakrise", "krise", ["Corona-Krise"]),
        ("Corona-Krise", "krisen", ["Coronakrise"]),
        ("Verteidigung", "krisen", ["Verteidigung"]),
        ("Treffen Gipfel", "treffen", ["Gipfeltreffen"]),
        ("Bürgerinnen", "chain", ["Bürger:innen"]),
        ('"beim G20 Gipfel"', "chain", ["beim", "G20", "Gipfel"]),
        ("Mini*", "gipfel", ["Minister"]),
        ("=minister", "gipfel", ["Minister"]),
        ("Ministr~1", "gipfel", ["Minister"]),
    ],
)
def test_what_is_marked(index, query, document_id, marks):
    assert marked(index.search(query), document_id) == marks


def test_the_word_itself_stands_above_its_compounds(index):
    assert ids(index.search("Gipfel")) == ["gipfel", "chain", "treffen"]


def test_asking_for_a_compound_finds_its_parts_behind_it(index):
    assert ids(index.search("Gipfeltreffen"))[0] == "treffen"
    assert set(ids(index.search("Gipfeltreffen AND Minister"))) == {"treffen"}


@pytest.mark.parametrize("query", ["Praesident", "Präsident", "praesidenten", "PRÄSIDENTEN"])
def test_spellings_of_one_word(index, query):
    assert ids(index.search(query)) == ["strasse"]


def test_what_a_text_begins_with_counts_more(tmp_path):
    rest = "Dazu steht hier nichts weiter. " * 20
    early, late = f"Die Elbe steigt. {rest}", f"{rest} Die Elbe steigt."
    documents = [Document("a", late), Document("b", early)]
    with build_index(documents, tmp_path / "with") as index:
        assert ids(index.search("Elbe")) == ["b", "a"]
        # Where both count alike the smaller id comes first.
        assert ids(index.search("=Elbe")) == ["a", "b"]
    flat = Settings(ranking=Ranking(opening=0))
    with build_index(documents, tmp_path / "without", settings=flat) as index:
        assert ids(index.search("Elbe")) == ["a", "b"]
    with open_index(tmp_path / "without") as index:
        assert ids(index.search("Elbe")) == ["b", "a"]


def test_rarity_says_how_much_rare_words_count(tmp_path):
    many = [Document(f"c{n}", "Der Pegel der Elbe in Dresden steigt.") for n in range(9)]
    documents = [*many, Document("rare", "Eine Sandsackfüllmaschine."), Document("z", "Nichts.")]
    build_index(documents, tmp_path).close()
    best = []
    for rarity in (0.2, 2.0):
        with open_index(tmp_path, settings=Settings(ranking=Ranking(rarity=rarity))) as index:
            best.append(index.search("Pegel Elbe Dresden Sandsackfüllmaschine").hits[0].id)
    assert best == ["c0", "rare"]


def test_suggestions_are_spelt_as_in_the_documents(index):
    result = index.search("Strase")
    assert result.suggestion == "Straße"
    assert ids(result) == ["strasse"]
    assert "<mark>Straße</mark>" in result.hits[0].snippets[0].html()


def test_the_settings_decide_about_corrections_and_passages(tmp_path):
    text = "Das Gipfeltreffen. " + "Zwei Sätze über das Wetter in Helsinki stehen hier. " * 8
    text += "Der Gipfel endet."
    build_index([Document("a", text)], tmp_path).close()
    shy = Settings(correction=Correction(rare_documents=-1), limits=Limits(snippet_length=40))
    with open_index(tmp_path, settings=shy) as index:
        assert index.search("Gipfl").suggestion is None
        assert "Der Gipfel" in index.search("Gipfel").hits[0].snippets[0].text
    fond = replace(shy, correction=Correction(), highlighting=Highlighting(part=9.0))
    with open_index(tmp_path, settings=fond) as index:
        assert index.search("Gipfl").suggestion == "Gipfel"
        assert "Gipfeltreffen" in index.search("Gipfel").hits[0].snippets[0].text


@pytest.mark.parametrize(("a", "b"), [("Strasse", "Straße"), ("Mueller", "Müller")])
def test_spellings_find_the_same(index, a, b):
    assert ids(index.search(a)) == ids(index.search(b)) == ["strasse"]


def test_stop_words_of_a_question_count_less(index):
    statement = index.search("wer war der Präsident")
    assert ids(index.search("Wer war der Präsident?"))[0] == "strasse"
    assert marked(statement, "strasse") == ["Präsident"]
    assert marked(index.search("der"), "strasse") == ["der", "der"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Gipfl", "Gipfel"), ("helsinky", "helsinki"), ("+Präsidnet", "+Präsident")],
)
def test_a_mistyped_word_is_searched_as_meant_and_said(index, typed, meant):
    result = index.search(typed)
    assert result.suggestion == meant
    assert any(meant.strip("+") in note for note in result.notes)
    assert set(ids(result)) == set(ids(index.search(meant)))


def test_correction_can_be_switched_off(index):
    result = index.search("Gipfl", correct=False)
    assert (result.total, result.suggestion, result.notes) == (0, None, ())


@pytest.mark.parametrize(
    "query", ["Gipfel Minister", "Coronakrise", "Gipfelkrise", "=Gipfl", "Gipf*"]
)
def test_what_is_right_is_not_corrected(index, query):
    assert index.search(query).suggestion is None


def test_completions(index):
    assert next(c.value for c in index.complete("pu")) in ("Putin", "Wladimir Putin")
    assert [c.value for c in index.complete("mue")] == ["Müller"]
    assert index.complete("zzz") == ()
    assert len(index.complete("", limit=3)) <= 3


def test_snippets_begin_with_whole_words(tmp_path):
    sentence = " ".join(f"Streckenabschnitt{n}" for n in range(60))
    with build_index([Document("a", sentence)], tmp_path / "index") as index:
        for n in range(60):
            (snippet,) = index.search(f"=Streckenabschnitt{n}").hits[0].snippets
            assert snippet.offset == 0 or sentence[snippet.offset - 1] == " "
            assert snippet.text.strip("…").split() == [
                word for word in snippet.text.strip("…").split() if word in sentence.split()
            ]


def test_snippets_are_pieces_of_the_text(seed_index):
    text = seed_index.get(SEED_ID).text
    for query in ("Gipfel Washington", "Trump", "Terrorismus", "titel:Trump"):
        for hit in seed_index.search(query).hits:
            assert 1 <= len(hit.snippets) <= 3
            for snippet in hit.snippets:
                plain = snippet.text.strip("…")
                assert text[snippet.offset : snippet.offset + len(plain)] == plain
                assert len(plain) <= 260


def test_a_long_sentence_is_cut_at_words(tmp_path):
    text = "und ".join(f"Wort{n} " for n in range(200)) + "Gipfel " + "danach " * 100
    hit = build_index([Document("a", text)], tmp_path).search("Gipfel").hits[0]
    (snippet,) = hit.snippets
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert set(snippet.text.strip("…").split()) <= set(text.split())
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["Gipfel"]


def test_entities_of_the_seed_text(seed_index):
    found = seed_index.search("*", facets=["person", "place", "organisation"]).facets
    assert {c.value for c in found["person"]} == {
        *("Donald Trump", "Wladimir Putin", "John Bolton", "Sergei Schoigu", "Juri Uschakow")
    }
    places = "Helsinki Finnland Washington Russland USA Syrien Israel Ukraine Nordkorea Argentinien"
    assert set(places.split()) <= {c.value for c in found["place"]}
    assert "NATO" in {c.value for c in found["organisation"]}


def test_facets_follow_the_query_and_the_filters(index):
    result = index.search("Gipfel", facets=["year", "month"])
    assert result.facets["year"] == [FacetCount("2018", 2), FacetCount("2019", 1)]
    months = result.facets["month"]
    assert (months[0], months[-1]) == (FacetCount("2018-07", 1), FacetCount("2019-03", 1))
    assert [month.count for month in months[1:-1]] == [0] * 7
    assert ids(index.search("*", filters={"year": ["2018", "2019"]}, date_to="2018-12")) == [
        "treffen",
        "gipfel",
    ]
    assert ids(index.search("*", filters={"s": "1"})) == ["putin"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"facets": ["farbe"]}, UnknownField),
        ({"filters": {"persn": "x"}}, UnknownField),
        ({"date_from": "gestern"}, DateInvalid),
        ({"sort": "size"}, QueryError),
        ({"limit": -1}, QueryError),
        ({"limit": 10**6}, LimitExceeded),
    ],
)
def test_what_cannot_be_asked(index, options, error):
    with pytest.raises(error) as caught:
        index.search("Gipfel", **options)
    assert caught.value.hint


@pytest.mark.parametrize(
    "query", ["", "   ", "((", '"', "AND", "+-", "farbe:rot", "a" * 20_000, "\0"]
)
def test_whatever_is_typed_there_is_an_answer(index, query):
    result = index.search(query)
    assert result.total == len(result.hits) or result.total > 10
    assert all(isinstance(note, str) for note in result.notes)


def test_no_such_document(index):
    with pytest.raises(DocumentNotFound, match="'nein'"):
        index.get("nein")


def test_pages_are_slices_of_the_whole(index):
    whole = index.search("der die Minister", limit=100).hits
    pages = [index.search("der die Minister", limit=2, offset=n).hits for n in range(0, 8, 2)]
    assert [hit for page in pages for hit in page] == list(whole)


def test_many_threads_get_the_same_answers(index):
    expected = {q: index.search(q).hits for q in ("Gipfel", "Minister", "der", "Gipfl")}
    wrong = []

    def ask():
        for _ in range(5):
            for query, hits in expected.items():
                if index.search(query).hits != hits:
                    wrong.append(query)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_filters_take_the_values_that_hits_show(index):
    assert ids(index.search("*", filters={"s": 1})) == ["putin"]
    assert set(index.search("*", facets="year").facets) == {"year"}


@pytest.mark.parametrize(
    "query", ['"Wladimir Puttin"', '+"Wladimir Puttin" +Helsinki', "Puttin-Reise"]
)
def test_phrases_and_chains_are_corrected_too(index, query):
    result = index.search(query)
    assert ids(result) == ["putin"]
    assert "Putin" in result.suggestion


def test_what_looks_like_a_field_is_not_corrected(index):
    assert index.search("datm:2018").suggestion is None


def test_a_gender_form_asks_for_both(tmp_path):
    texts = {"f": "Die Autorin schrieb.", "m": "Der Autor schrieb.", "both": "Autor:in gesucht."}
    index = build_index([Document(i, text) for i, text in texts.items()], tmp_path)
    for query in ("Autor:in", "Autor*in", "Autor_in"):
        assert set(ids(index.search(query))) == {"f", "m", "both"}
    assert "both" in ids(index.search("Autorin"))
    assert marked(index.search('"Autorin gesucht"'), "both") == ["Autor:in", "gesucht"]


def test_a_search_in_titles_finds_the_first_sentence_that_stands_in(tmp_path):
    documents = [
        Document("explicit", "Ein Text.", title="Der Gipfel von Helsinki"),
        Document("derived", "Der Gipfel begann. Helsinki war der Ort."),
    ]
    index = build_index(documents, tmp_path)
    assert set(ids(index.search("titel:Gipfel"))) == {"explicit", "derived"}
    assert ids(index.search("titel:Helsinki")) == ["explicit"]
    index.add([Document("later", "Noch ein Gipfel.")])
    assert set(ids(index.search("title:Gipfel"))) == {"explicit", "derived", "later"}


def test_umlauts_written_otherwise_rank_alike(index):
    scores = {index.search(q).hits[0].score for q in ("Präsident", "Praesident", "Prasident")}
    assert len(scores) == 1
    assert index.search("Prasident").suggestion is None


def test_a_pasted_headline_with_quotes_ranks_by_all_its_words(index):
    result = index.search('Minister: "Gipfeltreffen dauert sehr lange"')
    assert ids(result)[0] == "treffen"
    assert ids(index.search('"Gipfeltreffen dauert sehr lange"')) == []


def test_literal_takes_everything_as_words(index):
    assert index.search('"Minister Gipfel"').total == 0
    result = index.search('"Minister Gipfel" -Treffen AND', literal=True)
    assert {"gipfel", "treffen", "chain"} <= set(ids(result))
    assert result.notes == ()
