"""Runs of capitalised words: where names can be."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.extract.lists import FIRST, Lists

_UPPER = "".join(c for c in map(chr, range(0x41, 0x250)) if c.isupper())
_CAPITALISED = rf"[{_UPPER}](?<!\w.)\w*(?:['’-]\w+)*"
# Small words inside a name; in some the writer capitalises them: "Alexander De Croo".
PARTICLES = {
    "von", "van", "de", "del", "della", "di", "da", "dos", "zu", "af", "al", "el", "la", "le",
    "las", "los", "der", "den", "dem", "bin", "ibn", "ben", "ter", "ten", "du",
}  # fmt: skip
_PARTICLE = (
    "(?:(?:von|van|de)[ \xa0](?:der|den|dem|la|las|los|zu)"
    "|von|van|del|della|de|di|da|dos|zu|af|al|el|la|le|bin|ibn|ben|ter|ten|du)"
)
# A full stop inside a run follows an initial or a title: "J. F. Kennedy", "Dr. Frank".
_DOT = r"(?:(?:(?<=\b\w)|(?<=\bDr)|(?<=\bProf)|(?<=\bSt)|(?<=\bMr)|(?<=\bMrs))\.)?"
# The group is there only where a run has several words: how the caller tells the two apart.
RUN = re.compile(
    rf"{_CAPITALISED}((?:{_DOT}[ \xa0](?:{_PARTICLE}[ \xa0])?(?:al-|el-)?{_CAPITALISED})+)?"
)
CAPITALISED = re.compile(_CAPITALISED)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


class Word(NamedTuple):
    """A word of a run: where it stands, how it reads, what the lists say of it."""

    start: int
    end: int
    text: str
    kinds: int


def split_run(known: Lists, text: str, start: int, end: int) -> list[Word]:
    """The words of a run, small ones inside names included."""
    return [
        Word(m.start(), m.end(), m[0], _kinds(known.kinds, m[0]))
        for m in _WORD.finditer(text, start, end)
    ]


def _kinds(listed: dict[str, int], word: str) -> int:
    kinds = listed.get(word, 0)
    if not kinds and "-" in word and all(listed.get(p, 0) & FIRST for p in word.split("-")):
        return FIRST  # Ernst-Ludwig
    return kinds


def previous_word(text: str, start: int) -> str:
    """The word right before a position; empty where a line or the text begins there."""
    before = text[max(0, start - 24) : start]
    if not before.endswith(" "):
        return ""
    return before.rstrip(" ").rpartition(" ")[2].rpartition("\n")[2]
