"""The lists behind names and rules, read once from the package's data when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchkit.extract.endings import Endings

# What a word can be. One word may be several things: "Jordan" is a first name and a surname.
FIRST = 1  # first name
SURNAME = 2  # surname that can stand alone
UNSURE_NAME = 4  # common word as well: counts only inside a longer name
PLACE = 8
ORGANISATION = 16
UNSURE_PLACE = 32  # common word as well: counts only after "in", "aus", ...
COUNTRY = 64  # a place that is never a surname
NOUN = 128  # never part of a person's name
TITLE = 256  # "Frau": any capitalised word after it is a name
ROLE = 512  # "Kanzlerin": an otherwise unknown word after it is a name
CLUB_HEAD = 1024  # "Borussia"
INSTITUTION_HEAD = 2048  # "Universität"
PLACE_HEAD = 4096  # "Bad"
AREA_HEAD = 8192  # "Landkreis"
COMPANY_END = 16384  # "GmbH"
NO_ACRONYM = 32768  # "DVD"
TAIL = 65536  # "Gipfel" in "G20-Gipfel"
AFTER_OPENER = 131072  # "Linke" in "Die Linke": looked at although the word before is common
COMMON = NOUN | TAIL | NO_ACRONYM  # none of these begins a name

_DATA = Path(__file__).parent / "data"
_FIRST_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# The lists of values with their label; the first to list a form says what it stands for.
_GAZETTEERS = (
    ("cities", "LOC", PLACE),
    ("regions", "LOC", PLACE),
    ("organisations", "ORG", ORGANISATION),
    ("countries", "LOC", PLACE | COUNTRY),
)
_ADJECTIVE_ENDINGS = ("e", "en", "er", "em", "es")
_WORD_KINDS = {
    "club-heads": CLUB_HEAD,
    "institution-heads": INSTITUTION_HEAD,
    "place-heads": PLACE_HEAD,
    "area-heads": AREA_HEAD,
    "company-ends": COMPANY_END,
    "no-acronyms": NO_ACRONYM,
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything the lists say.

    Args:
        kinds: what single words can be, flags as above.
        longer: by their first word, the listed names of several words with their label, the
            longest first.
        canonical: by label, from every listed form to the name shown.
        roles: titles and roles in lower case.
        role_ends: those of at least five letters: what ends in one is a role.
        final_s: names whose s is no ending.
        place_ends: endings of German place names.
        words: further words and parts of words, by what they are for.
    """

    kinds: dict[str, int]
    longer: dict[str, list[tuple[str, str]]]
    canonical: dict[str, dict[str, str]]
    roles: dict[str, int]
    role_ends: Endings
    final_s: frozenset[str]
    place_ends: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@cache
def lists() -> Lists:
    """The lists of the package; read on the first call, within some milliseconds.

    >>> lists().canonical["LOC"]["Vereinigten Staaten"]
    'USA'
    """
    kinds: dict[str, int] = {}
    for name, flag in (("firstnames", FIRST), ("surnames", SURNAME)):
        _add_names(kinds, _words(name), flag)
    for name, flag in (("nouns", NOUN), ("tails", TAIL)):
        for word in _words(name):
            kinds[word] = kinds.get(word, 0) | flag
    canonical, longer = _gazetteers(kinds)
    words = _groups("words")
    for group, flag in _WORD_KINDS.items():
        for word in words[group]:
            kinds[word] = kinds.get(word, 0) | flag
    roles = {w: TITLE if k == "title" else ROLE for k, g in _groups("roles").items() for w in g}
    ends = tuple(w for w, flag in roles.items() if flag == ROLE and len(w) >= 4)
    return Lists(
        kinds,
        longer,
        canonical,
        roles,
        Endings(ends),
        frozenset(_words("final_s")),
        words["place-ends"],
        words,
    )


@cache
def group(name: str) -> frozenset[str]:
    """The words of one group, for looking them up.

    >>> "sagt" in group("saying")
    True
    """
    return frozenset(lists().words[name])


def _gazetteers(
    kinds: dict[str, int],
) -> tuple[dict[str, dict[str, str]], dict[str, list[tuple[str, str]]]]:
    """The names shown by label and form, and the forms of several words by their first."""
    canonical: dict[str, dict[str, str]] = {"PER": {}, "LOC": {}, "ORG": {}}
    longer: dict[str, list[tuple[str, str]]] = {}
    for name, label, flag in _GAZETTEERS:
        for form, unsure, value in _forms(name):
            canonical[label].setdefault(form, value)
            first = form if form.isalpha() else _first_word(form)
            if first == form:
                kinds[form] = kinds.get(form, 0) | (UNSURE_PLACE if unsure else flag)
            elif first:
                longer.setdefault(first, []).append((form, label))
    for first, forms in longer.items():
        forms.sort(key=lambda item: -len(item[0]))
        if kinds.get(first, 0) & NOUN:
            for second in [form.split(" ")[1] for form, _ in forms if " " in form]:
                kinds[second] = kinds.get(second, 0) | AFTER_OPENER
    return canonical, longer


def _first_word(form: str) -> str:
    match = _FIRST_WORD.match(form)
    return match[0] if match else ""


def _add_names(kinds: dict[str, int], names: list[str], flag: int) -> None:
    for name in names:
        if name.endswith("?"):
            kinds[name[:-1]] = kinds.get(name[:-1], 0) | flag | UNSURE_NAME
        else:
            kinds[name] = kinds.get(name, 0) | flag


def _lines(name: str) -> list[str]:
    text = (_DATA / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _words(name: str) -> list[str]:
    return " ".join(_lines(name)).split()


def _groups(name: str) -> dict[str, tuple[str, ...]]:
    """Lines of the form ``group: word word``; lines of the same group are joined."""
    groups: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        group, _, words = line.partition(":")
        groups[group] = groups.get(group, ()) + tuple(words.split())
    return groups


def _forms(name: str) -> list[tuple[str, bool, str]]:
    """(form, whether it is a common word too, name shown) of every form in a list of values."""
    found = []
    # "Washington, D.C." is the one form with a comma of its own.
    for entry in ",".join(_lines(name)).replace(", D.C.", "\0").split(","):
        forms = [form.strip() for form in entry.replace("\0", ", D.C.").split("=")]
        value = forms[0].rstrip("?").replace("~", "e")
        for form in forms:
            plain = form.rstrip("?")
            endings = _ADJECTIVE_ENDINGS if "~" in plain else ("",)
            found += [(plain.replace("~", end), plain != form, value) for end in endings]
    return found
