"""What stands beside a name in a text, and says what kind of thing it names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from searchkit.extract.endings import Endings
from searchkit.extract.known import is_unknown
from searchkit.extract.lists import FIRST, PLACE, group, lists
from searchkit.extract.names import is_compound_tail, is_name, role_kind
from searchkit.extract.protocol import Mention

# So many code points hold the word before a name, and the one behind it.
_REACH = 40
_BLANKS = (" ", "\xa0")
_QUOTES = "„“”\"»«›‹‚‘'"
_REMEMBERED = 1 << 16
# Shorter nouns are the end of too many others: Schlager, Nachbar.
_MIN_ENDING = 5

# What a name leaves open: nothing, what it names, whether it is a person's and no place's.
_CLEAR, _OPEN, _MAYBE_SURNAME = 0, 1, 2

NO_ENTITY = "-"
"""Instead of a label: neither a person nor a place nor an organisation."""


def noun_before(text: str, start: int) -> str:
    """The capitalised word right before a name, quotation marks passed over; empty where none is.

    >>> noun_before("Das Magazin „Quell“ schreibt", 13)
    'Magazin'
    """
    end = start
    while end and text[end - 1] in _QUOTES:
        end -= 1
    if not end or text[end - 1] not in _BLANKS:
        return ""
    end -= 1
    first = text.rfind(" ", max(0, end - _REACH), end) + 1
    if not first:
        first = max(0, end - _REACH)
    noun = text[first:end]
    if not noun[:1].isupper() and noun.isalpha():
        return ""  # which most are
    if not noun[-1:].isalpha():
        return ""
    noun = noun.split()[-1]
    return noun if noun[0].isupper() else ""


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


def _is_one_of(kind: str, noun: str) -> bool:
    """Whether a noun, the last part of its chain or what it ends in belongs to a group."""
    nouns, ends = _nouns(kind)
    last = noun.rpartition("-")[2].lower()
    cases = (last, last.removesuffix("s"), last.removesuffix("es"))
    return any(case in nouns or ends.end(case) for case in cases)


@cache
def _nouns(kind: str) -> tuple[frozenset[str], Endings]:
    """The nouns of a group, and those that count as the end of a compound, too."""
    nouns = group(kind)
    return nouns, Endings(noun for noun in nouns if len(noun) >= _MIN_ENDING)


def named_otherwise(
    text: str,
    mentions: list[Mention],
    words: list[str],
    labels: dict[str, str],
    doubts: Mapping[str, int],
    surnames: set[str],
) -> dict[str, str]:
    """The names that nouns before them say to be something else than they were taken for.

    One mention decides for all of a document: ``die Modefirma Quell`` once, ``Quell`` afterwards.

    Args:
        text: the whole document.
        mentions: those found.
        words: what they read like.
        labels: of every name its label.
        doubts: of names what ``left_open`` says of them, where that is not nothing.
        surnames: of the persons that the document names in full.

    >>> text, found = "Die Modefirma Quell wächst.", [(14, 19, "PER")]
    >>> doubts = {"Quell": left_open("Quell", "PER")}
    >>> named_otherwise(text, found, ["Quell"], {"Quell": "PER"}, doubts, set())
    {'Quell': 'ORG'}
    """
    found: dict[str, str] = {}
    for (start, end, _), name in zip(mentions, words, strict=True):
        doubt = doubts.get(name, _CLEAR)
        if doubt == _CLEAR or name in surnames:
            continue
        if doubt == _OPEN:
            noun = noun_before(text, start)
            kind = named_kind(noun, labels[name]) if noun else ""
            if not noun and labels[name] == "PER" and _is_inside(text, start, name):
                kind = "LOC"
            if kind and kind != labels[name]:
                found[name] = kind
        elif is_called_a_person(text, start, end, after=False):
            found[name] = "PER"
    return found


def _is_inside(text: str, start: int, name: str) -> bool:
    """``in Moria``; but ``in Quells Haus``."""
    is_led = text[start - 3 : start] == "in " and text[start - 4 : start - 3].isspace()
    return is_led and name.isalpha() and name[-1] != "s"


def left_open(name: str, label: str) -> int:
    """What a name by itself leaves open; 0 where that is nothing.

    >>> left_open("Angela Merkel", "PER")
    0
    """
    known = lists()
    if name in known.canonical[label]:
        return _CLEAR
    first = name.split(" ", 1)[0]
    if label == "PER":
        is_alone = first == name and bool(known.kinds.get(first, 0) & FIRST)
        return _OPEN if is_alone or not is_name(first) else _CLEAR
    if label == "ORG" or is_unknown(first.split("-")[0]):
        return _OPEN
    # "Finanzsenator Kollatz"; but "Bürgermeister Kolls", whose town that may be.
    is_surname_like = name.isalpha() and name[-1] != "s" and not known.kinds.get(name, 0) & PLACE
    return _MAYBE_SURNAME if is_surname_like else _CLEAR


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
    if before and (before[-1] in group("saying") or role_kind(before[-1].rpartition("-")[2])):
        return True
    behind = text[end : end + _REACH].split(None, 1) if after else []
    return bool(behind) and behind[0].rstrip(".,:;") in group("saying")
