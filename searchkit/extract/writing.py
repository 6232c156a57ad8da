"""A name without what is only the way it was written: nicknames, emoji, capitals throughout."""

from __future__ import annotations

import re
from unicodedata import category

from searchkit.extract.runs import PARTICLES

OPENERS = "„“”\"»«‚‘'(["
CLOSERS = "“”\"»«‘’')]"
# Words in capitals of up to so many letters are mostly abbreviations: EU, USA.
_SHORT = 3
# So many in a row are a headline, and no name.
_HEADLINE = 4
_INSIDE = rf"[^{re.escape(OPENERS + CLOSERS)}]+"
_NICKNAME = re.compile(rf" [{OPENERS[:-1]}]{_INSIDE}[{CLOSERS[:-1]}] ")
_UNCLOSED = re.compile(rf" [{re.escape(OPENERS)}][^{re.escape(CLOSERS)}]*$")
_MARK = re.compile(rf"[{re.escape(OPENERS + CLOSERS)}]")
# What is left where a mention begins inside the marks: "Jens) Spahn". An apostrophe may be its own.
_LEFT = re.compile(r"[“”\"»«)\]](?= |$)|[\[\]]")
# Variation selectors and the colours of emoji, which are no symbols by themselves.
_BESIDE_SYMBOLS = "\ufe0e\ufe0f\u20e3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_SMALL = PARTICLES | {"am", "an", "der", "im", "in", "bei", "ob", "und"}


def shown_only(text: str) -> str:
    """The words of a name without characters that do not show, and without symbols at its ends.

    >>> shown_only("Ange\\u200bla  Merkel 👍"), shown_only("Apple™")
    ('Angela Merkel', 'Apple')
    """
    if not text.isprintable():
        shown = "".join([char for char in text if category(char) != "Cf"])
        # A name is never empty; soft hyphens alone are none.
        text = shown if shown.split() else text.replace("\u00ad", "")
    name = " ".join(text.split())
    if name.isascii() or (name[0].isalnum() and name[-1].isalnum()):
        return name  # which most are
    first, end = 0, len(name)
    while first < end and _is_symbol(name[end - 1]):
        end -= 1
    while first < end and _is_symbol(name[first]):
        first += 1
    return name[first:end].strip() or name


def _is_symbol(char: str) -> bool:
    return category(char) == "So" or char in _BESIDE_SYMBOLS


def without_nickname(name: str) -> str:
    """A person's name without a nickname in quotation marks or brackets.

    >>> without_nickname('Peter "Snakebite" Wright'), without_nickname("Andreas „Andi")
    ('Peter Wright', 'Andreas')
    >>> without_nickname("Tedros [Adhanom] Ghebreyesus"), without_nickname("Jens) Spahn")
    ('Tedros Adhanom Ghebreyesus', 'Jens Spahn')
    """
    if not _MARK.search(name):
        return name  # which most are
    name = _NICKNAME.sub(" ", name)
    return " ".join(_LEFT.sub("", without_unclosed(name)).split())


def is_unclosed(name: str) -> bool:
    """Whether a name has a quotation mark or bracket that is closed behind it only.

    >>> is_unclosed("Andreas „Andi"), is_unclosed("Charles d'Artagnan")
    (True, False)
    """
    return bool(_UNCLOSED.search(name))


def without_unclosed(name: str) -> str:
    """A name up to a quotation mark or bracket that is closed behind it only.

    >>> without_unclosed("DEU [Deutschland")
    'DEU'
    """
    found = _UNCLOSED.search(name)
    return name[: found.start()] if found else name


def is_in_capitals(name: str) -> bool:
    """Whether a name is written in capitals, and longer than most abbreviations.

    >>> is_in_capitals("ANGELA MERKEL"), is_in_capitals("USA"), is_in_capitals("Köln")
    (True, False, False)
    """
    return name.isupper() and len(name) > _SHORT


def is_headline(name: str) -> bool:
    """Whether what was taken for a name is a line in capitals.

    >>> is_headline("QUELL SIEHT ULM WIEDER"), is_headline("QUELL GMBH & CO")
    (True, False)
    """
    return name.isupper() and sum(map(str.isalpha, name.split())) >= _HEADLINE


def in_small_letters(name: str) -> str:
    """A name in capitals as it is written elsewhere.

    >>> in_small_letters("FRANKFURT AM MAIN"), in_small_letters("ANNA-LENA O'NEILL")
    ('Frankfurt am Main', "Anna-Lena O'Neill")
    """
    first, *rest = name.title().split(" ")
    return " ".join([first, *(word.lower() if word.lower() in _SMALL else word for word in rest)])
