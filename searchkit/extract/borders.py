"""Where a name begins and ends, and what it names, as its own words say."""

from __future__ import annotations

import re
from functools import cache

from searchkit.extract.known import has_organisation_word, is_noun, is_organisation_only
from searchkit.extract.lists import (
    AREA_HEAD,
    COMPANY_END,
    FIRST,
    INSTITUTION_HEAD,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    SURNAME,
    UNSURE_NAME,
    UNSURE_PLACE,
    group,
    lists,
)
from searchkit.extract.names import (
    adjective_stem,
    is_first_name,
    is_name,
    role_kind,
    without_genitive,
)
from searchkit.extract.patterns import compound_heads
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import PARTICLES, Word
from searchkit.extract.writing import (
    CLOSERS,
    OPENERS,
    in_small_letters,
    is_in_capitals,
    is_unclosed,
)

_SMALL = r"(?:der|den|dem|la|las|los|zu)"
_SURNAME = r"[^\W\d_a-zäöüß][\w’'-]+"
# After a first name two small words open a surname; so do any where a tagger stopped at them.
_AFTER_NAME = rf"[ \xa0](?:von|van|de)[ \xa0]{_SMALL}[ \xa0]{_SURNAME}"
_AFTER_PARTICLE = re.compile(rf"(?:[ \xa0]{_SMALL})?[ \xa0]{_SURNAME}")
_MARKED = rf"[^\n{re.escape(OPENERS + CLOSERS)}]{{0,24}}[{re.escape(CLOSERS)}]"
# A second capitalised word may be the surname, or the noun behind it: see ``end_with``.
_NAMES = rf"(?P<first>[ \xa0]{_SURNAME})(?P<second>[ \xa0]{_SURNAME})?"
_AFTER_MARK = re.compile(rf"(?![a-zäöüß]){_MARKED}{_NAMES}")
_NICKNAME = rf"[ \xa0][„“\"»«‚‘'](?=[^\W\d_a-zäöüß]){_MARKED}[ \xa0]{_SURNAME}"
_PART = re.compile(r"[^\s/;](?:[^/;]*[^\s/;])?")
# "AutorinMascha", where a line break between words was lost.
_JOINT = re.compile(r"[a-zäöüß](?=[A-ZÄÖÜ][a-zäöüß])")


def with_better_borders(name: str, label: str) -> Mention | None:
    """What of a name is kept, and as what; ``None`` where its words say nothing.

    Args:
        name: a mention as it stands in the text.
        label: what it was taken for.

    Returns:
        Where in the name what is kept begins and ends, and its label.

    >>> with_better_borders("Pfizer", "PER")
    (0, 6, 'ORG')
    >>> with_better_borders("Schalkes Ole Quell", "PER"), with_better_borders("Ole Quell", "PER")
    ((9, 18, 'PER'), None)
    """
    if is_in_capitals(name) and (other := _in_capitals(name, label)):
        return 0, len(name), other
    if " " not in name:
        other = _other_label(name, label)
        return (0, len(name), other) if other else None
    words = name.split(" ")
    found = _person_inside(name, words, label)
    if not found and label != "LOC":
        found = _place_behind(name, words) or _place_called(name, words, label)
    if not found and label == "LOC" and _is_organisation(words):
        found = 0, len(name), "ORG"
    if not found and label == "PER":
        found = _before_others(name, words)
    return found


def goes_on_with(name: str) -> re.Pattern[str] | None:
    """What a person's name goes on with after small words: ``Ursula`` of ``Ursula von der Leyen``;
    ``None`` where it does not.

    >>> rest = goes_on_with("Ursula")
    >>> end_with(rest, "Ursula von der Leyen kam", len("Ursula")) if rest else 0
    20
    >>> rest = goes_on_with("Andreas „Andi")
    >>> end_with(rest, "Andreas „Andi“ Quell kam", len("Andreas „Andi")) if rest else 0
    20
    """
    if is_unclosed(name):
        return _AFTER_MARK
    words = name.split()
    is_open = words[-1] in PARTICLES
    if not (is_open or len(words) == 1) or not is_first_name(words[0]):
        return None
    return _AFTER_PARTICLE if is_open else _after_first_name()


@cache
def _after_first_name() -> re.Pattern[str]:
    """Small words and a surname, or a surname that taggers take for the common word it also is."""
    everyday = "|".join(lists().words["everyday-surnames"])
    return re.compile(rf"{_AFTER_NAME}|[ \xa0](?:{everyday})(?![\w-])|{_NICKNAME}")


def end_with(rest: re.Pattern[str], text: str, end: int) -> int:
    """Where a name ends that may go on."""
    found = rest.match(text, end)
    if found and rest is _AFTER_MARK and not is_first_name(found["first"][1:]):
        return found.end("first")
    return found.end() if found else end


def parts_of(text: str, mention: Mention) -> list[Mention]:
    """The names in ``Großbritannien/Schweden``, ``dpa; Reuters``; what the lists know as a whole
    stays whole.
    """
    start, end, label = mention
    name = text[start:end]
    if ("/" not in name and ";" not in name) or name in lists().canonical[label]:
        return [mention]
    parts = []
    for part in _PART.finditer(text, start, end):
        first, _, rest = part[0].partition(" ")
        is_person = rest and is_first_name(first)
        parts.append((part.start(), part.end(), "PER" if is_person else label))
    return parts


