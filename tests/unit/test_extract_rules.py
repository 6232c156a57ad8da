"""What the rules find in one sentence, and what they must leave alone."""

from __future__ import annotations

import pytest

from searchkit.extract.protocol import Extractor
from searchkit.extract.rules import RuleExtractor

RULES = RuleExtractor()


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in RULES.extract(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gestern traf Angela Merkel ihn.", ["Angela Merkel"]),
        ("Die Kommissionschefin Ursula von der Leyen reiste ab.", ["Ursula von der Leyen"]),
        ("Frau von der Leyen schwieg.", ["von der Leyen"]),
        ("Die Präsidentin von der Leyen schwieg.", ["von der Leyen"]),
        ("Präsident al-Wandero schwieg.", ["al-Wandero"]),
        ("Die Tochter von Ole Wanderow, der Forscher von Quellen", ["Ole Wanderow"]),
        ("Premierminister Alexander De Croo sprach.", ["Alexander De Croo"]),
        ("Der Kreml-Berater Juri Uschakow flog.", ["Juri Uschakow"]),
        ("Verteidigungsministerin Quandtorf trat zurück.", ["Quandtorf"]),
        ("Dr. Wunderow operierte.", ["Wunderow"]),
        ("Papst Johannes Paul II. starb.", ["Johannes Paul II."]),
        ("Ernst-Ludwig Wanderow sang.", ["Ernst-Ludwig Wanderow"]),
        ("Es dirigierte John F. Kennedy.", ["John F. Kennedy"]),
    ],
)
def test_persons(text, expected):
    assert [name for name, label in found(text) if label == "PER"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helsinki liegt in Finnland.", ["Helsinki", "Finnland"]),
        ("Russlands Nachbarn und die Vereinigten Staaten", ["Russlands", "Vereinigten Staaten"]),
        ("Frankfurt am Main und Frankfurt (Oder)", ["Frankfurt am Main", "Frankfurt (Oder)"]),
        ("Sie wohnt in Wolfenhausen.", ["Wolfenhausen"]),
        ("Er kommt aus Bad Quellen und lebt in Köln-Deutz.", ["Bad Quellen", "Köln-Deutz"]),
        ("Nahe der Potsdamer Straße", ["Potsdamer Straße"]),
        ("Krieg im Nahen Osten", ["Nahen Osten"]),
        ("Der US-Präsident reiste ab.", ["US"]),
    ],
)
def test_places(text, expected):
    assert [name for name, label in found(text) if label == "LOC"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die NATO und der G20-Gipfel", ["NATO", "G20"]),
        ("der Deutschen Lufthansa", ["Deutschen Lufthansa"]),
        ("Die Wanderow Maschinenbau GmbH & Co. KG", ["Wanderow Maschinenbau GmbH & Co. KG"]),
        ("Sie studiert an der Universität Jena.", ["Universität Jena"]),
        ("Der TSV Quellenhausen verlor gegen Schalke 04.", ["TSV Quellenhausen", "Schalke 04"]),
        ("Die Umfrage erschien in The Hill.", ["The Hill"]),
        ("Das entschied die KVQG gestern.", ["KVQG"]),
        ("Die Konrad-Adenauer-Stiftung lud ein.", ["Konrad-Adenauer-Stiftung"]),
    ],
)
def test_organisations(text, expected):
    assert [name for name, label in found(text) if label == "ORG"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Die russische Regierung und die amerikanischen Bürger",
        "Der US-Dollar und die US-Amerikaner, US-amerikanische Waren",
        "Nach dem Essen kam der Zug in die Halle.",
        "Die Kanzlerin sprach am Montag mit dem Minister.",
        "Der DVD-Spieler, der LKW und das TV",
        "DAS IST ALLES NUR LAUT",
        "Der Präsident Ende Mai",
        "Sie drückt die Frau zu Boden.",
        "Will Frieden stiften",
        "Zwei Straßen weiter, bei Springen und Singen",
    ],
)
def test_nothing_is_found_where_nothing_is(text):
    assert found(text) == []


def test_a_town_that_begins_another_name_is_no_place():
    assert found("Die Toronto Wanderers siegten.") == []


def test_mentions_do_not_cross_lines():
    assert found("Der Trainer heißt Angela\nMerkel sprach.") == [
        ("Angela", "PER"),
        ("Merkel", "PER"),
    ]


def test_offsets_are_code_points():
    text = "\U0001f600 Ole Wanderow, Zürich"
    assert found(text) == [("Ole Wanderow", "PER"), ("Zürich", "LOC")]


@pytest.mark.parametrize("piece", ["A. ", "Ole ", "Ole A. ", "Dr. ", "A-", "Bad ", "von ", "US-"])
def test_long_runs_are_cut(piece):
    spans = RULES.extract(piece * 20_000)
    assert all(end - start < 200 for start, end, _ in spans)


def test_the_rules_are_an_extractor():
    assert isinstance(RULES, Extractor)
    assert (RULES.name, bool(RULES.version)) == ("rules", True)
    assert RULES.canonical("Vereinten Nationen", "ORG") == "UN"
