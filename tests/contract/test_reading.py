"""What a reader tells of documents, words and itself."""

from __future__ import annotations

import pytest

from searchkit.engine.port import EngineNames, EngineStatistics, Origin, SearchRequest
from searchkit.query.plan import EXACT, TEXT, TITLE, Expansion, Phrase, Term, ValuePattern
from tests.contract.compare import places
from tests.contract.documents import document
from tests.contract.engines import write

TEXT_A = "Der Gipfel: ein Krisengipfel, kein Gip\u00adfeltreffen. Die Corona-Krise!"
TEXT_B = "Krise, KRISE, Krise\n\nAutor:innen und Autoren"


@pytest.fixture
def reader(engine):
    write(engine, [document("weg", "Gipfel Gipfel", facets={"ort": ["Köln"], "x": ["y"]})])
    write(
        engine,
        [
            document(
                "a", TEXT_A, source="/texte", digest="ab" * 16, facets={"ort": ["Bonn", "Ulm"]}
            ),
            document("b", TEXT_B, title="Autoren", facets={"ort": ["Ulm"]}, numbers={"n": 1.0}),
            document("c", source="pfad \udcff"),
        ],
    )
    return write(engine, [], ["weg"])


def found(reader, target, ids=("a",)) -> list[str]:
    """The places of one target, as the texts say it."""
    texts = {"a": TEXT_A, "b": TEXT_B}
    return [texts[ids[row[0]]][row[3] : row[4]] for row in places(reader, [target], list(ids))]


def test_fetching_in_the_order_asked(reader):
    numbers = [reader.number(name) for name in ("b", "a", "b")]
    assert reader.fetch(numbers, "text") == [text.encode() for text in (TEXT_B, TEXT_A, TEXT_B)]
    assert reader.fetch(numbers[:1], "head") == [b"head of b"]
    assert reader.fetch(numbers[1:2], "entities") == [b"a!"]


def test_deleted_documents_are_gone(reader):
    assert reader.number("weg") is None
    assert reader.document_count() == 3
    assert "weg" not in reader.origins()
    assert reader.document_frequency(TEXT, "gipfel") == 1
    assert reader.facet_counts("x") == {}


def test_origins(reader):
    assert reader.origins() == {
        "a": Origin("/texte", "ab" * 16),
        "b": Origin("", "0" * 32),
        "c": Origin("pfad \udcff", "0" * 32),
    }


@pytest.mark.parametrize(
    ("target", "texts"),
    [
        (Term(TEXT, "gipfel"), ["Gipfel", "gipfel", "Gip\u00adfeltreffen"]),
        (Term(TEXT, "krisengipfel"), ["Krisengipfel"]),
        (Term(TEXT, "kris"), ["Krise", "Krise"]),
        (Term(TEXT, "coronakris"), ["Corona-Krise"]),
        (Term(TEXT, "unbekannt"), []),
        (Term(EXACT[TEXT], "gipfel"), ["Gipfel"]),
        (Term(EXACT[TEXT], "coronakrise"), []),
        (Phrase(TEXT, ("der", "gipfel")), ["Der", "Gipfel"]),
        (Phrase(TEXT, ("gipfel", "der")), []),
        (Expansion(EXACT[TEXT], "prefix", "gipfel"), ["Gipfel", "Gip\u00adfeltreffen"]),
        (Expansion(EXACT[TEXT], "fuzzy", "gipfle", 1), ["Gipfel"]),
    ],
    ids=str,
)
def test_places(reader, target, texts):
    assert found(reader, target) == texts


def test_places_say_what_word_and_how_many_parts(reader):
    word = TEXT_A.index("Krisengipfel")
    rows = places(reader, [Term(TEXT, "unbekannt"), Term(TEXT, "gipfel")], ["b", "a"])
    assert rows[1] == (1, 1, 3, word + 6, word + 12, word, word + 12, 2)
    assert [row[7] for row in rows] == [0, 2, 0]


def test_places_of_several_documents(reader):
    assert found(reader, Term(TEXT, "kris"), ("b", "a")) == [
        *("Krise", "KRISE", "Krise", "Krise", "Krise")
    ]
    assert found(reader, Term(TEXT, "autorinn"), ("b",)) == ["Autor:innen"]


def test_expansions_name_the_most_frequent_terms_first(reader):
    assert reader.expand(Expansion(EXACT[TEXT], "prefix", "k")) == ["krise", "kein", "krisengipfel"]
    assert reader.expand(Expansion(EXACT[TEXT], "prefix", "k", 0, 1)) == ["krise"]
    assert reader.expand(Expansion(EXACT[TITLE], "prefix", "")) == ["autoren"]
    assert reader.expand(Expansion(EXACT[TEXT], "wildcard", "autor?innen")) == ["autor:innen"]
    assert reader.expand(Expansion(EXACT[TEXT], "fuzzy", "gipfel", 1)) == ["gipfel"]


