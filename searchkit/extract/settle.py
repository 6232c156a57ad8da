"""What a whole document says about single mentions: one word names one thing.

A tagger looks at one sentence at a time. A document that names "Alice Forgách" once does not mean a
town by "Forgách" later, and what it calls a place six times is no person the seventh time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache

from searchkit.extract.known import is_no_name, is_noun, is_place_only
from searchkit.extract.lists import ORGANISATION, PLACE, lists
from searchkit.extract.names import is_compound_tail, is_first_name, role_kind, without_genitive
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import PARTICLES

LONG = 1000
"""From so many code points on, what matters in a document is named twice or clearly."""

_NO_SLASH = re.compile(r"[^\s/](?:[^/]*[^\s/])?")
_SMALL = r"(?:der|den|dem|la|las|los|zu)"
_SURNAME = r"[^\W\d_a-zäöüß][\w’'-]+"
# After a first name two small words open a surname; so do any where a tagger stopped at them.
_AFTER_NAME = re.compile(rf"[ \xa0](?:von|van|de)[ \xa0]{_SMALL}[ \xa0]{_SURNAME}")
_AFTER_PARTICLE = re.compile(rf"(?:[ \xa0]{_SMALL})?[ \xa0]{_SURNAME}")
_CERTAIN = {PLACE: "LOC", ORGANISATION: "ORG"}


def settled(
    text: str, mentions: list[Mention], unsure: Collection[int] = frozenset()
) -> list[Mention]:
    """Mentions with the labels and borders that the document as a whole suggests.

    Args:
        text: the whole document.
        mentions: in order, none overlapping another.
        unsure: where mentions begin that a tagger was not sure of: in a document of
            ``LONG`` code points and more they count only if it has the name again.

    >>> text = "Alice Forgách kam nach Ulm. Forgách blieb."
    >>> settled(text, [(0, 13, "PER"), (23, 26, "LOC"), (28, 35, "LOC")])
    [(0, 13, 'PER'), (23, 26, 'LOC'), (28, 35, 'PER')]
    """
    if "/" in text:
        mentions = [part for mention in mentions for part in _parts(text, mention)]
    surnames = _surnames(text, mentions)
    if surnames:
        mentions = [part for mention in mentions for part in _two_surnames(text, mention, surnames)]
    words = [text[start:end] for start, end, _ in mentions]
    labels = _labels(mentions, words, surnames)
    counts = Counter(words) if unsure and len(text) >= LONG else {}
    result: list[Mention] = []
    reach = 0
    for (start, end, label), name in zip(mentions, words, strict=True):
        if start < reach or name[-1] == "-" or is_no_name(name):
            continue
        if start in unsure and counts.get(name) == 1 and name not in labels:
            continue
        mention = _settled(name, start, end, labels.get(name, label), surnames)
        if mention[2] == "PER":
            reach = _with_surname(text, mention[0], mention[1])
            mention = mention[0], reach, "PER"
        result.append(mention)
    return result


def _settled(name: str, start: int, end: int, label: str, surnames: set[str]) -> Mention:
    """A mention by itself, with the label and the borders that its words suggest."""
    if " " not in name:
        return start, end, "LOC" if label == "PER" and is_place_only(name) else label
    owner, _, rest = name.partition(" ")
    if owned := _owner(owner, surnames):
        return start, start + len(owner), owned
    if label != "PER":
        if _is_role_and_surname(name, label, surnames):
            return end - len(name.rpartition(" ")[2]), end, "PER"
        return start, end, label
    if owner == "von" and is_place_only(rest):
        return start + len("von "), end, "LOC"
    if name.removesuffix("s").endswith(_institutions()):
        return start, end, "ORG"
    return start, start + _whole_name(name, surnames), label


def _owner(word: str, surnames: set[str]) -> str | None:
    """The label of ``Ramelows`` before what is his, of ``Hamburgs`` before what is the town's."""
    kinds = lists().kinds
    if word[-1] != "s" or word in surnames or kinds.get(word, 0):
        return None
    if word[:-1] in surnames:
        return "PER"
    return "LOC" if kinds.get(word[:-1], 0) & PLACE else None


