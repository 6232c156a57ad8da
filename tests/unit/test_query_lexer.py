"""The expressions behind the lexer: the same on every Python, and linear."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import searchkit
from searchkit.query.lexer import tokenise


def tokens(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenise(text, {"titel"}.__contains__)]


def test_chunks_and_phrases_with_escapes() -> None:
    assert tokens(r"""a\ b\~c~x Lehrer(in) "x\"y" "z\\" "a\" """) == [
        ("chunk", "a\\"),
        ("chunk", r"b\~c~x"),
        ("chunk", "Lehrer(in)"),
        ("phrase", r"x\"y"),
        ("phrase", r"z\\"),
        ("stray", '"'),
        ("chunk", r"a\""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "\\",
        "\\a",
        "~",
        "a~",
        "Lehrer(in)",
        '"',
        '"\\"',
        '"a',
        "„a",
        "a:",
        "(",
        "^",
        "~1",
        "d:..",
        "d:„",
        'd:"a"..',
    ],
)
def test_time_grows_with_the_length_only(text: str) -> None:
    begin = time.process_time()
    for whole in (text * (50_000 // len(text)), '"' + text * (50_000 // len(text))):
        tokens(whole)
        [*tokenise(whole, str.isalpha, str.isalpha)]
        [*tokenise(f"d:{text}" * (50_000 // len(text)), str.isalpha, str.isalpha)]
    # A quadratic scan takes minutes.
    assert time.process_time() - begin < 5


def test_only_single_characters_are_repeated_possessively() -> None:
    """CPython before 3.11.5 mishandles ``(...)*+`` and ``(?>...)``."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,{}]+\})\+|\(\?>")
    for file in Path(searchkit.__file__).parent.rglob("*.py"):
        assert not possessive.search(file.read_text(encoding="utf-8")), file
