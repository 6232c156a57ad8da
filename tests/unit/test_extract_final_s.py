"""Whose the s at the end of a name is."""

from __future__ import annotations

import re

import pytest

from searchkit.extract.final_s import with_own_s
from searchkit.extract.name_cache import remembered_names
from searchkit.extract.names import canonical_name
from searchkit.extract.resolve import resolve


def names(text: str, *mentions: tuple[str, str]) -> list[str]:
    spans = [
        (*found.span(), label)
        for words, label in mentions
        for found in re.finditer(rf"\b{words}\b", text)
    ]
    return [entity.name for entity in resolve(text, spans, remembered_names(canonical_name))]


@pytest.mark.parametrize(
    ("text", "mention", "label", "name"),
    [
        ("Das sagt Ole Rohndes.", "Ole Rohndes", "PER", "Ole Rohndes"),
        ("Senatorin Ina Rohndes (SPD) kam.", "Ina Rohndes", "PER", "Ina Rohndes"),
        ("Die Vorsitzende Ina Rohndes hofft.", "Ina Rohndes", "PER", "Ina Rohndes"),
        ("Es war so. Ole Rohndes sagt nichts.", "Ole Rohndes", "PER", "Ole Rohndes"),
        ("Es war so. Ole Rohndes einst enge Freundin", "Ole Rohndes", "PER", "Ole Rohnde"),
        ("Von Prof. Dr. Ole Rohndes, dem Leiter", "Ole Rohndes", "PER", "Ole Rohndes"),
        ("Minister Ole Rohndes lehnt ab.", "Ole Rohndes", "PER", "Ole Rohndes"),
        ("Ein Buch von Rohndes, das", "Rohndes", "PER", "Rohndes"),
        ("In Quellons, dem Dorf", "Quellons", "LOC", "Quellons"),
        ("Annelins’ Hut", "Annelins", "PER", "Annelins"),
        # Somebody's or something's, or it may be.
        ("Senatorin Ina Rohndes Rede", "Ina Rohndes", "PER", "Ina Rohnde"),
        ("Minister Ole Rohndes neuer Plan", "Ole Rohndes", "PER", "Ole Rohnde"),
        ("Der Tod Ole Rohndes.", "Ole Rohndes", "PER", "Ole Rohnde"),
        ("Eine Sprecherin Rohndes.", "Rohndes", "PER", "Rohnde"),
        ("Der Minister Quellons, der", "Quellons", "LOC", "Quellon"),
        ("In Quellons Straßen", "Quellons", "LOC", "Quellon"),
        ("Das sagt Putins.", "Putins", "PER", "Putin"),
    ],
)
def test_what_stands_around_a_name(text, mention, label, name):
    assert names(text, (mention, label)) == [name]


def test_all_mentions_of_a_surname_have_it_in_common():
    text = "Ina Rohndes kam. Rede von Rohndes."
    assert names(text, ("Ina Rohndes", "PER"), ("Rohndes", "PER")) == ["Ina Rohndes"]


def test_the_document_writes_the_name_without():
    text = "Das sagt Ole Rohndes. Da kam Ole Rohnde wieder."
    assert names(text, ("Ole Rohndes", "PER"), ("Ole Rohnde", "PER")) == ["Ole Rohnde"]


def test_a_first_name_is_that_of_the_full_name():
    text = "Annelins Quell kam. Da lachte Annelins Hund."
    assert names(text, ("Annelins Quell", "PER")) == ["Annelins Quell"]
    named = [
        ("PER", "Annelins Quell", "Annelins Quell", [(0, 14)]),
        ("PER", "Annelins", "Annelin", [(30, 38)]),
    ]
    assert with_own_s(text, named)[1][2] == "Annelins"
