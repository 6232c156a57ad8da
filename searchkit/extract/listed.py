"""Names that lists know and a tagger may miss: of several words, and inside hyphen chains."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

import numpy as np

from searchkit.extract.lists import lists
from searchkit.extract.patterns import compound_heads
from searchkit.extract.pieces import cut_chunk
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import Word
from searchkit.text.growing import IntArray

SECOND_WORD = 1  # of a listed name: "Osten" of "Naher Osten"; many words are of some
FIRST_WORD = 2
CHAIN = 4  # a hyphen chain with names in it: "US-Präsident"


def list_traits(forms: list[str]) -> IntArray:
    """What the lists say of forms: ``CHAIN``, ``FIRST_WORD`` and ``SECOND_WORD`` added up.

    >>> list_traits(["US-Präsident", "Vereinigten", "Staaten", "Tisch"]).tolist()
    [4, 2, 1, 0]
    """
    traits = FIRST_WORD * _are_in(lists().longer, forms)
    traits += SECOND_WORD * _are_in(_second_words(), forms)
    chains = [n for n, form in enumerate(forms) if "-" in form and names_in_chain(form)]
    traits[chains] += CHAIN
    return traits


def _are_in(known: Container[str], forms: list[str]) -> IntArray:
    """Which forms are among known ones, as 0 and 1."""
    return np.fromiter(map(known.__contains__, forms), np.int32, len(forms))


def names_in_chain(form: str) -> list[Mention]:
    """The names inside a hyphen chain, offsets counted from its beginning.

    >>> names_in_chain("Putin-Trump-Gipfel")
    [(0, 5, 'PER'), (6, 11, 'PER')]
    """
    kinds = lists().kinds
    return compound_heads(Word(0, len(form), form, kinds.get(form, 0)), kinds)


def listed_name(text: str, start: int, first_word: str) -> Mention | None:
    """The longest listed name of several words that begins with a word of a text.

    >>> listed_name("im Nahen Osten", 3, "Nahen")
    (3, 14, 'LOC')
    """
    for form, label in lists().longer.get(first_word, ()):
        if text.startswith(form, start):
            end = form_end(text, start + len(form))
            if end:
                return start, end, label
    return None


def form_end(text: str, end: int) -> int:
    """Where a listed form ends, its genitive s included; 0 where it is part of a longer word."""
    if text[end : end + 1] == "s" and text[end - 1] != "s":
        end += 1
    after = text[end : end + 1]
    return 0 if after and (after.isalnum() or after == "_") else end


@cache
def _second_words() -> frozenset[str]:
    found: set[str] = set()
    for first, forms in lists().longer.items():
        for form, _ in forms:
            found.update(piece for piece, _, _ in cut_chunk(form[len(first) :].split()[0]))
    return frozenset(found)
