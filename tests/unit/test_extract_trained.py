"""What the default extractor finds, and what the document adds to it."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from searchkit.extract.listed import with_alone
from searchkit.extract.protocol import BatchExtractor, Extractor
from searchkit.extract.resolve import EntityFinder, document_entities
from searchkit.extract.settle import settled
from searchkit.extract.trained import TrainedExtractor
from searchkit.extract.versions import TRAINED

EXTRACTOR = TrainedExtractor()


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in EXTRACTOR.extract(text)]


def marked(text: str, *names: tuple[str, str]) -> list[tuple[int, int, str]]:
    """Mentions of names in the order of the text, each found after the one before."""
    mentions, start = [], 0
    for name, label in names:
        start = text.index(name, start)
        mentions.append((start, start + len(name), label))
        start += len(name)
    return mentions


def test_it_is_an_extractor():
    assert isinstance(EXTRACTOR, Extractor)
    assert isinstance(EXTRACTOR, BatchExtractor)
    assert (EXTRACTOR.name, EXTRACTOR.version) == TRAINED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gestern traf Angela Merkel ihn in Paris.", [("Angela Merkel", "PER"), ("Paris", "LOC")]),
        ("Ursula von der Leyen schwieg.", [("Ursula von der Leyen", "PER")]),
        ("Krieg im Nahen Osten", [("Nahen Osten", "LOC")]),
        ("Die Vereinigten Staaten zögern.", [("Vereinigten Staaten", "LOC")]),
        ("Der G20-Gipfel der NATO", [("G20", "ORG"), ("NATO", "ORG")]),
        ("Der US-Präsident reiste ab.", [("US", "LOC")]),
        ("Die Umfrage erschien in The Hill.", [("The Hill", "ORG")]),
        ("Der Kreml-Berater Juri Uschakow flog.", [("Kreml", "ORG"), ("Juri Uschakow", "PER")]),
    ],
)
def test_names_in_one_sentence(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "Nach dem Essen kam der Zug in die Halle.",
        "Das Wetter bleibt am Montag schön, sagt der Bericht.",
        "Die russische Regierung und die amerikanischen Bürger",
        "Corona und die Folgen",
    ],
)
def test_nothing_where_nothing_is(text):
    assert found(text) == []


def test_many_texts_at_once_are_tagged_as_each_alone():
    texts = ["Helsinki", "", "Angela Merkel kam.\nSie ging", "nach Bonn.", "\n", "Ole aus Köln"]
    assert EXTRACTOR.extract_many(texts) == [EXTRACTOR.extract(text) for text in texts]
    assert EXTRACTOR.extract_many([]) == []
    assert list(EntityFinder(EXTRACTOR).of(texts)) == [
        document_entities(text, EXTRACTOR) for text in texts
    ]


@pytest.mark.parametrize(
    "text", ["x" * 300_000, "A-" * 50_000, "\ud800 Bonn \udfff", "\0 Bonn", "\x01"]
)
def test_odd_texts_are_read_as_well(text):
    assert all(0 <= start < end <= len(text) for start, end, _ in EXTRACTOR.extract(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Der Kreml teilte mit: Die Politik des Kremls sei gut.", 2),
        ("Für den Kreml spricht wenig.", 1),
        ("Kremlin", 0),
    ],
)
def test_listed_words_are_found_wherever_they_stand(text, count):
    assert [words.startswith("Kreml") for words, _ in found(text)].count(True) == count


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # Part of other names, common words in capitals; but not where the document says who it is.
        ("die Amazon Serie", [], []),
        ("ein Amazon 3", [], []),
        ("Amazon, Ulm: Amazon Serie", [(0, 6, "ORG")], [(0, 6, "ORG"), (13, 19, "ORG")]),
        ("Amazons Serie", [], [(0, 7, "ORG")]),
        ("KOMM MIT", [], []),
        ("am MIT KOMM MIT", [(3, 6, "ORG")], [(3, 6, "ORG"), (12, 15, "ORG")]),
        ("Der Bundestag", [(4, 13, "ORG")], [(4, 13, "ORG")]),
    ],
)
def test_listed_words_count_unless_they_may_be_something_else(text, names, expected):
    words = [(*match.span(), "ORG") for match in re.finditer("Amazons?|MIT|Bundestag", text)]
    assert with_alone(text, names, words) == expected


def test_soft_hyphens_do_not_move_mentions():
    assert found("In Hel\u00adsin\u00adki schneit es.") == [("Hel\u00adsin\u00adki", "LOC")]


def test_a_surname_is_no_town_where_its_bearer_is_known():
    text = "Alice Wanderow kam nach Ulm. Wanderow blieb. Wanderows Hund auch."
    mentions = marked(
        text, ("Alice Wanderow", "PER"), ("Ulm", "LOC"), ("Wanderow", "LOC"), ("Wanderows", "ORG")
    )
    assert [label for _, _, label in settled(text, mentions)] == ["PER", "LOC", "PER", "PER"]


def test_a_listed_place_stays_one_with_its_s():
    text = "dass Chinas Wille, von Chinas Willen"
    mentions = [(5, 11, "PER"), (23, 29, "LOC")]
    assert {label for _, _, label in settled(text, mentions)} == {"LOC"}


def test_the_majority_names_a_name():
    text = "Traumwerk wächst. Traumwerk kauft. Traumwerk lacht."
    mentions = marked(text, ("Traumwerk", "ORG"), ("Traumwerk", "PER"), ("Traumwerk", "ORG"))
    assert {label for _, _, label in settled(text, mentions)} == {"ORG"}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Ole Wanderows Chance. Ole Wanderow siegte.",
            [("Ole Wanderows Chance", "PER"), ("Ole Wanderow", "PER")],
            [("Ole Wanderows", "PER"), ("Ole Wanderow", "PER")],
        ),
        (
            "Das Ole Wandero-Institut",
            [("Ole Wandero-Institut", "PER")],
            [("Ole Wandero-Institut", "ORG")],
        ),
        ("Ursula von der Wanderow", [("Ursula", "PER")], [("Ursula von der Wanderow", "PER")]),
        ("Ole Quell von der SPD", [("Ole Quell", "PER")], [("Ole Quell", "PER")]),
        ("Polen/Litauen", [("Polen/Litauen", "LOC")], [("Polen", "LOC"), ("Litauen", "LOC")]),
        (
            "dpa; picture alliance",
            [("dpa; picture alliance", "ORG")],
            [("dpa", "ORG"), ("picture alliance", "ORG")],
        ),
        (
            "Polen; Oscar de la Hoya",
            [("Polen; Oscar de la Hoya", "LOC")],
            [("Polen", "LOC"), ("Oscar de la Hoya", "PER")],
        ),
        # Nicknames, whatever part of the name was found.
        ("Andreas „Andi“ Quell kam", [("Andreas „Andi", "PER")], [("Andreas „Andi“ Quell", "PER")]),
        (
            "Gerhard »Gerd« Quell",
            [("Gerhard »", "PER"), ("Gerd« Quell", "PER")],
            [("Gerhard »Gerd« Quell", "PER")],
        ),
        (
            "Michael „Mike“ Joseph Quell",
            [("Michael „Mike", "PER"), ("Joseph Quell", "PER")],
            [("Michael „Mike“ Joseph Quell", "PER")],
        ),
        (
            "Michael „Bully“ Quell",
            [("Michael", "PER"), ("Bully", "ORG"), ("Quell", "PER")],
            [("Michael „Bully“ Quell", "PER")],
        ),
        ("Peter 'Pit' Quell Trainer", [("Peter 'Pit", "PER")], [("Peter 'Pit' Quell", "PER")]),
        ("Peter „Pit“ kam", [("Peter „Pit", "PER")], [("Peter „Pit", "PER")]),
        ("Peter „geht“ Quell", [("Peter", "PER")], [("Peter", "PER")]),
        # Capitals.
        ("ANGELA MERKEL", [("ANGELA MERKEL", "ORG")], [("ANGELA MERKEL", "PER")]),
        ("FRANKFURT AM MAIN", [("FRANKFURT AM MAIN", "ORG")], [("FRANKFURT AM MAIN", "LOC")]),
        ("QUELL SIEHT ULM WIEDER", [("QUELL SIEHT ULM WIEDER", "ORG")], []),
        ("QUELL GMBH & CO", [("QUELL GMBH & CO", "ORG")], [("QUELL GMBH & CO", "ORG")]),
        ("Alten- und Pflegeheim", [("Alten-", "LOC")], []),
        ("Corona-Demo", [("Corona-Demo", "ORG")], []),
        ("[", [("[", "PER")], []),
        ("Hamburgs Schülerinnen", [("Hamburgs Schülerinnen", "ORG")], [("Hamburgs", "LOC")]),
        (
            "Ole Ramelow kam, Ramelows Kur auch.",
            [("Ole Ramelow", "PER"), ("Ramelows Kur", "PER")],
            [("Ole Ramelow", "PER"), ("Ramelows", "PER")],
        ),
        ("aus Bochum", [("Bochum", "PER")], [("Bochum", "LOC")]),
        (
            "Ole Merzow, Ina Laschow. Merzow Laschow",
            [("Ole Merzow", "PER"), ("Ina Laschow", "PER"), ("Merzow Laschow", "PER")],
            [("Ole Merzow", "PER"), ("Ina Laschow", "PER"), ("Merzow", "PER"), ("Laschow", "PER")],
        ),
        (
            "Ina Woopow kam. Medizinethikerin Woopow sprach.",
            [("Ina Woopow", "PER"), ("Medizinethikerin Woopow", "LOC")],
            [("Ina Woopow", "PER"), ("Woopow", "PER")],
        ),
    ],
)
def test_borders_and_labels_that_a_document_settles(text, names, expected):
    result = settled(text, marked(text, *names))
    assert [(text[start:end], label) for start, end, label in result] == expected


def test_what_is_unsure_counts_in_a_long_document_only_if_it_comes_again():
    text = "Quellnigg lag da. " + "Es regnete den ganzen Tag. " * 40
    unsure = {0}
    assert settled(text[:100], [(0, 9, "PER")], unsure) == [(0, 9, "PER")]
    assert settled(text, [(0, 9, "PER")], unsure) == []
    again = text + "Quellnigg"
    twice = [(0, 9, "PER"), (len(text), len(again), "PER")]
    assert settled(again, twice, {0, len(text)}) == twice


def test_the_name_of_a_company_keeps_its_form():
    assert found("Die Wanderow Maschinenbau AG klagt.")[0][0].endswith("AG")


def test_dates_are_part_of_it():
    assert EXTRACTOR.dates("am 16.7.2018") == [(3, 12, "2018-07-16")]


def test_model_and_lists_are_small_enough_to_ship():
    data = files("searchkit.extract") / "data"
    assert sum(len(file.read_bytes()) for file in data.iterdir()) < 3_000_000
