"""What a whole document says about single mentions: one word names one thing.

A tagger looks at one sentence at a time. A document that names "Alice Forgách" once does not mean a
town by "Forgách" later, and what it calls a place six times is no person the seventh time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from searchkit.extract.borders import (
    are_two,
    end_with,
    goes_on_with,
    parts_of,
    two_surnames,
    with_better_borders,
)
from searchkit.extract.context import NO_ENTITY, is_backed, left_open, named_otherwise
from searchkit.extract.known import (
    is_no_name,
    is_no_organisation,
    is_noun,
    is_organisation_only,
    is_place_only,
    is_substance,
)
from searchkit.extract.lists import ORGANISATION, PLACE, lists
from searchkit.extract.names import is_compound_tail, role_kind, without_genitive
from searchkit.extract.protocol import Mention
from searchkit.extract.writing import is_headline

LONG = 1000
"""From so many code points on, what matters in a document is named twice or clearly."""

_CERTAIN = {PLACE: "LOC", ORGANISATION: "ORG"}
# Different words kept with what is kept of them; a few megabytes.
_REMEMBERED = 1 << 16

_Kept = tuple[int, int, str, re.Pattern[str] | None]
"""Of a name: where in it what is kept begins and ends, its label, what it may go on with."""

_Judged = tuple[_Kept | None, int]
"""What is kept of a name, and what it leaves open."""


def settled(
    text: str, mentions: list[Mention], unsure: Collection[int] = frozenset()
) -> list[Mention]:
    """Mentions with the labels and borders that the document as a whole suggests.

    Args:
        text: the whole document.
        mentions: in order, none overlapping another.
        unsure: where mentions begin that a tagger was not sure of: in a document of
            ``LONG`` code points and more they count only if it has the name again, or words
            beside it say what it names.

    >>> text = "Alice Forgách kam nach Ulm. Forgách blieb."
    >>> settled(text, [(0, 13, "PER"), (23, 26, "LOC"), (28, 35, "LOC")])
    [(0, 13, 'PER'), (23, 26, 'LOC'), (28, 35, 'PER')]
    """
    if "/" in text or ";" in text:
        mentions = [part for mention in mentions for part in parts_of(text, mention)]
    words, kinds = _columns(text, mentions)
    fulls = {name for name, kind in zip(words, kinds, strict=True) if kind == "PER" and " " in name}
    # "Ole Quell von Quellax" is who is "Ole Quell" elsewhere.
    from_where = {n for n in fulls if " von " in n and n.partition(" von ")[0] in fulls}
    surnames = _surnames(fulls - from_where)
    if surnames and any(are_two(name, surnames) for name in fulls):
        mentions = [part for mention in mentions for part in two_surnames(text, mention, surnames)]
        words, kinds = _columns(text, mentions)
    kept = _all_kept(text, mentions, words, _labels(words, kinds, surnames), surnames, from_where)
    return [
        *_remaining(text, mentions, words, kept, _weak(text, mentions, words, unsure, surnames))
    ]


def _weak(
    text: str,
    mentions: list[Mention],
    words: list[str],
    unsure: Collection[int],
    surnames: set[str],
) -> set[int]:
    """Where mentions begin that count only if words beside them say what they name."""
    if not unsure or len(text) < LONG:
        return set()
    counts = Counter(words)
    return {
        start
        for (start, _, _), name in zip(mentions, words, strict=True)
        if start in unsure and counts[name] == 1 and not _is_surname(name, surnames)
    }


def _remaining(
    text: str,
    mentions: list[Mention],
    words: list[str],
    kept: dict[str, _Kept | None],
    weak: set[int],
) -> Iterator[Mention]:
    """The mentions that are kept, as what they are kept."""
    has_address = "@" in text
    reach = 0
    for (start, _, kind), name in zip(mentions, words, strict=True):
        found = kept[name]
        if start < reach or not found:
            continue
        if has_address and text[start + len(name) : start + len(name) + 1] == "@":
            continue
        first, after, label, rest = found
        # What became something else by what its words say is no longer the tagger's guess.
        if start in weak and label == kind and not is_backed(text, start, start + len(name), kind):
            continue
        end = start + after
        if label == "PER":
            reach = end = end_with(rest, text, end) if rest else end
        yield start + first, end, label


def _columns(text: str, mentions: list[Mention]) -> tuple[list[str], list[str]]:
    """What mentions read like, and their labels."""
    return [text[start:end] for start, end, _ in mentions], [label for _, _, label in mentions]


def _all_kept(
    text: str,
    mentions: list[Mention],
    words: list[str],
    labels: dict[str, str],
    surnames: set[str],
    from_where: set[str],
) -> dict[str, _Kept | None]:
    """What is kept of mentions of each name.

    Args:
        text: the whole document.
        mentions: those found.
        words: what they read like.
        labels: of every name its label; gets those that the text says.
        surnames: of persons named in full.
        from_where: the names that go on with where the person is from.
    """
    judged = {name: _judged(name, label) for name, label in labels.items()}
    doubts = {name: doubt for name, (_, doubt) in judged.items() if doubt}
    told = named_otherwise(text, mentions, words, labels, doubts, surnames)
    labels |= told
    judged.update((name, _judged(name, label)) for name, label in told.items())
    kept = {
        name: _kept(name, label, surnames)
        if " " in name and _hangs_on_others(name, label, surnames)
        else judged[name][0]
        for name, label in labels.items()
    }
    # What the text says weighs more than that the lists know the word as a place.
    for name in labels.keys() & {*surnames, *(f"{name}s" for name in surnames), *told}:
        if labels[name] == "PER" and kept[name] and not is_organisation_only(name):
            kept[name] = 0, len(name), "PER", None
    for name in from_where & kept.keys():
        kept[name] = 0, name.index(" von "), "PER", None
    return kept


def _hangs_on_others(name: str, label: str, surnames: set[str]) -> bool:
    """Whether surnames of others have a say in what is kept of a name of several words."""
    if label == "PER" and "s " not in name:
        return False
    words = name.split(" ")
    if not surnames.isdisjoint(words):
        return True
    return "s" in name and not surnames.isdisjoint([w[:-1] for w in words if w[-1:] == "s"])


def _kept(name: str, label: str, surnames: set[str]) -> _Kept | None:
    """What is kept of mentions of a name in a document with some surnames; ``None`` where it is
    no name.
    """
    if label == NO_ENTITY or len(name.rstrip(".")) == 1 or name[-1] == "-" or is_no_name(name):
        return None
    if (label == "ORG" and is_no_organisation(name)) or is_substance(name):
        return None
    if label == "ORG" and is_headline(name) and name not in lists().canonical["ORG"]:
        return None
    if label == "PER" and (
        (name[-1].isdigit() and " " in name) or (name[:2].isupper() and is_no_organisation(name))
    ):
        return None  # "Johannes 16", "OPs"
    start, end, label = _settled(name, label, surnames)
    return start, end, label, goes_on_with(name[start:end]) if label == "PER" else None


@lru_cache(_REMEMBERED)
def _judged(name: str, label: str) -> _Judged:
    """What a name is by itself, where other names in the document have no say in it."""
    return _kept(name, label, set()), left_open(name, label) if label != NO_ENTITY else 0


def _settled(name: str, label: str, surnames: set[str]) -> Mention:
    """A name by itself, with the label and the borders that its words suggest."""
    end = len(name)
    if name not in surnames and (better := with_better_borders(name, label)):
        return better
    if " " not in name:
        return 0, end, "LOC" if label == "PER" and is_place_only(name) else label
    owner, _, rest = name.partition(" ")
    if owned := _owner(owner, surnames):
        return 0, len(owner), owned
    if label != "PER":
        if _is_role_and_surname(name, label, surnames):
            return end - len(name.rpartition(" ")[2]), end, "PER"
        return 0, end, label
    if owner == "von" and is_place_only(rest):
        return len("von "), end, "LOC"
    if name.endswith(_institutions()):
        return 0, end, "ORG"
    return 0, _whole_name(name, surnames), label


def _owner(word: str, surnames: set[str]) -> str | None:
    """The label of ``Ramelows`` before what is his, of ``Hamburgs`` before what is the town's."""
    kinds = lists().kinds
    if word[-1] != "s" or word in surnames or kinds.get(word, 0):
        return None
    if word[:-1] in surnames:
        return "PER"
    return "LOC" if kinds.get(word[:-1], 0) & PLACE else None


