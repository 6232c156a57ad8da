"""From the mentions of one document to its entities.

A person is mostly called by the full name once and by a part of it afterwards. A shorter name
stands for the longer one of the same document where exactly one fits; where two do ("Melania
Trump", "Donald Trump") the short mentions stay an entity of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from searchkit.extract.memory import Named, remembered
from searchkit.extract.names import is_name
from searchkit.extract.protocol import KINDS, BatchExtractor, CutExtractor, Extractor, Mention
from searchkit.markup.spans import Span
from searchkit.model import Entity
from searchkit.text.known_chunks import CutText

# No name has more code points. What a tagger takes for longer ones is mostly no text.
_LONGEST = 300


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
    return resolve(text, extractor.extract(text), extractor.canonical)


def documents_entities(
    texts: Sequence[str], extractor: Extractor, cuts: Sequence[CutText | None] = ()
) -> Iterator[tuple[Entity, ...]]:
    """The entities of each of many documents, as ``document_entities`` finds them, in less time.

    Args:
        texts: whole documents; some hundred at a time serve best.
        extractor: finds the mentions; all at once where it can (``BatchExtractor``).
        cuts: what the texts were cut into at white space, where all of them were; some extractors
            need not do it again (``CutExtractor``).

    >>> from searchkit.extract import default_extractor
    >>> [len(found) for found in documents_entities(["Bonn", "Köln, Ulm"], default_extractor())]
    [1, 2]
    """
    found = _mentions(texts, extractor, [cut for cut in cuts if cut])
    for text, mentions in zip(texts, found, strict=True):
        yield resolve(text, mentions, extractor.canonical)


def _mentions(
    texts: Sequence[str], extractor: Extractor, cuts: Sequence[CutText]
) -> list[list[Mention]]:
    alike = len(cuts) == len(texts) and len({id(cut.known) for cut in cuts}) == 1
    if alike and isinstance(extractor, CutExtractor):
        return extractor.extract_cut(texts, cuts)
    if isinstance(extractor, BatchExtractor):
        return extractor.extract_many(texts)
    return [extractor.extract(text) for text in texts]


def resolve(
    text: str, mentions: list[Mention], canonical: Callable[[str, str], str]
) -> tuple[Entity, ...]:
    """The entities that mentions in a document stand for.

    Args:
        text: the whole document.
        mentions: in any order; see ``document_entities``.
        canonical: gives the name of a mention by its text and label.
    """
    named: list[Named] = []
    for start, end, label in _tidy(mentions, len(text)):
        mention = text[start:end]
        name = _tidied(canonical(mention, label)) or mention
        named.append(((start, end), label, name))
    named = _with_own_s(text, named)
    further = remembered(text, named)
    if further:
        named = _with_own_s(text, sorted(named + further))
    shown = _resolution(named)
    spans: dict[tuple[str, str], list[Span]] = {}
    for span, label, name in named:
        value = shown.get(name, name) if label == "PER" else name
        spans.setdefault((label, value), []).append(span)
    entities = [Entity(name, KINDS[label], tuple(s)) for (label, name), s in spans.items()]
    # They are in the order in which they are first named, which sorting keeps.
    return tuple(sorted(entities, key=lambda entity: -len(entity.mentions)))


@lru_cache(1 << 16)
def _tidied(name: str) -> str:
    return " ".join(name.split())


def _tidy(found: list[Mention], length: int) -> Iterator[Mention]:
    reach = 0
    if len({start for start, _, _ in found}) == len(found):
        found = sorted(found)
    else:
        found = sorted(found, key=lambda mention: (mention[0], -mention[1]))  # the longest first
    for start, end, label in found:
        if label in KINDS and reach <= start < end <= min(length, start + _LONGEST):
            reach = end
            yield start, end, label


def _with_own_s(text: str, named: list[Named]) -> list[Named]:
    """Decide by the document which final s is an ending: ``Obamas`` beside ``Obama`` is.

    The name of one mention is a guess where it ends in s. An unlisted full name that the document
    writes several times and always with the s keeps it; one it writes without as well loses it.
    """
    changed = _changed_persons(text, named)
    others = {(label, name) for _, label, name in named if label != "PER"}
    if not changed and not any(name[-1] == "s" for _, name in others):
        return named
    return [
        (span, label, changed.get(name, name) if label == "PER" else _plain(label, name, others))
        for span, label, name in named
    ]


def _changed_persons(text: str, named: list[Named]) -> dict[str, str]:
    """The names of persons that get or lose an s."""
    written: dict[str, list[str]] = {}
    has_s = False
    for (start, end), label, name in named:
        if label == "PER":
            written.setdefault(name, []).append(text[start:end])
            has_s = has_s or text[end - 1] == "s" or name[-1] == "s"
    changed: dict[str, str] = {}
    if not has_s:
        return changed
    by_surname: dict[str, list[str]] = {}
    for name, forms in written.items():
        by_surname.setdefault(name.rsplit(" ", 1)[-1], []).extend(forms)
    for name in written:
        surname = name.rsplit(" ", 1)[-1]
        forms = by_surname[surname]
        always = len(forms) > 1 and all(form.endswith(f"{surname}s") for form in forms)
        if always and surname != name and not is_name(surname):
            changed[name] = f"{name}s"
        elif name.endswith("s") and name[:-1] in written:
            changed[name] = name[:-1]
    # "Knieps" beside "Franz Knieps", which was found to keep its s.
    kept = {full.rsplit(" ", 1)[-1] for name, full in changed.items() if full > name}
    for name, forms in written.items():
        if f"{name}s" in kept and all(form.endswith(f"{name}s") for form in forms):
            changed[name] = f"{name}s"
    return changed


def _plain(label: str, name: str, others: set[tuple[str, str]]) -> str:
    """A place or organisation without its s where the document writes it without as well."""
    return name[:-1] if name[-1] == "s" and (label, name[:-1]) in others else name


def _resolution(named: list[Named]) -> dict[str, str]:
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
