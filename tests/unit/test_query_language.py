"""What each part of the query language finds, over a few texts."""

from __future__ import annotations

import pytest

from searchkit import Document, Index, build_index

DOCUMENTS = [
    Document(
        "hamburg",
        "Der G20-Gipfel in Hamburg endete.",
        date="2018-07-16",
        metadata={"source": "dpa", "zahl": 12},
    ),
    Document(
        "staaten",
        "Der G20 Gipfel der Staaten begann. Regierung und Regierungen.",
        date="2018-12",
        metadata={"source": "Tagesblatt", "zahl": 25, "Größe": 1.5},
    ),
    Document(
        "putin",
        "Gipfel der G20. Müller und Wladimir Putin trafen Donald Trump in Helsinki.",
        title="Über Gipfel",
        date="2019",
    ),
    Document("wien", "Die Corona-Krise nach dem Gipfel in Wien. Frau Muller kam; schöne Tage."),
    Document("mueller", "Herr Mueller kam schon."),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_index(DOCUMENTS, tmp_path_factory.mktemp("language"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # phrases match through hyphens and hold stop words
        ('"G20 Gipfel"', "hamburg staaten"),
        ('"G20-Gipfel"', "hamburg staaten"),
        ("„G20 Gipfel“", "hamburg staaten"),
        ('"nach dem Gipfel in"', "wien"),
        ('"Corona Krise"', "wien"),
        ('"Gipfel G20"', ""),
        ('"Gipfel G20"~1', "hamburg staaten putin"),
        ('"Trump Putin"~2', "putin"),
        # operators in both languages, in capitals only
        ("Gipfel AND Helsinki", "putin"),
        ("Gipfel UND Helsinki", "putin"),
        ("Hamburg ODER Wien", "hamburg wien"),
        ("Gipfel NICHT (Hamburg OR Wien)", "staaten putin"),
        ("+Gipfel -Hamburg", "staaten putin wien"),
        ("Gipfel AND (Hamburg OR (Helsinki AND NOT Wien))", "hamburg putin"),
        # fields in both languages
        ("titel:über", "putin"),
        ("title:über", "putin"),
        ("text:über", ""),
        ("text:(Gipfel AND -Wien)", "hamburg staaten putin"),
        ("person:putin", "putin"),
        ("ort:Wien", "wien"),
        ("place:Wien", "wien"),
        ("quelle:dpa", "hamburg"),
        ("source:tagesblatt", "staaten"),
        ("id:wien", "wien"),
        # dates and numbers
        ("datum:2018-07..2018-12", "hamburg staaten"),
        ("date:[2018-07 TO 2018-08]", "hamburg"),
        ('datum:"Juli 2018"', "hamburg"),
        ("datum:16.7.2018", "hamburg"),
        ("datum:2019..", "putin"),
        ("jahr:2018", "hamburg staaten"),
        ("-datum:*", "wien mueller"),
        ("zahl:[10 TO 20]", "hamburg"),
        ("zahl:20..", "staaten"),
        ("Größe:1,5", "staaten"),
        ("zahl:12,0", "hamburg"),
        # patterns are over forms as written: umlauts are letters of their own
        ("Regier*", "staaten"),
        ("Regierun?en", "staaten"),
        ("Mü*", "putin"),
        ("Mul*", "wien"),
        ("M?ller", "putin wien"),
        ("M*ller", "putin wien mueller"),
        ("*heim*", ""),
        # errors, weights, forms
        ("Putn~1", "putin"),
        ("Ptn~1", ""),
        ("Wladmr~2", "putin"),
        ("=Regierung", "staaten"),
        ("=Regierunge", ""),
        ("=schon", "mueller"),
        ("=schöne", "wien"),
        # all together
        ('+("G20 Gipfel"^2 OR Put*) AND NOT datum:2018-07 -quelle:afp', "staaten putin"),
    ],
)
def test_what_is_found(index: Index, query: str, expected: str) -> None:
    result = index.search(query, correct=False, strict=True)
    assert {hit.id for hit in result.hits} == set(expected.split())


def test_a_weight_changes_the_order(index: Index) -> None:
    first = {w: index.search(f"Hamburg^{w} Helsinki").hits[0].id for w in (0.1, 10)}
    assert first == {0.1: "putin", 10: "hamburg"}


def test_a_weight_multiplies_the_score(index: Index) -> None:
    once, twice = (index.search(q).hits[0].score for q in ("Hamburg", "Hamburg^2"))
    assert twice == pytest.approx(2 * once)


@pytest.mark.parametrize(
    ("query", "expected", "note"),
    [
        ('"Hamburg', "hamburg", "no closing mark follows '\"'; left out (at character 1)"),
        ("(Hamburg", "hamburg", "'(' is never closed; closed at the end (at character 1)"),
        ("Hamburg)", "hamburg", "')' closes nothing; left out (at character 8)"),
        ("Hamburg AND", "hamburg", "'AND' has nothing to connect; left out (at character 9)"),
        (
            "titl:Hamburg",
            "",
            "there is no field 'titl'; read as a word (the nearest field is 'title')"
            " (at character 1)",
        ),
        ("datum:gestern", "", "'gestern' is no date; read as words (at character 7)"),
    ],
)
def test_what_breaks_the_grammar_is_read_and_said(
    index: Index, query: str, expected: str, note: str
) -> None:
    result = index.search(query, correct=False)
    assert note in result.notes
    assert {hit.id for hit in result.hits} >= set(expected.split())
