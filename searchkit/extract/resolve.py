"""From the mentions of one document to its entities.

A person is mostly called by the full name once and by a part of it afterwards. A shorter name
stands for the longer one of the same document where exactly one fits; where two do ("Melania
Trump", "Donald Trump") the short mentions stay an entity of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from searchkit.extract.lists import lists
from searchkit.extract.names import is_compound_tail, is_first_name, is_name, role_kind
from searchkit.extract.protocol import KINDS, Extractor, Mention
from searchkit.extract.runs import CAPITALISED
from searchkit.markup.spans import Span
from searchkit.model import Entity

_Named = tuple[Span, str, str]  # where, label, name


def document_entities(text: str, extractor: Extractor) -> tuple[Entity, ...]:
    """The persons, places and organisations of a document.

    Args:
        text: the whole document; how persons are called in one part tells about the others.
        extractor: finds the mentions. Mentions with other labels than ``PER``, ``LOC``, ``ORG``,
            outside the text or inside another mention are passed over.

    Returns:
        Each entity once, with all its mentions in order, none overlapping another; by number of
        mentions, most first, then by where they are first named.

    >>> from searchkit.extract import default_extractor
    >>> text = "Präsident Wladimir Putin kam. Der Putin-Besuch dauerte einen Tag."
    >>> document_entities(text, default_extractor())
    (Entity(name='Wladimir Putin', kind='person', mentions=((10, 24), (34, 39))),)
    """
    named: list[_Named] = []
    for start, end, label in _tidy(extractor.extract(text), len(text)):
        mention = text[start:end]
        name = " ".join(extractor.canonical(mention, label).split()) or mention
        named.append(((start, end), label, name))
    named = _with_own_s(text, named)
    fulls = {name for _, label, name in named if label == "PER" and " " in name}
    if fulls:
        named = sorted(named + _remembered(text, named, fulls))
    shown = _resolution(named)
    mentions: dict[tuple[str, str], list[Span]] = {}
    for span, label, name in named:
        value = shown.get(name, name) if label == "PER" else name
        mentions.setdefault((label, value), []).append(span)
    entities = [Entity(n, KINDS[label], tuple(spans)) for (label, n), spans in mentions.items()]
    return tuple(sorted(entities, key=lambda e: (-len(e.mentions), e.mentions[0])))


def _tidy(found: list[Mention], length: int) -> Iterator[Mention]:
    reach = 0
    for start, end, label in sorted(found, key=lambda m: (m[0], -m[1])):
        if label in KINDS and reach <= start < end <= length:
            reach = end
            yield start, end, label


def _with_own_s(text: str, named: list[_Named]) -> list[_Named]:
    """Decide by the document which final s is an ending: ``Obamas`` beside ``Obama`` is.

    The name of one mention is a guess where it ends in s. An unlisted full name that the document
    writes several times and always with the s keeps it; one it writes without as well loses it.
    """
    written: dict[str, list[str]] = {}
    for (start, end), label, name in named:
        if label == "PER":
            written.setdefault(name, []).append(text[start:end])
    changed: dict[str, str] = {}
    for name, forms in written.items():
        words = name.split()
        unlisted = len(words) > 1 and not is_name(words[-1])
        if unlisted and len(forms) > 1 and all(form.endswith(f"{name}s") for form in forms):
            changed[name] = f"{name}s"
        elif name.endswith("s") and name[:-1] in written:
            changed[name] = name[:-1]
    return [
        (span, label, changed.get(name, name) if label == "PER" else name)
        for span, label, name in named
    ]


def _remembered(text: str, named: list[_Named], fulls: set[str]) -> list[_Named]:
    """Further mentions of known persons by surname, also inside compounds."""
    surnames = _surname_forms(fulls)
    taken = [span for span, _, _ in named]
    starts = [start for start, _ in taken]
    found: list[_Named] = []
    for word in CAPITALISED.finditer(text):
        if word[0] not in surnames and "-" not in word[0]:
            continue
        for start, end, surname in _surnames_in(word[0], word.start(), surnames):
            before = bisect_right(starts, start) - 1
            after = bisect_left(starts, end) - 1
            free = before == after and (before < 0 or taken[before][1] <= start)
            if free and _is_mention(text, start, end):
                found.append(((start, end), "PER", surname))
    return found


def _surname_forms(fulls: set[str]) -> dict[str, str]:
    """From every form of the last words of full names to that word."""
    forms: dict[str, str] = {}
    for full in sorted(fulls):
        surname = full.split()[-1]
        if surname.endswith("."):
            continue  # "Johannes Paul II.", "Markus N."
        article, _, rest = surname.partition("-")
        bare = rest if rest and article.islower() else surname  # al-Sisi
        for ending in ("", "s", "'s", "’s"):
            forms.setdefault(bare + ending, surname)
    return forms


def _surnames_in(
    word: str, offset: int, surnames: dict[str, str]
) -> Iterator[tuple[int, int, str]]:
    """Where a word names known persons: as a whole, or part by part where hyphens join it."""
    if word in surnames:
        yield offset, offset + len(word), surnames[word]
        return
    parts = [*word.split("-"), ""]
    reach = offset
    for part, following in pairwise(parts):
        double = f"{part}-{following}"  # the Kramp-Karrenbauer of Kramp-Karrenbauer-Rede
        name = double if double in surnames else part
        if name in surnames and offset >= reach:
            reach = offset + len(name)
            yield offset, reach, surnames[name]
        offset += len(part) + 1


def _is_mention(text: str, start: int, end: int) -> bool:
    """Whether a surname found by its letters is likely to name the person."""
    if _is_named_after(text, end):
        return False
    before = text[max(0, start - 40) : start]
    if before.endswith(" "):
        # "Eric Trump" is somebody else than the full name that is known.
        previous = before.split()[-1:] or [""]
        if is_first_name(previous[0]) and not role_kind(previous[0]):
            return False
    return not _is_homograph(text, start, end, before)


def _is_named_after(text: str, end: int) -> bool:
    if text[end : end + 1] != "-":
        return False
    stop = end
    while stop < len(text) and (text[stop].isalnum() or text[stop] == "-"):
        stop += 1
    return text[end:stop].lower().endswith(lists().words["named-after"])


def _is_homograph(text: str, start: int, end: int, before: str) -> bool:
    """``der Koch``, ``Kurz vor zwölf``: the surname as the common word it also is."""
    word = text[start:end]
    groups = lists().words
    if not (is_compound_tail(word) or role_kind(word) or word in groups["everyday-surnames"]):
        return False
    last = before.rstrip(" ").rsplit(" ", 1)[-1].rsplit("\n", 1)[-1]
    opens = not last or last[-1] in '.!?:"„»“'
    return opens or last.lower() in groups["determiners"]


def _resolution(named: list[_Named]) -> dict[str, str]:
    """From every person's name in a document to the name shown for the person."""
    counts = Counter(name for _, label, name in named if label == "PER")
    # By first and by last word: a short name shares one of them with the long one.
    sharing: dict[str, list[str]] = {}
    for name in counts:
        words = name.split()
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            sharing.setdefault(word, []).append(name)
    longest = {name: _longest_fits(name, sharing.get(name.split()[-1], [])) for name in counts}
    groups: dict[str, list[str]] = {}
    for name, fits in longest.items():
        groups.setdefault(fits[0] if len(fits) == 1 else name, []).append(name)
    shown = {}
    for whole, members in groups.items():
        full = [name for name in members if " " in name] or [whole]
        best = max(full, key=lambda name: counts[name])
        shown.update(dict.fromkeys(members, best))
    return shown


def _longest_fits(name: str, names: list[str]) -> list[str]:
    """The longest names that a name may be short for: itself where there is no longer one."""
    fitting = [other for other in names if other != name and _fits(name, other)]
    longest = [o for o in fitting if not any(p != o and _fits(o, p) for p in fitting)]
    return longest or [name]


def _fits(short: str, long: str) -> bool:
    """Whether a name leaves out words of a longer one but neither invents nor reorders any.

    One word fits as first name or surname; several must share the surname.
    """
    few, many = short.split(), long.split()
    if len(few) >= len(many):
        return False
    if len(few) == 1:
        return few[0] in (many[0], many[-1])
    rest = iter(many)
    return few[-1] == many[-1] and all(word in rest for word in few)
