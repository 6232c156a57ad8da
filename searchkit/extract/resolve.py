"""From the mentions of one document to its entities.

A person is mostly called by the full name once and by a part of it afterwards. A shorter name
stands for the longer one of the same document where exactly one fits; where two do ("Melania
Trump", "Donald Trump") the short mentions stay an entity of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from searchkit.extract.final_s import last_word, with_own_s, with_s_as_elsewhere
from searchkit.extract.letter_case import with_case_as_elsewhere
from searchkit.extract.memory import Named, remembered
from searchkit.extract.name_cache import remembered_names
from searchkit.extract.names import is_first_name
from searchkit.extract.protocol import KINDS, BatchExtractor, CutExtractor, Extractor, Mention
from searchkit.markup.spans import Span
from searchkit.model import Entity
from searchkit.text.known_chunks import CutText

Names = Mapping[str, Mapping[str, str]]

# No name has more code points. What a tagger takes for longer ones is mostly no text.
_LONGEST = 300
# Nor has what stands between a line's end and a surname below, or a first name, more than these.
_PARTICLES = 24


def document_entities(text: str, extractor: Extractor) -> tuple[Entity, ...]:
    """The persons, places and organisations of a document.

    Args:
        text: the whole document; how persons are called in one part tells about the others.
        extractor: finds the mentions. Mentions with other labels than ``PER``, ``LOC``, ``ORG``,
            outside the text or inside another mention are passed over, and such as no name is as
            long as.

    Returns:
        Each entity once, with all its mentions in order, none overlapping another; by number of
        mentions, most first, then by where they are first named.

    >>> from searchkit.extract import default_extractor
    >>> text = "Präsident Wladimir Putin kam. Der Putin-Besuch dauerte einen Tag."
    >>> document_entities(text, default_extractor())
    (Entity(name='Wladimir Putin', kind='person', mentions=((10, 24), (34, 39))),)
    """
    return resolve(text, extractor.extract(text), remembered_names(extractor.canonical))


class EntityFinder:
    """Finds the entities of many documents, and remembers what their mentions stand for.

    Args:
        extractor: finds the mentions; of many documents at once where it can
            (``BatchExtractor``).

    >>> from searchkit.extract import default_extractor
    >>> [len(found) for found in EntityFinder(default_extractor()).of(["Bonn", "Köln, Ulm"])]
    [1, 2]
    """

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._names = remembered_names(extractor.canonical)

    def of(
        self, texts: Sequence[str], cuts: Sequence[CutText | None] = ()
    ) -> Iterator[tuple[Entity, ...]]:
        """The entities of each document, as ``document_entities`` finds them, in less time.

        Args:
            texts: whole documents; some hundred at a time serve best.
            cuts: what the texts were cut into at white space, where all of them were; some
                extractors need not do it again (``CutExtractor``).
        """
        found = _mentions(texts, self._extractor, [cut for cut in cuts if cut])
        for text, mentions in zip(texts, found, strict=True):
            yield resolve(text, mentions, self._names)


def _mentions(
    texts: Sequence[str], extractor: Extractor, cuts: Sequence[CutText]
) -> list[list[Mention]]:
    alike = len(cuts) == len(texts) and len({id(cut.known) for cut in cuts}) == 1
    if alike and isinstance(extractor, CutExtractor):
        return extractor.extract_cut(texts, cuts)
    if isinstance(extractor, BatchExtractor):
        return extractor.extract_many(texts)
    return [extractor.extract(text) for text in texts]


def resolve(text: str, mentions: list[Mention], names: Names) -> tuple[Entity, ...]:
    """The entities that mentions in a document stand for.

    Args:
        text: the whole document.
        mentions: in any order; see ``document_entities``.
        names: by label, from the words of a mention to the name it stands for.
    """
    tidy = _across_lines(text, _tidy(mentions, len(text)), names["PER"])
    named = with_case_as_elsewhere(_named(text, tidy, names))
    named = with_s_as_elsewhere(with_own_s(text, named))
    fulls = {name for label, _, name, _ in named if label == "PER" and " " in name}
    further = remembered(text, tidy, fulls) if fulls else []
    if further:
        # Everything behind this point tells what a document names first by the order.
        named = with_s_as_elsewhere(sorted(named + further, key=_first_span))
    return _entities(named)


def _named(text: str, mentions: list[Mention], names: Names) -> list[Named]:
    """The names of mentions. Half of what a document mentions reads as something before it."""
    alike: dict[tuple[str, str], list[Span]] = {}
    for start, end, label in mentions:
        alike.setdefault((label, text[start:end]), []).append((start, end))
    return [(label, form, names[label][form], spans) for (label, form), spans in alike.items()]


def _first_span(named: Named) -> Span:
    return named[3][0]


def _entities(named: list[Named]) -> tuple[Entity, ...]:
    """Each entity once, by number of mentions, then by where it is first named."""
    shown = _resolution(named)
    spans: dict[tuple[str, str], list[Span]] = {}
    for label, _, name, places in named:
        value = (label, shown.get(name, name) if label == "PER" else name)
        known = spans.get(value)
        # Sorting two runs that ascend is joining them.
        spans[value] = places if known is None else sorted(known + places)
    entities = [Entity(name, KINDS[label], tuple(s)) for (label, name), s in spans.items()]
    # They are in the order in which they are first named, which sorting keeps.
    return tuple(sorted(entities, key=lambda entity: -len(entity.mentions)))


def _tidy(found: list[Mention], length: int) -> list[Mention]:
    """Mentions in order, none overlapping another, none that cannot be one."""
    reach = 0
    for start, end, label in found:
        if not reach <= start < end <= min(length, start + _LONGEST) or label not in KINDS:
            return [*_made_tidy(found, length)]
        reach = end
    return found


def _made_tidy(found: list[Mention], length: int) -> Iterator[Mention]:
    reach = 0
    # Of those that begin together the longest first.
    for start, end, label in sorted(found, key=lambda mention: (mention[0], -mention[1])):
        if label in KINDS and reach <= start < end <= min(length, start + _LONGEST):
            reach = end
            yield start, end, label


def _across_lines(text: str, mentions: list[Mention], persons: Mapping[str, str]) -> list[Mention]:
    """Mentions with those put together that are a name parted by the end of a line.

    Where lines are wrapped or broken at links, extractors find a first name, and below it a
    surname. Below one another stand names in lists, too, but seldom a single first name.
    """
    whole: list[Mention] = []
    for mention in mentions:
        start, end, label = mention
        if label == "PER" and (first := _first_name_above(text, start)) >= 0:
            is_mention = bool(whole) and whole[-1][1] > first
            is_whole = is_mention and (
                whole[-1][2] != "PER" or not is_first_name(persons[_text(text, whole[-1])])
            )
            if not is_whole and not is_first_name(text[start:end].split()[0]):
                mention = (whole.pop()[0] if is_mention else first, end, label)
        whole.append(mention)
    return whole


def _text(text: str, mention: Mention) -> str:
    return text[mention[0] : mention[1]]


def _first_name_above(text: str, start: int) -> int:
    """Where a first name begins that ends the line above a name; -1 where there is none."""
    line = text.rfind("\n", max(0, start - _PARTICLES), start)
    if line < 0 or text[line + 1 : start].rstrip() not in ("", "von", "van", "de"):
        return -1
    before = text[max(0, line - _PARTICLES) : line].rstrip(" \xa0\t\r")
    words = before.split()
    if not words or before[-1].isspace() or not all(map(is_first_name, words[-1].split("-"))):
        return -1
    return max(0, line - _PARTICLES) + len(before) - len(words[-1])


def _resolution(named: list[Named]) -> dict[str, str]:
    """From the names of persons in a document that are shown otherwise to the names shown."""
    counts: dict[str, int] = {}
    for label, _, name, spans in named:
        if label == "PER":
            counts[name] = counts.get(name, 0) + len(spans)
    full_names = [name for name in counts if " " in name]
    if not full_names:
        return {}
    # By first and by last word: a short name shares one of them with the long one.
    sharing: dict[str, list[str]] = {}
    for name in full_names:
        words = name.split(" ")
        for word in {words[0], words[-1]}:
            sharing.setdefault(word, []).append(name)
    groups: dict[str, list[str]] = {}
    for name in counts:
        candidates = sharing.get(last_word(name), ())
        fits = _longest_fits(name, candidates) if candidates else (name,)
        groups.setdefault(fits[0] if len(fits) == 1 else name, []).append(name)
    shown: dict[str, str] = {}
    for whole, members in groups.items():
        if members != [whole]:
            full = [name for name in members if " " in name] or [whole]
            best = max(full, key=counts.__getitem__)
            shown.update(dict.fromkeys(members, best))
    return shown


def _longest_fits(name: str, names: Sequence[str]) -> Sequence[str]:
    """The longest names that a name may be short for: itself where there is no longer one."""
    if len(names) == 1 and names[0] == name:
        return names
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
