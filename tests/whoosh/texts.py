"""Documents for the tests of Whoosh's view: made up, small, with everything the analysis knows."""

from __future__ import annotations

import random
from typing import Any

from searchkit.engine.whoosh.index import ArrayIndex, ArrayStorage

WORDS = """Gipfel Gipfeltreffen Treffen Präsident Präsidenten Regierung Bundesregierung Bund Haus
Krankenhaus Hausarzt Arzt Ärztin Straße Strasse Putin Trump Helsinki Washington schön schon Weg
wegen und der die das nicht in von Wald Waldbrand Brand Feuer Feuerwehr Wehr läuft laufen gelaufen
Putin-Trump-Gipfel Bürger:innen Lehrer*in Müller U-Bahn Bahn Bahnhof Hof""".split()
SOURCES = ("dpa", "Berliner Bote", "Tageblatt")
DATES = (None, "2018", "2018-07", "2018-07-16", "2019-01-01", "2017-12-31")

Fields = dict[str, Any]

BY_HAND: tuple[Fields, ...] = (
    {
        "id": "gipfel",
        "title": "Das Gipfeltreffen von Helsinki",
        "text": "Der Gipfel von Helsinki begann. Nach dem Putin-Trump-Gipfel reiste Trump ab.",
        "date": "2018-07-16",
        "source": "dpa",
        "pages": 3,
    },
    {
        "id": "wald",
        "text": "Der Waldbrand läuft auf die Straße zu; Bürger:innen helfen der Feuerwehr.",
        "date": "2018-07",
        "source": "Tageblatt",
        "pages": 12.5,
    },
    {"id": "leer", "text": "", "title": "Nur ein Titel", "source": "dpa"},
)


def made_up(count: int, seed: int = 1) -> list[Fields]:
    """Documents of random words, the same for the same seed."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        fields: Fields = {"id": f"d{number:03}"}
        words = chance.choices(WORDS, k=chance.randint(0, 60))
        fields["text"] = " ".join(words) + "."
        if chance.random() < 0.6:
            fields["title"] = " ".join(chance.choices(WORDS, k=chance.randint(1, 6)))
        if date := chance.choice(DATES):
            fields["date"] = date
        if chance.random() < 0.8:
            fields["source"] = chance.choice(SOURCES)
        if chance.random() < 0.7:
            fields["pages"] = chance.choice((-2, 0, 1, 7, 12.5, 300))
        found.append(fields)
    return found


def written(
    storage: ArrayStorage, *commits: list[Fields], delete: tuple[str, ...] = ()
) -> ArrayIndex:
    """An index with a segment for each commit; some documents are deleted at last."""
    index = storage.create_index()
    for documents in commits:
        writer = index.writer()
        for fields in documents:
            writer.add_document(**fields)
        writer.commit(merge=False)
    if delete:
        writer = index.writer()
        for document_id in delete:
            writer.delete_by_term("id", document_id)
        writer.commit(merge=False)
    return index


def shown(value: object) -> str:
    """A parameter in the name of its test: the same in every process, unlike the order of a set."""
    if isinstance(value, set | frozenset):
        return " ".join(sorted(map(str, value)))
    return repr(value)
