"""The entities of a document, whoever found the mentions."""

from __future__ import annotations

import re

import pytest

from searchkit.extract.names import canonical_name
from searchkit.extract.resolve import document_entities
from searchkit.extract.rules import RuleExtractor
from searchkit.model import Entity

RULES = RuleExtractor()


class Marked:
    """Finds listed words wherever they stand: a stand-in for any other extractor."""

    name, version = "marked", "1"

    def __init__(self, **labels: str) -> None:
        self._labels = labels

    def extract(self, text: str) -> list[tuple[int, int, str]]:
        spans = []
        for words, label in self._labels.items():
            word = words.replace("_", " ")
            spans.append((text.index(word), text.index(word) + len(word), label))
        return spans

    def canonical(self, span_text: str, label: str) -> str:
        return canonical_name(span_text, label)


def mentions(text: str, extractor=RULES) -> dict[str, list[str]]:
    return {e.name: [text[a:b] for a, b in e.mentions] for e in document_entities(text, extractor)}


def test_a_surname_stands_for_the_full_name_before_and_after():
    text = "Wanderow kam. Ole Wanderow sprach. Wanderows Rede war kurz, Ole ging."
    assert mentions(text) == {"Ole Wanderow": ["Wanderow", "Ole Wanderow", "Wanderows", "Ole"]}


def test_compounds_mention_all_they_name():
    text = "Donald Trump und Wladimir Putin. Ein Putin-Trump-Gipfel, ein Trump-Besuch."
    assert mentions(text) == {
        "Donald Trump": ["Donald Trump", "Trump", "Trump"],
        "Wladimir Putin": ["Wladimir Putin", "Putin"],
    }


def test_a_surname_of_two_stays_apart():
    text = "Melania Trump und Donald Trump. Trump sprach. Melania schwieg."
    assert mentions(text) == {
        "Melania Trump": ["Melania Trump", "Melania"],
        "Donald Trump": ["Donald Trump"],
        "Trump": ["Trump"],
    }


def test_names_with_and_without_an_initial_are_one():
    text = "Donald Trump siegte. Donald J. Trump jubelte. Donald Trump ging."
    assert list(mentions(text)) == ["Donald Trump"]


def test_a_short_name_of_two_longer_ones_stays_apart():
    text = "George Bush traf George W. Bush und George H. W. Bush, auch George X. Bush."
    assert set(mentions(text)) >= {"George Bush", "George X. Bush"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alex Kearns starb. Wer war Alex Kearns?", "Alex Kearns"),
        ("Ole Wanderows Rede. Ole Wanderow ging.", "Ole Wanderow"),
        ("Merkels Rede. Merkels Politik.", "Merkel"),
        ("Ole Quellnies kam. Quellnies sprach. Dann ging Quellnies.", "Ole Quellnies"),
        ("Ole Wanderos Rede. Ole Wandero ging.", "Ole Wandero"),
    ],
)
def test_the_document_decides_whose_the_final_s_is(text, name):
    assert list(mentions(text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Sebastian Kurz kam. Kurz vor zwölf war Schluss.",
        "Helmut Koch kam. Der Koch kochte.",
        "Karl Marx schrieb. Sie wohnt in der Karl-Marx-Allee.",
        "Karl Marx schrieb. Das Rosa-Luxemburg-Gymnasium und die Goethe-Universität.",
        "Ole Wanderow kam. Das Wanderow-Gymnasium blieb zu.",
        "Ole Wanderow kam. Die Wanderower staunten.",
    ],
)
def test_the_same_letters_may_name_something_else(text):
    person = next(e for e in document_entities(text, RULES) if e.kind == "person")
    assert len(person.mentions) == 1


def test_numerals_are_no_surnames():
    text = "Papst Johannes Paul II. starb. Teil II. folgte."
    assert mentions(text)["Johannes Paul II."] == ["Johannes Paul II."]


def test_most_mentions_first_then_the_order_of_the_text():
    text = "Köln, Bonn, Bonn, Berlin"
    assert [(e.name, len(e.mentions)) for e in document_entities(text, RULES)] == [
        ("Bonn", 2),
        ("Köln", 1),
        ("Berlin", 1),
    ]


