"""Names that lists know and a tagger may miss: of several words, inside hyphen chains, and
countries and organisations of one word.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

import numpy as np

from searchkit.extract.lists import COUNTRY, ORGANISATION, PLACE, group, lists
from searchkit.extract.ordered import with_further
from searchkit.extract.patterns import compound_heads
from searchkit.extract.pieces import cut_chunk
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import Word
from searchkit.text.growing import IntArray

SECOND_WORD = 1  # of a listed name: "Osten" of "Naher Osten"; many words are of some
FIRST_WORD = 2
CHAIN = 4  # a hyphen chain with names in it: "US-Präsident"
ALONE = 8  # a country or organisation, and nothing else: "Kremls"

_CERTAIN = {PLACE | COUNTRY: "LOC", ORGANISATION: "ORG"}


def list_traits(forms: list[str]) -> IntArray:
    """What the lists say of forms: ``ALONE``, ``CHAIN``, ``FIRST_WORD``, ``SECOND_WORD`` added up.

    >>> list_traits(["Kremls", "US-Präsident", "Vereinigten", "Staaten", "Tisch"]).tolist()
    [8, 4, 2, 1, 0]
    """
    traits = FIRST_WORD * _are_in(lists().longer, forms)
    traits += SECOND_WORD * _are_in(_second_words(), forms)
    traits += ALONE * _are_in(certain_labels(), forms)
    chains = [n for n, form in enumerate(forms) if "-" in form and names_in_chain(form)]
    traits[chains] += CHAIN
    return traits


@cache
def certain_labels() -> dict[str, str]:
    """The labels of countries and organisations of one word that is nothing else, with and without
    a genitive s.

    >>> certain_labels()["Kremls"], "Jordan" in certain_labels()
    ('ORG', False)
    """
    kinds = lists().kinds
    found = {form: _CERTAIN[kind] for form, kind in kinds.items() if kind in _CERTAIN}
    found = {form: label for form, label in found.items() if form not in group("not-alone")}
    return {f"{form}s": label for form, label in found.items() if f"{form}s" not in kinds} | found


def with_alone(text: str, mentions: list[Mention], words: list[Mention]) -> list[Mention]:
    """Mentions with listed words that a tagger passed over: what the document names elsewhere, and
    what is no part of a longer name.

    Args:
        text: the whole document.
        mentions: those found, in order.
        words: further countries and organisations in it, by one word each.

    >>> text = "Der Kreml schweigt, des Kremls wegen"
    >>> with_alone(text, [(4, 9, "ORG")], [(24, 30, "ORG")])
    [(4, 9, 'ORG'), (24, 30, 'ORG')]
    >>> with_alone("die Amazon Serie", [], [(4, 10, "ORG")])
    []
    """
    further = [word for word in words if not _is_doubtful(text, *word[:2])]
    if len(further) < len(words):
        known = {_listed_as(text[start:end]) for start, end, _ in mentions + further}
        further = [w for w in words if w in further or _listed_as(text[w[0] : w[1]]) in known]
    return with_further(mentions, further)


def _is_doubtful(text: str, start: int, end: int) -> bool:
    """Whether a listed word may be part of another name, or a common word in capitals."""
    return text[start:end].isupper() or _is_continued(text, end)


def _is_continued(text: str, end: int) -> bool:
    """``Amazon Serie``, ``Volvo V50``; but ``Amazons Serie``."""
    after = text[end + 1 : end + 2]
    return (
        text[end - 1] != "s" and text[end : end + 1] == " " and (after.isupper() or after.isdigit())
    )


def _listed_as(form: str) -> str:
    """What is shown for a place or organisation; the form itself where none is listed."""
    bare = form.removesuffix("s")
    for names in (lists().canonical["ORG"], lists().canonical["LOC"]):
        found = names.get(form) or names.get(bare)
        if found:
            return found
    return form


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
