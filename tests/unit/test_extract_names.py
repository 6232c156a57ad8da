"""From mentions to names, one mention at a time."""

from __future__ import annotations

import pytest

from searchkit.extract.lists import ROLE, lists
from searchkit.extract.names import canonical_name, role_kind


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Putins", "Putin"),
        ("Angela Merkels", "Angela Merkel"),
        ("Präsident Putin", "Putin"),
        ("US-Präsident Donald Trump", "Donald Trump"),
        ("Herrschings Rathauschef Schiller", "Schiller"),
        ("Verbraucherschützerin Rehberg", "Rehberg"),
        ("Thomas Bischof Huber", "Thomas Bischof Huber"),
        ("#Merkel", "Merkel"),
        ("Prof. Dr. Christian Drosten", "Christian Drosten"),
        ("Putin-Besuch", "Putin"),
        ("Annegret Kramp-Karrenbauer", "Annegret Kramp-Karrenbauer"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
        ("Johannes Paul II.", "Johannes Paul II."),
        ("Jens", "Jens"),
        ("Thomas", "Thomas"),
        ("Bill Gates", "Bill Gates"),
        ("Martin Schulz'", "Martin Schulz"),
        ("Roland Joffé’s", "Roland Joffé"),
        ("Angela  \n Merkel", "Angela Merkel"),
        ("Mer\u00adkel", "Merkel"),
        ("Ange\u200bla\u2060 Merkel\ufeff", "Angela Merkel"),
        ("Putin🎉", "Putin"),
        ("Sonja 👍🏽", "Sonja"),
        ("👍", "👍"),
        ('Peter "Snakebite" Wright', "Peter Wright"),
        ("Dwayne „The Rock“ Johnson", "Dwayne Johnson"),
        ("Andreas „Andi", "Andreas"),
        ("Gerhard »", "Gerhard"),
        ("Max (Nick Romeo Reimann", "Max"),
        ("Jens) Spahn", "Jens Spahn"),
        ("Marty” Weiss", "Marty Weiss"),
        ("Tedros [Adhanom] Ghebreyesus", "Tedros Adhanom Ghebreyesus"),
        ("Tedros [Adhanom", "Tedros"),
        ("Charles d'Artagnan", "Charles d'Artagnan"),
        ("Alessio D‘Amato", "Alessio D‘Amato"),
        ("ANGELA MERKEL", "Angela Merkel"),
        ("URSULA VON DER LEYENS", "Ursula von der Leyen"),
        ("URSULA VON DER LEYEN", "Ursula von der Leyen"),
        ("CARLO O'NEILL", "Carlo O'Neill"),
        ("DUMB", "DUMB"),
    ],
)
def test_persons(mention, name):
    assert canonical_name(mention, "PER") == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Russlands", "Russland"),
        ("Brüssel", "Brüssel"),
        ("Paris", "Paris"),
        ("Wales", "Wales"),
        ("US", "USA"),
        ("Vereinigten Staaten von Amerika", "USA"),
        ("Vereinigten Staaten", "USA"),
        ("Nahen Ostens", "Naher Osten"),
        ("Nordrhein-Westfalens", "Nordrhein-Westfalen"),
        ("NRW", "Nordrhein-Westfalen"),
        ("MÜNCHEN", "München"),
        ("FRANKFURT AM MAIN", "Frankfurt am Main"),
        ("DEU [Deutschland", "DEU"),
        ("Côte d‘Azur", "Côte d‘Azur"),
        ("Brunnthal 14", "Brunnthal"),
        ("Quellheimer Straße 51", "Quellheimer Straße"),
        ("Terminal 2", "Terminal 2"),
        ("Quell-Watch 4", "Quell-Watch 4"),
        ("DDR", "DDR"),
        ("Köln-Deutz", "Köln-Deutz"),
        ("US-Präsident", "USA"),
        ("Amerika", "Amerika"),
    ],
)
def test_places(mention, name):
    assert canonical_name(mention, "LOC") == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Vereinten Nationen", "UN"),
        ("UNO", "UN"),
        ("Nato", "NATO"),
        ("BUNDESTAG", "Bundestag"),
        ("Cyber \u200b\u200bWarfare GmbH", "Cyber Warfare GmbH"),
        ("Apple™", "Apple"),
        ("Europäischen Union", "EU"),
        ("Deutschen Lufthansa", "Deutsche Lufthansa"),
        ("Bundestages", "Bundestag"),
        ("G20-Gipfel", "G20"),
        ("Weißen Hauses", "Weißes Haus"),
        ("EU-Kommission", "EU-Kommission"),
        ("Julius-Maximilians-Universität", "Julius-Maximilians-Universität"),
        ("Siemens", "Siemens"),
        ("Deutschen Lehrerverbandes", "Deutscher Lehrerverband"),
        ("Bundesamtes für Wanderwesen", "Bundesamt für Wanderwesen"),
        ("Kassenärztlichen Quellvereinigung", "Kassenärztliche Quellvereinigung"),
        ("Ole-Wanderow-Instituts", "Ole-Wanderow-Institut"),
        ("Wanderower Hauses", "Wanderower Haus"),
        ("Berliner Philharmoniker", "Berliner Philharmoniker"),
        ("Deutsche Reiseverband", "Deutscher Reiseverband"),
        ("Deutschen Theater", "Deutsches Theater"),
        ("Europäischen Auswärtigen Dienstes", "Europäischer Auswärtiger Dienst"),
        ("Neuen Quellheimer Zeitung", "Neue Quellheimer Zeitung"),
        ("Fischer Bank", "Fischer Bank"),
        ("Deutsche Quellen", "Deutsche Quellen"),
        ("Grünen", "Die Grünen"),
    ],
)
def test_organisations(mention, name):
    assert canonical_name(mention, "ORG") == name


@pytest.mark.parametrize("label", ["LOC", "ORG"])
def test_every_name_shown_is_its_own_name(label):
    for name in set(lists().canonical[label].values()):
        assert canonical_name(name, label) == name


def test_a_name_is_never_empty():
    for label in ("PER", "LOC", "ORG", "MISC"):
        assert canonical_name("'", label) == "'"
        assert canonical_name("\u200b", label) == "\u200b"


def test_other_labels_keep_their_text():
    assert canonical_name("Präsident  Putins", "MISC") == "Präsident Putins"


@pytest.mark.parametrize("word", ["Künstlern", "Regisseuren", "Ministern", "Außenministern"])
def test_roles_are_known_in_the_plural(word):
    assert role_kind(word) == ROLE
