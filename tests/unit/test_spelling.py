from __future__ import annotations

import numpy as np
import pytest

from searchkit.config import Correction
from searchkit.text.edit_distance import typing_cost
from searchkit.text.spelling import Speller, Suggestion

WORDS = {
    "präsident": 900,
    "präsidenten": 700,
    "gipfel": 400,
    "gipfels": 90,
    "straße": 300,
    "strasse": 30,
    "hause": 5000,
    "hauses": 800,
    "häuser": 300,
    "müller": 120,
    "regierung": 2000,
    "impfstoff": 800,
    "schifffahrt": 60,
    "imfpstoff": 2,
    "hasen": 3,
    "covid19": 99,
    "verfassungsgericht": 70,
}


def speller(words: dict[str, int] = WORDS) -> Speller:
    return Speller(Speller.build(list(words), np.array(list(words.values()), np.int64)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Praesident", "präsident"),
        ("Prasident", "präsident"),
        ("Präsidetn", "präsident"),
        ("Gipffel", "gipfel"),
        ("Giphel", "gipfel"),
        ("Strase", "straße"),
        ("Straaße", "straße"),
        ("Mueller", "müller"),
        ("Regirung", "regierung"),
        ("Tegierung", "regierung"),
        ("Schiffahrt", "schifffahrt"),
        ("Verfasungsgreicht", "verfassungsgericht"),
    ],
)
def test_typing_errors_are_corrected(typed: str, meant: str) -> None:
    assert [one.word for one in speller().suggest(typed)] == [meant]


@pytest.mark.parametrize(
    "word",
    ["Gipfel", "Straße", "Hasen", "Covid19", "Covid", "Xylophon", "Häuser", "ab", "", "x" * 99],
)
def test_what_is_right_or_like_nothing_stays(word: str) -> None:
    assert speller().suggest(word) == []


def test_a_word_that_occurs_gives_way_only_to_a_far_more_frequent_one() -> None:
    assert speller().suggest("Imfpstoff") == [Suggestion("impfstoff", 800, 0.6)]
    assert speller(WORDS | {"imfpstoff": 41}).suggest("Imfpstoff") == []


def test_suggestions_come_best_first_up_to_the_limit() -> None:
    words = [one.word for one in speller().suggest("Präsidente", limit=5)]
    assert words[:2] == ["präsident", "präsidenten"]
    assert len(speller().suggest("Präsidente", limit=1)) == 1


def test_what_is_known_elsewhere_is_not_corrected() -> None:
    assert speller().suggest("Gipfeln", known=lambda word: word == "gipfeln") == []
    assert speller().suggest("Gipfeln") != []


def test_rare_words_of_a_large_corpus_are_known_but_not_suggested() -> None:
    words = {"der": 1_000_000, "gipfelkreuz": 2, "regierung": 50}
    assert speller(words).suggest("Gipfelkreuz") == []
    assert speller(words).suggest("Gipfelkreutz") == []
    assert [one.word for one in speller(words).suggest("Regierumg")] == ["regierung"]


def test_a_word_is_suggested_as_it_is_mostly_written() -> None:
    assert speller({"strasse": 30, "straße": 31}).suggest("Strase")[0] == Suggestion(
        "straße", 61, 0.5
    )
    assert speller({"strasse": 31, "straße": 30}).suggest("Straase")[0].word == "strasse"
    assert speller({"straße": 9}).suggest("Strasse") == []


def test_the_weights_decide_how_far_a_suggestion_may_lie() -> None:
    arrays = Speller.build(["gipfel", "gipfal"], np.array([400, 19]))
    assert Speller(arrays).suggest("gipfal") == []
    bold = Correction(known_cost=1.0, known_ratio=20)
    assert [one.word for one in Speller(arrays, bold).suggest("gipfal")] == ["gipfel"]


def test_letters_that_decompose_into_many_are_no_trouble() -> None:
    long = "\uac01" * 40
    assert speller({long: 3}).suggest(long[:-1] + "\uac00") == []


def test_an_empty_corpus_suggests_nothing() -> None:
    assert speller({}).suggest("Gipfel") == []


@pytest.mark.parametrize(
    ("cheap", "dear"),
    [
        (("praesident", "präsident"), ("prasident", "präsident")),
        (("prasident", "präsident"), ("prosident", "präsident")),
        (("gipffel", "gipfel"), ("gipkfel", "gipfel")),
        (("gpifel", "gipfel"), ("gixfel", "gipfel")),
        (("gupfel", "gipfel"), ("gapfel", "gipfel")),
        (("gehn", "gehen"), ("gehe", "gehen")),
        (("gipxel", "gipfel"), ("xipfel", "gipfel")),
    ],
)
def test_common_errors_cost_less(cheap: tuple[str, str], dear: tuple[str, str]) -> None:
    assert typing_cost(*cheap) < typing_cost(*dear)
