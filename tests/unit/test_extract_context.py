"""What words beside a name, and its own, say about what it names."""

from __future__ import annotations

import re

import pytest

from searchkit.extract.borders import with_better_borders
from searchkit.extract.context import is_called_a_person, named_kind, noun_before
from searchkit.extract.known import has_organisation_word
from searchkit.extract.listed import names_in_chain
from searchkit.extract.settle import settled


def settled_names(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """The names that remain of every occurrence of some, labelled."""
    label_of = dict(names)
    longest_first = sorted(label_of, key=len, reverse=True)
    any_name = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    mentions = [(*found.span(), label_of[found[0]]) for found in re.finditer(any_name, text)]
    return [(text[start:end], label) for start, end, label in settled(text, mentions)]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Die Modefirma *", "Modefirma"),
        ("Das Magazin „*", "Magazin"),
        ("Die Firma\xa0*", "Firma"),
        ("Die schöne *", ""),
        ("Das ist die Firma. *", ""),
        ("Eine Überschrift mit Firma\n*", ""),
        ("Ein Satz.\nFirma *", "Firma"),
        ("Zeile\n *", ""),
        ("Firma  *", ""),
        ("„*", ""),
        ("*", ""),
    ],
)
def test_the_noun_before_a_name(text, noun):
    assert noun_before(text, text.index("*")) == noun


@pytest.mark.parametrize(
    ("noun", "label", "kind"),
    [
        ("Pharmakonzern", "PER", "ORG"),
        ("US-Konzern", "LOC", "ORG"),
        ("Start-up", "LOC", "ORG"),
        ("Kinofilm", "ORG", "-"),
        ("Café", "PER", "-"),
        ("Café", "LOC", ""),
        ("Flüchtlingslager", "PER", "LOC"),
        ("Flüchtlingslager", "ORG", ""),
        ("Schlager", "PER", ""),
        ("Nachbar", "PER", ""),
        ("Präsident", "PER", ""),
        ("Tief", "PER", "-"),
        ("Nationalhymne", "ORG", "-"),
    ],
)
def test_what_a_noun_says_of_the_name_behind_it(noun, label, kind):
    assert named_kind(noun, label) == kind


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # Once said, it holds for the whole document.
        (
            "Quellax siegt. Der Hersteller Quellax jubelt.",
            [("Quellax", "PER")],
            [("Quellax", "ORG"), ("Quellax", "ORG")],
        ),
        ("Der Film Quellax läuft.", [("Quellax", "ORG")], []),
        # Where somebody is from is no part of the name that the document knows.
        (
            "Ole Wanderow kam. Ole Wanderow von Quellax ging. Die Firma Quellax",
            [("Ole Wanderow von Quellax", "PER"), ("Ole Wanderow", "PER"), ("Quellax", "PER")],
            [("Ole Wanderow", "PER"), ("Ole Wanderow", "PER"), ("Quellax", "ORG")],
        ),
        # Persons named in full, and what lists know, are what they are.
        (
            "Ole Wanderow gründete die Firma Wanderow.",
            [("Ole Wanderow", "PER"), ("Wanderow", "PER")],
            [("Ole Wanderow", "PER"), ("Wanderow", "PER")],
        ),
        ("Der Verband Sachsen klagt.", [("Sachsen", "LOC")], [("Sachsen", "LOC")]),
        ("Der Sender Michael Quell", [("Michael Quell", "PER")], [("Michael Quell", "PER")]),
    ],
)
def test_nouns_before_names_settle_what_they_are(text, names, expected):
    assert settled_names(text, *names) == expected


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("Pfizer", "PER", ("Pfizer", "ORG")),
        ("Reuters", "PER", ("Reuters", "ORG")),
        ("Beckett", "PER", None),
        ("Schalkes Ole Wanderow", "PER", ("Ole Wanderow", "PER")),
        ("Kata-Bundestrainer Ole Wanderow", "ORG", ("Ole Wanderow", "PER")),
        ("Universität Ole Wanderow", "ORG", None),
        ("AutorinOle Wanderow", "ORG", ("Ole Wanderow", "PER")),
        ("LeBron Wanderow", "PER", None),
        ("Wanderow Technologies", "PER", ("Wanderow Technologies", "ORG")),
        ("Ole Wanderow Brasilien-Anleger", "PER", ("Ole Wanderow", "PER")),
        ("Ole Wander-Rohow", "PER", None),
        ("Wanderows Biograph", "PER", ("Wanderows", "PER")),
        ("Ole Biograph", "PER", None),
    ],
)
def test_what_the_words_of_a_name_say_about_it(name, label, expected):
    found = with_better_borders(name, label)
    assert (found and (name[found[0] : found[1]], found[2])) == expected


def test_who_speaks_or_has_a_title_is_a_person():
    assert is_called_a_person("Dann sagte Quellnigg nichts.", 11, 20)
    assert is_called_a_person("Quellnigg warnt.", 0, 9)
    assert is_called_a_person("mit Herrn Quellnigg", 10, 19)
    assert not is_called_a_person("mit Quellnigg", 4, 13)
    assert not is_called_a_person("Herr Olympiasieger", 5, 18)


