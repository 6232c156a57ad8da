"""What a document remembers of a person named in full: further mentions by surname."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from searchkit.extract.lists import PLACE, lists
from searchkit.extract.names import is_compound_tail, is_first_name, role_kind
from searchkit.extract.ordered import is_free
from searchkit.extract.protocol import Mention
from searchkit.markup.spans import Span

Named = tuple[str, str, str, list[Span]]
"""Mentions that read alike: their label, their words, the name they stand for, where they stand."""

# Different names kept with what is looked for; some megabytes.
_REMEMBERED = 1 << 15
_GENITIVES = ("'s", "’s", "s", "")


def remembered(text: str, mentions: list[Mention], fulls: set[str]) -> list[Named]:
    """Further mentions of the persons that a text names in full.

    Args:
        text: the whole document.
        mentions: those known, in order, none overlapping another.
        fulls: the full names of persons among them.

    Returns:
        Mentions by surname, also inside compounds, none overlapping those known; in order.

    >>> remembered("Ole Wanderow kam. Die Wanderow-Rede", [(0, 12, "PER")], {"Ole Wanderow"})
    [('PER', 'Wanderow', 'Wanderow', [(22, 30)])]
    """
    mentioned = "\n".join([text[start:end] for start, end, _ in mentions])
    found: dict[int, tuple[Span, str]] = {}
    for bare, surname in _surnames(fulls):
        if text.count(bare) == mentioned.count(bare):
            continue  # nowhere else, which is quick to see and mostly so
        for start, end in _occurrences(text, bare):
            if (
                start not in found
                and is_free(mentions, start, end)
                and _is_mention(text, start, end)
            ):
                found[start] = ((start, end), surname)
    return [
        ("PER", text[start:end], surname, [(start, end)]) for (start, end), surname in _apart(found)
    ]


def _apart(found: dict[int, tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Of mentions that overlap, the one that begins first."""
    result: list[tuple[Span, str]] = []
    for start in sorted(found):
        if not result or result[-1][0][1] <= start:
            result.append(found[start])
    return result


def _surnames(fulls: set[str]) -> list[tuple[str, str]]:
    """The last words of full names as they are looked for, and as they are; the longest first."""
    bare: dict[str, str] = {}
    for full in sorted(fulls):
        if found := _looked_for(full):
            bare.setdefault(*found)
    return sorted(bare.items(), key=lambda item: (-len(item[0]), item[0]))


@lru_cache(_REMEMBERED)
def _looked_for(full: str) -> tuple[str, str] | None:
    """The last word of a full name, as it is looked for and as it is."""
    surname = full.split()[-1]
    if surname.endswith(".") or lists().kinds.get(surname, 0) & PLACE:
        return None  # "Johannes Paul II.", "Markus N."; "Albert von Monaco"
    article, _, rest = surname.partition("-")
    # al-Sisi is called Sisi as well.
    return rest if rest and article.islower() else surname, surname


def _occurrences(text: str, word: str) -> Iterator[Span]:
    """Where a word stands by itself or joined by hyphens, a genitive ending included."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not _is_letter(text[start - 1 : start]):
            ending = next(e for e in _GENITIVES if text.startswith(e, end))
            if not _is_letter(text[end + len(ending) : end + len(ending) + 1]):
                yield start, end + len(ending)
            elif ending and not _is_letter(text[end : end + 1]):
                yield start, end
        start = text.find(word, end)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


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