def test_document_frequencies(reader):
    wanted = {"gipfel": 1, "kris": 2, "coronakris": 1, "autorinn": 1, "unbekannt": 0}
    assert {term: reader.document_frequency(TEXT, term) for term in wanted} == wanted
    assert reader.document_frequency(EXACT[TEXT], "krise") == 2
    assert reader.document_frequency(TITLE, "gipfel") == 0


def test_bounds_of_document_frequencies(reader):
    terms = ["gipfel", "unbekannt", "kris", "coronakris", "autorinn", "treff"]
    bounds = reader.frequency_bounds(TEXT, terms)
    exact = [reader.document_frequency(TEXT, term) for term in terms]
    assert all(e <= b <= 4 * e for e, b in zip(exact, bounds, strict=True))
    assert reader.frequency_bounds(TEXT, terms[::-1]) == bounds[::-1]
    assert reader.frequency_bounds(TITLE, ["gipfel"]) == [0]
    assert reader.frequency_bounds(TEXT, []) == []


def test_bounds_of_an_empty_index_and_of_several_segments(engine):
    assert write(engine, []).frequency_bounds(TEXT, ["gipfel"]) == [0]
    write(engine, [document("a", "Gipfel Krise")])
    reader = write(engine, [document("b", "Gipfel Gipfeltreffen")])
    bounds = reader.frequency_bounds(TEXT, ["gipfel", "treff", "kris"])
    assert [b > 0 for b in bounds] == [True] * 3
    assert bounds[0] >= 2


def test_the_vocabulary_is_written_as_it_mostly_is(reader):
    words = reader.vocabulary()
    assert words["Krise"] == 4
    assert words["Gipfel"] == 1
    assert "KRISE" not in words
    assert "CoronaKrise" not in words
    assert sum(words.values()) == 15


def test_the_majority_of_all_segments_decides_on_spelling(engine):
    write(engine, [document("a", "Sein Sein sein")])
    write(engine, [document("b", "sein sein sein")])
    reader = write(engine, [document("c", "Sein")])
    assert reader.vocabulary() == {"sein": 7}
    reader = write(engine, [document("d", "Sein Sein Sein")])
    assert reader.vocabulary() == {"Sein": 10}


def test_values_of_deleted_documents_do_not_count(engine):
    values = {f"d{n}": {"ort": ["Bonn" if n else "Aachen"]} for n in range(4)}
    write(engine, [document(name, facets=facets) for name, facets in values.items()])
    reader = write(engine, [], ["d0"])
    assert reader.facet_counts("ort") == {"Bonn": 3}
    # The one value that a pattern may stand for here is one that documents have.
    pattern = ValuePattern("ort", "prefix", "", 0, 1)
    assert reader.search(SearchRequest(pattern)).total == 3


def test_facet_counts(reader):
    assert reader.facet_counts("ort") == {"Bonn": 1, "Ulm": 2}
    assert reader.facet_counts("unbekannt") == {}


def test_facet_mentions(engine):
    values = {"ort": ["Bonn", "Ulm"]}
    write(engine, [document("a", facets=values, mentions={"ort": {"Bonn": 3}}), document("weg")])
    reader = write(engine, [document("b", facets=values, mentions={"ort": {"Bonn": 400}})])
    assert reader.facet_mentions("ort") == {"Bonn": 403, "Ulm": 2}
    assert reader.facet_mentions("unbekannt") == {}
    # What is replaced or deleted does not count.
    reader = write(engine, [document("b", facets=values, mentions={"ort": {"Ulm": 5}})], ["weg"])
    assert reader.facet_mentions("ort") == {"Bonn": 4, "Ulm": 6}
    assert write(engine, [], ["a", "b"]).facet_mentions("ort") == {}


def test_statistics(engine):
    reader = write(
        engine,
        [
            document("a", "Krisengipfel", title="Krise", facets={"b": ["x"]}, numbers={"z": 1.0}),
            document("b", "Krisen", facets={"a": ["x"]}, numbers={"n": 2.0}),
        ],
    )
    assert reader.statistics() == EngineStatistics(2, 3)
    assert reader.names() == EngineNames(("a", "b"), ("n", "z"))
    assert list(reader.numbers()) == [0, 1]
    assert reader.origin("unknown") is None
    assert all(reader.origin(key) == value for key, value in reader.origins().items())
    reader.check()
    reader.close()