def _surnames(fulls: set[str]) -> set[str]:
    """The last words of persons named in full, but those that are places as well."""
    kinds = lists().kinds
    # "von Guben" may be where somebody comes from.
    found = {without_genitive(name.rsplit(" ", 1)[1]) for name in fulls if name[0].isupper()}
    return {name for name in found if name and not kinds.get(name, 0) & (PLACE | ORGANISATION)}


def _labels(words: list[str], kinds: list[str], surnames: set[str]) -> dict[str, str]:
    """One label for every name; its own, unless it has several or is somebody's surname."""
    labels = dict(zip(words, kinds, strict=True))
    if [*map(labels.__getitem__, words)] != kinds:
        several = {n for n, kind in zip(words, kinds, strict=True) if labels[n] != kind}
        for name in several:
            labels[name] = _listed_label(name) or _most_voted(name, words, kinds)
    if surnames:
        theirs = [n for n in labels if n in surnames or (n[-1] == "s" and n[:-1] in surnames)]
        labels.update(dict.fromkeys(theirs, "PER"))
    return labels


def _is_surname(name: str, surnames: set[str]) -> bool:
    """Whether a name is one of some surnames, with or without an s behind it."""
    return name in surnames or (name[-1:] == "s" and name[:-1] in surnames)


def _most_voted(name: str, words: list[str], kinds: list[str]) -> str:
    votes = (label for label, word in zip(kinds, words, strict=True) if word == name)
    return Counter(votes).most_common(1)[0][0]


def _listed_label(name: str) -> str | None:
    """The label of a word that the lists know, without its s perhaps, as one thing only."""
    kinds = lists().kinds
    found = kinds.get(name) or (kinds.get(name[:-1], 0) if name[-1] == "s" else 0)
    return _CERTAIN.get(found & (PLACE | ORGANISATION))


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


def _is_role_and_surname(name: str, label: str, surnames: set[str]) -> bool:
    """``Medizinethikerin Woopen``, where that is somebody's surname."""
    role, _, surname = name.rpartition(" ")
    if not _is_surname(surname, surnames):
        return False
    is_role = bool(role_kind(role)) or is_compound_tail(role) or is_noun(role)
    return is_role or (label == "LOC" and " " not in role)


@cache
def _institutions() -> tuple[str, ...]:
    ends = lists().words["named-ends"]
    ends = (*ends, *(f" {end.removeprefix('-')}" for end in ends))
    return tuple(f"{end}{case}" for end in ends for case in ("", "s", "es"))
