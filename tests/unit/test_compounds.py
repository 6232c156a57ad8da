from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.compound_fold import fold_words, hash_words
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.word_counts import WordCounts

RIGHT = """
Gipfel|treffen Klima|gipfel Verteidigung.s|minister Energie|märkte Cyber|angriffe
Präsidentschaft.s|wahlen Sicherheit.s|berater Bund.es|verfassung.s|gericht
Flüchtling.s|unterkunft Auto|bahn|raststätte Schul|hof Kirch|turm Corona|krise
Donau|dampf|schiff|fahrt.s|gesellschaft Schiff|fahrt Energie|maerkte KLIMA|GIPFEL klima|gipfel
Straße.n|verkehr Druck|erzeugnisse Kinder|garten Tag.e|buch Hund.e|hütte Bund.es|regierung
Frieden.s|vertrag Herz.ens|wunsch Städte|bau Öl|preis Groß|stadt Fahr|plan Schul|jahr Übung.s|leiter
Parlament.s|wahl Steuer|zahler Wahl|kampf Frau.en|quote
"""
"""Right splits: ``|`` at a cut, ``.`` before a linking element."""

WHOLE = """
Staatsangehörigkeit Hierarchie Hierarchien Plantage Plantagen Staubecken Lautbach Lauterbach
Versendung Denktasch Verbrennung Transport Handlung Kombination Haushalt Bundestag Unterkunft
Zusammenarbeit Eigenschaft Mannschaft Minister Teilnehmer Moderator Systematisch Produktion
Donnerstag Samstag Dienstag Rosenheim Steinmeier Ludwigshafen Zimmermann
Frankfurt Schäuble problematisch herausgegeben
Autorinnen Sekretärin Kürzungen Universität Information Schwierigkeiten Demonstranten Sendung
"""


@pytest.fixture(scope="module")
def splitter() -> CompoundSplitter:
    return CompoundSplitter(WordCounts.seed())


def _marked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    word, spans = "", []
    for piece in marked.split("|"):
        part, _, link = piece.partition(".")
        spans.append((len(word), len(word) + len(part)))
        word += part + link
    return word, tuple(spans)


@pytest.mark.parametrize("marked", RIGHT.split())
def test_known_compounds_split(splitter: CompoundSplitter, marked: str) -> None:
    word, spans = _marked(marked)
    assert splitter.split([word]) == [spans]


@pytest.mark.parametrize("word", WHOLE.split())
def test_known_wholes_stay(splitter: CompoundSplitter, word: str) -> None:
    assert splitter.split([word]) == [()]


def test_a_batch_gives_what_single_words_give(splitter: CompoundSplitter) -> None:
    words = [_marked(marked)[0] for marked in RIGHT.split()] + WHOLE.split()
    random.Random(1).shuffle(words)
    assert splitter.split(words) == [splitter.split([word])[0] for word in words]


def test_no_words_and_odd_words(splitter: CompoundSplitter) -> None:
    assert splitter.split([]) == []
    odd = ["", "a", "x" * 5000, "Klima2gipfel", "Климатический", "\ud800" * 9, "klimagipfel\0"]
    assert splitter.split(odd) == [()] * len(odd)


def test_a_cut_never_falls_inside_a_written_out_umlaut() -> None:
    counts = WordCounts.from_words(
        ["kraftwerka", "erzeugung"],
        counts=np.ones(2, np.float32),
        capitals=np.full(2, 255, np.uint8),
        links=np.ones(2, np.uint16),
        modifiers=np.zeros(2, np.uint8),
        heads=np.zeros(2, np.uint8),
    )
    splitter = CompoundSplitter(counts)
    assert splitter.split(["kraftwerkaerzeugung"]) == [((0, 10), (10, 19))]
    assert splitter.split(["kraftwerkärzeugung"]) == [()]


def test_a_corpus_teaches_new_parts_and_capitals(splitter: CompoundSplitter) -> None:
    words = ["Zorbulan", "Haus", "und", "Zorbulanminister"]
    merged = splitter.merged(words, np.array([50, 40, 900, 10]), np.array([50, 40, 0, 10]))
    assert splitter.split(["Zorbulanminister"]) == [()]
    assert merged.split(["Zorbulanminister"]) == [((0, 8), (8, 16))]
    assert merged.split(["Klimagipfel"]) == splitter.split(["Klimagipfel"])


def test_merging_nothing_changes_nothing(splitter: CompoundSplitter) -> None:
    merged = splitter.merged([], np.zeros(0), np.zeros(0))
    assert merged.counts is splitter.counts


def test_counts_survive_storage() -> None:
    seed = WordCounts.seed()
    again = WordCounts.from_arrays(seed.to_arrays())
    assert all(np.array_equal(a, again.to_arrays()[name]) for name, a in seed.to_arrays().items())
    assert (np.diff(seed.hashes.astype(np.float64)) > 0).all()


def test_the_shipped_words_are_those_hashed() -> None:
    from searchkit.text import word_counts

    with np.load(word_counts._SEED_FILE) as stored:
        words = stored["words"].tobytes().decode("ascii").split("\n")
    assert np.array_equal(hash_words(fold_words(words)), WordCounts.seed().hashes)
    assert word_counts._SEED_FILE.stat().st_size < 1_500_000


_letters = st.text(st.sampled_from("abdefghiklmnoprstuäöüßKSGBE"), max_size=30)


@given(st.lists(st.one_of(_letters, st.text(max_size=12)), max_size=6))
def test_parts_lie_in_order_inside_their_words(words: list[str]) -> None:
    for word, spans in zip(words, CompoundSplitter(WordCounts.seed()).split(words), strict=True):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(start < end for start, end in spans)
        assert not spans or (spans[0][0] == 0 and spans[-1][1] == len(word) and len(spans) > 1)


@given(st.lists(_letters, min_size=1, max_size=5))
def test_case_does_not_matter(words: list[str]) -> None:
    splitter = CompoundSplitter(WordCounts.seed())
    lowered = [word.lower() for word in words]
    assert splitter.split(words) == splitter.split(lowered)