def test_one_name_of_two_kinds_is_two_entities():
    text = "Denzel Quell traf Quell"
    marked = Marked(Denzel_Quell="LOC", Quell="PER")
    assert document_entities(text, marked) == (Entity("Denzel Quell", "place", ((0, 12),)),)


def test_other_extractors_get_the_same_memory():
    text = "Ole Wanderow kam. Wanderow ging. Vereinigten Staaten"
    assert mentions(text, Marked(Ole_Wanderow="PER", Vereinigten_Staaten="LOC")) == {
        "Ole Wanderow": ["Ole Wanderow", "Wanderow"],
        "USA": ["Vereinigten Staaten"],
    }


def test_mentions_that_cannot_be_are_passed_over():
    class Careless(Marked):
        def extract(self, _text: str) -> list[tuple[int, int, str]]:
            return [(5, 9, "LOC"), (0, 6, "LOC"), (2, 2, "PER"), (-1, 3, "ORG"), (0, 99, "LOC")]

    text = "Bremen und Bonn"
    assert mentions(text, Careless()) == {"Bremen": ["Bremen"]}
    assert mentions(text, Marked(Bremen="MISC")) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dann sprach Christine\nLagarde, die Präsidentin.", ["Christine Lagarde"]),
        ("Dann sprach Präsident Emmanuel\nMacron.", ["Emmanuel Macron"]),
        # A blank before the break, a small word behind it, a first name that was not found.
        ("Dann sprach Christine \nLagarde.", ["Christine Lagarde"]),
        ("Dann sprach Christine\r\nLagarde.", ["Christine Lagarde"]),
        ("Dann sprach Christine \r\nLagarde.", ["Christine Lagarde"]),
        ("Dann sprach Christine\nvon Lagarde.", ["Christine von Lagarde"]),
        ("Dann sprach Hans-Peter\nMacron.", ["Hans-Peter Macron"]),
        # A list of first names, a whole name, the end of a sentence, a paragraph.
        ("Es kamen Christine\nEmmanuel", ["Christine", "Emmanuel"]),
        ("Es kam Christine Lagarde\nMacron kam", ["Christine Lagarde", "Macron"]),
        ("Es kam Christine!\nMacron kam", ["Christine", "Macron"]),
        ("Es kam Christine\n\nMacron kam", ["Christine", "Macron"]),
        ("Es kam Christine\r\n\r\nMacron kam", ["Christine", "Macron"]),
    ],
)
def test_a_line_break_does_not_part_a_name(text, names):
    words = [re.escape(word) for word in ("Christine Lagarde", "Christine", "Lagarde")]
    found = re.compile("|".join([*words, "(?:Präsident )?Emmanuel", "Macron"]))

    class Lines(Marked):
        def extract(self, text: str) -> list[tuple[int, int, str]]:
            return [(*match.span(), "PER") for match in found.finditer(text)]

    entities = document_entities(text, Lines())
    assert sorted(entity.name for entity in entities) == names


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ({"QUELLO": "ORG", "Quello": "ORG"}, {("Quello", "organisation", 2)}),
        ({"QUELLO": "PER", "Quello": "ORG"}, {("Quello", "organisation", 2)}),
        ({"WANDEROW": "ORG", "Ole_Wanderow": "PER"}, {("Ole Wanderow", "person", 2)}),
        ({"OLE_WANDEROW": "ORG", "Ole_Wanderow": "PER"}, {("Ole Wanderow", "person", 2)}),
        ({"Ole_WANDEROW": "PER", "Ole_Wanderow": "PER"}, {("Ole Wanderow", "person", 2)}),
        # Short ones are mostly abbreviations; others the lists have in capitals.
        ({"KIM": "ORG", "Kim": "PER"}, {("KIM", "organisation", 1), ("Kim", "person", 1)}),
        ({"NATO": "ORG", "Nato": "PER"}, {("NATO", "organisation", 1), ("Nato", "person", 1)}),
    ],
)
def test_names_that_differ_by_case_only_are_one(labels, names):
    text = ", ".join(labels).replace("_", " ")
    found = document_entities(text, Marked(**labels))
    assert {(e.name, e.kind, len(e.mentions)) for e in found} == names


def test_many_names_are_kept_apart():
    digits = str.maketrans("0123456789", "abdefgilmo")
    text = " ".join(f"Ole Wander{str(i).translate(digits)}o." for i in range(2000))
    assert len(document_entities(text, RULES)) == 2000