def _parts(text: str, mention: Mention) -> list[Mention]:
    """The names in ``Großbritannien/Schweden``; what the lists know as a whole stays whole."""
    start, end, label = mention
    name = text[start:end]
    if "/" not in name or name in lists().canonical[label]:
        return [mention]
    parts = []
    for part in _NO_SLASH.finditer(text, start, end):
        parts.append((part.start(), part.end(), label))
    return parts


def _two_surnames(text: str, mention: Mention, surnames: set[str]) -> list[Mention]:
    """``Merz Laschet``, which headlines write, are two persons where both are known."""
    start, end, label = mention
    if label != "PER":
        return [mention]
    first, _, second = text[start:end].partition(" ")
    if first in surnames and second in surnames and not is_first_name(first):
        middle = start + len(first)
        return [(start, middle, label), (middle + 1, end, label)]
    return [mention]


def _surnames(text: str, mentions: list[Mention]) -> set[str]:
    """The last words of all persons named in full, but those that are places as well."""
    kinds = lists().kinds
    names = {text[start:end] for start, end, label in mentions if label == "PER"}
    # "von Guben" may be where somebody comes from.
    found = {without_genitive(name.rsplit(" ", 1)[1]) for name in names if _is_full(name)}
    return {name for name in found if name and not kinds.get(name, 0) & (PLACE | ORGANISATION)}


def _is_full(name: str) -> bool:
    return " " in name and name[0].isupper()


def _labels(mentions: list[Mention], words: list[str], surnames: set[str]) -> dict[str, str]:
    """One label for every name that has several, or that is somebody's surname."""
    first: dict[str, str] = {}
    several = set()
    for (_, _, label), name in zip(mentions, words, strict=True):
        if first.setdefault(name, label) != label:
            several.add(name)
    labels = {name: _listed_label(name) or _most_voted(name, mentions, words) for name in several}
    if surnames:
        theirs = [n for n in first if n in surnames or (n[-1] == "s" and n[:-1] in surnames)]
        labels.update(dict.fromkeys(theirs, "PER"))
    return labels


def _most_voted(name: str, mentions: list[Mention], words: list[str]) -> str:
    votes = (label for (_, _, label), word in zip(mentions, words, strict=True) if word == name)
    return Counter(votes).most_common(1)[0][0]


def _listed_label(name: str) -> str | None:
    """The label of a word that the lists know as one thing only."""
    return _CERTAIN.get(lists().kinds.get(name, 0) & (PLACE | ORGANISATION))


def _whole_name(name: str, surnames: set[str]) -> int:
    """How much of a name belongs to it: ``Karl Geigers`` of ``Karl Geigers Chance``."""
    if "s " not in name:
        return len(name)
    end = name.find(" ") + 1
    while (stop := name.find(" ", end)) > 0:
        word = name[end:stop]
        if word[-1:] == "s" and word[:-1] in surnames and word not in surnames:
            return stop
        end = stop + 1
    return len(name)


def _with_surname(text: str, start: int, end: int) -> int:
    """Where a name ends that goes on after small words: ``Ursula`` of ``Ursula von der Leyen``."""
    words = text[start:end].split()
    is_open = words[-1] in PARTICLES
    if not (is_open or len(words) == 1) or not is_first_name(words[0]):
        return end
    rest = (_AFTER_PARTICLE if is_open else _AFTER_NAME).match(text, end)
    return rest.end() if rest else end


def _is_role_and_surname(name: str, label: str, surnames: set[str]) -> bool:
    """``Medizinethikerin Woopen``, where that is somebody's surname."""
    role, _, surname = name.rpartition(" ")
    if surname not in surnames and surname.removesuffix("s") not in surnames:
        return False
    is_role = bool(role_kind(role)) or is_compound_tail(role) or is_noun(role)
    return is_role or (label == "LOC" and " " not in role)


@cache
def _institutions() -> tuple[str, ...]:
    ends = lists().words["named-ends"]
    return (*ends, *(f" {end.removeprefix('-')}" for end in ends))
