"""The entities of the seed text: all there, none false."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.extract.registry import default_extractor
from searchkit.extract.resolve import document_entities
from searchkit.extract.rules import RuleExtractor

SEED = Path(__file__).parents[2] / "seeds" / "000_46bd2b4e575b1249.txt"
PERSONS = {"Donald Trump", "Wladimir Putin", "John Bolton", "Sergei Schoigu", "Juri Uschakow"}
PLACES = {
    "Helsinki", "Finnland", "Washington", "Russland", "USA", "Syrien", "Israel", "Ukraine",
    "Nordkorea", "Argentinien", "Naher Osten",
}  # fmt: skip
ORGANISATIONS = {"NATO", "Kreml", "The Hill", "G20"}


@pytest.fixture(params=[default_extractor, RuleExtractor])
def entities(request):
    text = SEED.read_text(encoding="utf-8").removeprefix(" date 2018-07 ")
    return text, document_entities(text, request.param())


def test_all_and_only_these(entities):
    _, found = entities
    by_kind = {kind: {e.name for e in found if e.kind == kind} for kind in {e.kind for e in found}}
    assert by_kind == {"person": PERSONS, "place": PLACES, "organisation": ORGANISATIONS}


@pytest.mark.parametrize("name", ["Donald Trump", "Wladimir Putin"])
def test_presidents_are_counted_wherever_they_are_named(entities, name):
    text, found = entities
    surname = name.split()[1]
    entity = next(e for e in found if e.name == name)
    assert len(entity.mentions) == text.count(surname)
    assert all(surname in text[start:end] for start, end in entity.mentions)


def test_adjectives_are_no_places(entities):
    text, found = entities
    usa = next(e for e in found if e.name == "USA")
    for start, end in usa.mentions:
        assert not text[start : end + 12].startswith(("US-amerik", "US-Amerik"))