def are_two(name: str, surnames: set[str]) -> bool:
    """Whether ``Merz Laschet``, which headlines write, are two persons: where both are known."""
    first, _, second = name.partition(" ")
    return second in surnames and first in surnames and not is_first_name(first)


def two_surnames(text: str, mention: Mention, surnames: set[str]) -> list[Mention]:
    """The one mention, or those of two persons."""
    start, end, label = mention
    name = text[start:end]
    if label != "PER" or not are_two(name, surnames):
        return [mention]
    middle = start + name.index(" ")
    return [(start, middle, label), (middle + 1, end, label)]


def _in_capitals(name: str, label: str) -> str:
    """What a name in capitals is that lists know in small letters; empty where they do not."""
    small = in_small_letters(name)
    canonical = lists().canonical
    if label == "LOC" or name in canonical["ORG"]:
        return ""
    if small in canonical["LOC"]:
        return "" if small in canonical["ORG"] or is_name(small) else "LOC"
    words = small.split(" ")
    is_person = len(words) > 1 and is_first_name(words[0]) and is_name(words[-1])
    return "PER" if is_person and label == "ORG" else ""


def _other_label(word: str, label: str) -> str:
    """What the lists say that a single word is and can be nothing else; empty where they do not."""
    if label == "ORG":
        names = lists().canonical
        return "LOC" if word.isupper() and word in names["LOC"] and word not in names["ORG"] else ""
    listed = _kinds(word) & (ORGANISATION | FIRST | SURNAME | PLACE)
    if listed == ORGANISATION or (is_organisation_only(word) and not is_name(word)):
        return "ORG"
    kinds = _kinds(without_genitive(word)) | _kinds(word)
    if label == "PER":
        return "LOC" if kinds & PLACE and not kinds & (FIRST | SURNAME | ORGANISATION) else ""
    is_surname = kinds & SURNAME and not kinds & (PLACE | UNSURE_PLACE | UNSURE_NAME | FIRST)
    return "PER" if is_surname else ""


def _place_behind(name: str, words: list[str]) -> Mention | None:
    """The place in ``Kanton Quell``, ``Landes Berlin``; the listed one without what it is."""
    head = words[0].removesuffix("es") if words[0].endswith("es") else words[0].removesuffix("s")
    is_area = (_kinds(words[0]) | _kinds(head)) & AREA_HEAD or words[0] in group("area-names")
    if not is_area or has_organisation_word(name[len(words[0]) :]):
        return None
    rest = " ".join(words[1:])
    start = len(words[0]) + 1 if rest in lists().canonical["LOC"] else 0
    return start, len(name), "LOC"


def _place_called(name: str, words: list[str], label: str) -> Mention | None:
    """``Fulton Street``, ``Denver Airport``; ``Saint Vincent``, which no person is called."""
    is_place = words[-1] in group("site-ends")
    if label == "PER" and not is_place:
        kinds = _kinds(words[0])
        is_place = bool(kinds & PLACE_HEAD) and not kinds & FIRST
    return (0, len(name), "LOC") if is_place else None


def _is_organisation(words: list[str]) -> bool:
    """Whether a supposed place is ``Brussels Airlines``, ``Europäische Fußball-Union``."""
    last = words[-1]
    if _kinds(last) & COMPANY_END or last in group("organisation-ends"):
        return True
    is_described = bool(adjective_stem(words[0]))
    return is_described and last.lower().endswith(lists().words["feminine-heads"])


def _person_inside(name: str, words: list[str], label: str) -> Mention | None:
    """The person behind ``AutorinMascha``, ``Kata-Bundestrainer``, ``Schalkes``."""
    joint = _JOINT.search(words[0])
    if joint and is_first_name(words[0][joint.end() :]):
        return joint.end(), len(name), "PER"
    behind = len(words[0]) + 1
    if len(words) > 2 and is_first_name(words[1]) and not is_first_name(words[0]):
        if label == "PER":
            is_led = words[0][-1] == "s" and _kinds(words[0][:-1]) & (PLACE | ORGANISATION)
        else:
            is_led = role_kind(words[0].rpartition("-")[2])
        return (behind, len(name), "PER") if is_led else None
    return None


def _before_others(name: str, words: list[str]) -> Mention | None:
    """What the last word of a supposed person's name says: a company, something of the person's."""
    last = words[-1]
    if _kinds(last) & (COMPANY_END | INSTITUTION_HEAD) or last in group("organisation-ends"):
        return 0, len(name), "ORG"
    before = len(name) - len(last) - 1
    if "-" in last and len(words) > 2 and compound_heads(_as_word(last), lists().kinds):
        return 0, before, "PER"  # "Ole Quell Brasilien-Anleger"
    owner = words[0]
    is_owner = owner[-1] in "s'’" and not _kinds(owner)
    if is_owner and len(words) == 2 and is_noun(last):
        return 0, before, "PER"
    return None


def _as_word(form: str) -> Word:
    return Word(0, len(form), form, _kinds(form))


def _kinds(word: str) -> int:
    return lists().kinds.get(word, 0)
