"""What stands beside a name in a text, and says what kind of thing it names."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.extract.known import is_unknown
from searchkit.extract.lists import FIRST, PLACE, lists
from searchkit.extract.names import is_compound_tail, is_name, role_kind
from searchkit.extract.protocol import Mention

# So many code points hold the word before a name, and the one behind it.
_REACH = 40
_BLANKS = (" ", "\xa0")
_QUOTES = "„“”\"»«›‹‚‘'"
_REMEMBERED = 1 << 14
# Shorter nouns are the end of too many others: Schlager, Nachbar.
_MIN_ENDING = 5

NO_ENTITY = "-"
"""Instead of a label: neither a person nor a place nor an organisation."""


def noun_before(text: str, start: int) -> str:
    """The capitalised word right before a name, quotation marks passed over; empty where none is.

    >>> noun_before("Das Magazin „Quell“ schreibt", 13)
    'Magazin'
    """
    before = text[max(0, start - _REACH) : start].rstrip(_QUOTES)
    if before[-1:] not in _BLANKS:
        return ""
    words = before.rsplit(None, 1)
    return words[-1] if words and words[-1][0].isupper() and words[-1][-1].isalpha() else ""


@lru_cache(_REMEMBERED)
def named_kind(noun: str, label: str) -> str:
    """What the noun before a name says that it is: a label, ``NO_ENTITY``, or nothing.

    Args:
        noun: the word before the name.
        label: what the name was taken for. A name of an organisation stays one behind a brand, and
            a place stays one behind a hotel.

    >>> named_kind("Impfstoffhersteller", "PER"), named_kind("Leitindex", "PER")
    ('ORG', '-')
    >>> named_kind("Kanzlerin", "PER")
    ''
    """
    if _is_one_of("organisation-nouns", noun) and not role_kind(noun):
        return "ORG"
    if label == "PER" and _is_one_of("site-nouns", noun):
        return "LOC"
    if label == "PER" and _is_one_of("house-nouns", noun):
        return NO_ENTITY
    return NO_ENTITY if _is_one_of("thing-nouns", noun) else ""


def _is_one_of(group: str, noun: str) -> bool:
    """Whether a noun, the last part of its chain or what it ends in belongs to a group."""
    nouns = lists().words[group]
    ends = tuple(n for n in nouns if len(n) >= _MIN_ENDING)
    last = noun.rpartition("-")[2].lower()
    cases = (last, last.removesuffix("s"), last.removesuffix("es"))
    return any(case in nouns or case.endswith(ends) for case in cases)


def named_otherwise(
    text: str, mentions: list[Mention], labels: dict[str, str], surnames: set[str]
) -> dict[str, str]:
    """The names that nouns before them say to be something else than they were taken for.

    One mention decides for all of a document: ``die Modefirma Quell`` once, ``Quell`` afterwards.

    Args:
        text: the whole document.
        mentions: those found.
        labels: of every name its label.
        surnames: of the persons that the document names in full.

    >>> named_otherwise("Die Modefirma Quell wächst.", [(14, 19, "PER")], {"Quell": "PER"}, set())
    {'Quell': 'ORG'}
    """
    found: dict[str, str] = {}
    for start, end, _ in mentions:
        name = text[start:end]
        label = labels[name]
        if _is_open(name, label) and name not in surnames and (noun := noun_before(text, start)):
            kind = named_kind(noun, label)
            if kind and kind != label:
                found[name] = kind
        elif _may_be_a_surname(name, label) and is_called_a_person(text, start, end, after=False):
            found[name] = "PER"
    return found


@lru_cache(_REMEMBERED)
def _is_open(name: str, label: str) -> bool:
    """Whether a name by itself leaves it open what it names."""
    if name in lists().canonical[label]:
        return False
    first = name.split(" ", 1)[0]
    if label == "PER":
        kinds = lists().kinds.get(first, 0)
        return not is_name(first) or (bool(kinds & FIRST) and first == name)
    return label == "ORG" or is_unknown(first.split("-")[0])


@lru_cache(_REMEMBERED)
def _may_be_a_surname(name: str, label: str) -> bool:
    """``Finanzsenator Kollatz``; but ``Bürgermeister Kollatz'``, whose town that may be."""
    if label != "LOC" or not name.isalpha() or name[-1] == "s":
        return False
    return name not in lists().canonical["LOC"] and not lists().kinds.get(name, 0) & PLACE


def is_backed(text: str, start: int, end: int, label: str) -> bool:
    """Whether the words beside a doubtful name say that it is one.

    >>> is_backed("Die Partei Radikale Quelle siegt.", 11, 26, "ORG")
    True
    """
    if label == "ORG":
        return named_kind(noun_before(text, start), label) == "ORG"
    return label == "PER" and is_called_a_person(text, start, end)


def is_called_a_person(text: str, start: int, end: int, *, after: bool = True) -> bool:
    """Whether a title, a role or a verb of saying stands beside a word.

    Args:
        text: the whole document.
        start: where the word begins.
        end: where it ends.
        after: whether verbs behind it count as well.

    >>> is_called_a_person("„Ja“, sagt Quell.", 11, 16)
    True
    >>> is_called_a_person("Rathauschef Quell ging.", 12, 17)
    True
    """
    if is_compound_tail(text[start:end].rpartition("-")[2]):
        return False  # "Herr Olympiasieger"
    before = text[max(0, start - _REACH) : start].split()
    if before and (before[-1] in _saying() or role_kind(before[-1].rpartition("-")[2])):
        return True
    behind = text[end : end + _REACH].split(None, 1) if after else []
    return bool(behind) and behind[0].rstrip(".,:;") in _saying()


@cache
def _saying() -> frozenset[str]:
    return frozenset(lists().words["saying"])
