from __future__ import annotations

import numpy as np
import pytest

from searchkit.text.completion import Completer

WORDS = {
    "Müller": 120,
    "Mühle": 40,
    "Museum": 300,
    "neue": 900,
    "Neubau": 50,
    "Wladimir Putin": 700,
    "Putin": 800,
    "Straße": 60,
    "Bad Homburg": 12,
    "Bad Bad": 5,
    "Erdoğan": 30,
    "Alpha": 7,
    "Alphabet": 7,
}


def words(prefix: str, limit: int = 10) -> list[str]:
    completer = Completer(Completer.build(list(WORDS), np.array(list(WORDS.values()), np.int64)))
    return [word for word, _ in completer.complete(prefix, limit)]


@pytest.mark.parametrize("prefix", ["mue", "mü", "MÜ", "mu\u0308"])
def test_umlauts_are_found_however_they_are_typed(prefix: str) -> None:
    assert words(prefix) == ["Müller", "Mühle"]


def test_a_plain_vowel_finds_both() -> None:
    assert words("mu") == ["Museum", "Müller", "Mühle"]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("putin", ["Putin", "Wladimir Putin"]),
        ("wladimir p", ["Wladimir Putin"]),
        ("  wladimir   p", ["Wladimir Putin"]),
        ("bad ", ["Bad Homburg", "Bad Bad"]),
        ("bad b", ["Bad Bad"]),
        ("strass", ["Straße"]),
        ("straß", ["Straße"]),
        ("neue", ["neue"]),
        ("erdog", ["Erdoğan"]),
        ("Müseu", ["Museum"]),
        ("alph", ["Alpha", "Alphabet"]),
        ("zzz", []),
        ("", []),
        (" ", []),
    ],
)
def test_prefixes_find_words_by_frequency(prefix: str, expected: list[str]) -> None:
    assert words(prefix) == expected


def test_the_limit_keeps_the_most_frequent() -> None:
    assert words("m", limit=1) == ["Museum"]


def test_counts_come_along_and_an_empty_corpus_completes_nothing() -> None:
    arrays = Completer.build(["Gipfel"], np.array([3]))
    assert Completer(arrays).complete("gip") == [("Gipfel", 3)]
    assert Completer(Completer.build([], np.zeros(0, np.int64))).complete("gip") == []