def test_an_unsure_person_counts_where_somebody_says_something():
    text = "Quellnigg sagt ja. " + "Es regnete den ganzen Tag. " * 40
    assert settled(text, [(0, 9, "PER")], {0}) == [(0, 9, "PER")]
    assert settled(text, [(0, 9, "LOC")], {0}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sebastian Kurz kam.", "Sebastian Kurz"),
        ("Sebastian Kurzarbeit", "Sebastian"),
        ("Sebastian kurz darauf", "Sebastian"),
    ],
)
def test_a_surname_may_be_an_everyday_word(text, expected):
    assert settled_names(text, ("Sebastian", "PER")) == [(expected, "PER")]


@pytest.mark.parametrize(
    ("name", "label", "kept"),
    [
        ("Quellheimer Gemeindeordnung", "ORG", False),
        ("Australian Open", "ORG", False),
        ("Quellheimer Open", "PER", True),
        ("Super-Covid", "ORG", False),
        ("#Corona", "LOC", False),
        ("Social Distancing", "ORG", False),
        ("Quellheimer Verband", "ORG", True),
        ("SUV", "ORG", False),
        ("BMI", "ORG", True),
        ("OPs", "PER", False),
        ("GmbHs", "ORG", False),
        ("UN", "ORG", True),
        ("Quellavir", "PER", False),
        ("Joaquin", "PER", True),
        ("Johannes 16", "PER", False),
    ],
)
def test_what_looks_like_an_organisation_and_is_none(name, label, kept):
    assert bool(settled_names(name, (name, label))) is kept


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Das sagt Herr Mützenich. Mützenich ging.", [("Mützenich", "LOC")], ["PER", "PER"]),
        ("Das sagte Einbeck.", [("Einbeck", "LOC")], ["PER"]),
        ("Einbeck sagt nichts.", [("Einbeck", "LOC")], ["LOC"]),
        ("Die Bürgermeister Kolls", [("Kolls", "LOC")], ["LOC"]),
        ("Kanzlerin Berlin", [("Berlin", "LOC")], ["LOC"]),
        ("Ina Ziller kam. Ziller ging.", [("Ina Ziller", "PER"), ("Ziller", "LOC")], ["PER"] * 2),
        ("Eine Analyse des Herstellers Quellax", [("Quellax", "LOC")], ["ORG"]),
        ("Frankfurt a. M.", [("M", "LOC")], []),
    ],
)
def test_persons_and_organisations_that_were_taken_for_places(text, names, expected):
    assert [label for _, label in settled_names(text, *names)] == expected


def test_an_unsure_organisation_counts_where_a_noun_says_what_it_is():
    rest = " Es regnete den ganzen Tag." * 40
    for text, kept in (
        ("Die Partei Radikale Quelle siegt.", True),
        ("Dann kam die Radikale Quelle an.", False),
    ):
        start = text.index("Radikale")
        mention = (start, start + len("Radikale Quelle"), "ORG")
        assert bool(settled(text + rest, [mention], {start})) is kept


@pytest.mark.parametrize(
    ("name", "has_one"),
    [
        ("Deutscher Städtetag", True),
        ("Wolfratshauser Kreisklinik", True),
        ("Los Quellos National Laboratory", True),
        ("SC Quellheim", True),
        ("Rote Karte", False),
        ("Nordic Walking", False),
    ],
)
def test_words_of_organisations(name, has_one):
    assert has_organisation_word(name) is has_one


def test_whose_something_is_that_nobody_is_sure_of():
    text = "Hamburgs Sky Quell ragt auf." + " Es regnete den ganzen Tag." * 40
    assert settled(text, [(0, 18, "ORG")], {0}) == [(0, 8, "LOC")]


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        ("Stalins", "LOC", ("Stalins", "PER")),
        ("Jordan", "LOC", None),
        ("Merkel", "ORG", None),
        ("Kanton Quell-Sana", "ORG", ("Kanton Quell-Sana", "LOC")),
        ("Freistaates Thüringen", "ORG", ("Thüringen", "LOC")),
        ("Insel Verlag", "ORG", None),
        ("Camp Quella", "PER", ("Camp Quella", "LOC")),
        ("Fulton Street", "ORG", ("Fulton Street", "LOC")),
        ("Street Quella", "ORG", None),
        ("Saint Quella", "PER", ("Saint Quella", "LOC")),
        ("USA", "ORG", ("USA", "LOC")),
        ("Berlins", "PER", ("Berlins", "LOC")),
        ("Jordan", "PER", None),
        ("Quella Airlines", "LOC", ("Quella Airlines", "ORG")),
        ("Europäische Arzneimittelagentur", "LOC", ("Europäische Arzneimittelagentur", "ORG")),
        ("Bad Quella", "LOC", None),
    ],
)
def test_places_that_were_taken_for_others_and_others_for_places(name, label, expected):
    found = with_better_borders(name, label)
    assert (found and (name[found[0] : found[1]], found[2])) == expected


def test_what_somebody_is_in_is_a_place():
    text = "Viele leben in Quellia. Quellia brannte."
    assert settled_names(text, ("Quellia", "PER")) == [("Quellia", "LOC")] * 2
    assert settled_names("Er las in Quellias Buch", ("Quellias", "PER")) == [("Quellias", "PER")]


def test_an_address_is_no_place():
    assert settled("an hamburg@quell.de", [(3, 10, "LOC")]) == []


def test_a_single_letter_is_nobody():
    assert settled_names("Das sagt die Pflegerin D. heute.", ("D.", "PER")) == []


def test_a_garden_is_not_whom_it_is_named_after():
    assert names_in_chain("Ole-Quell-Garten") == names_in_chain("Hans-Meier-Garten") == []
