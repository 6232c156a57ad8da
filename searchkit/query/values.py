"""Dates, numbers and their ranges as people write them behind ``datum:`` and ``zahl:``."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TypeVar

from searchkit.dates import PartialDate, full_year
from searchkit.errors import DateInvalid

T = TypeVar("T", PartialDate, float)

# No date, number or range worth reading is longer; bounds the work on hostile ones.
_MAX_LENGTH = 100
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DOTTED = re.compile(r"(?:([0-9]{1,2})\.\s*)?([0-9]{1,2})[./]\s*([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{2})")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:\.\s*|\s+))?([^\W\d_]+)\.?\s+([0-9]{4})")
# Two dots, or what keyboards make of them; a hyphen only between two years, as dates have some.
_DOTS = re.compile(r"\s*(?:\.{2,}|…|–)\s*|(?<=\A[0-9]{4})-(?=[0-9]{4}\Z)")
_TO = re.compile(r"\s+(?:TO|BIS)\s+")

# Any first letters of these names, three at least, are read as the month.
_MONTHS = (
    ("januar", "jänner", "jaenner", "january"),
    ("februar", "feber", "february"),
    ("märz", "maerz", "mrz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
)


def read_date(text: str) -> PartialDate | None:
    """Read a date: ISO 8601, also partial, or written the German way.

    Args:
        text: such as ``2018``, ``2018-07``, ``16.7.2018``, ``16.7.18``, ``7/2018``, ``Juli 2018``
            or ``16. Juli 2018``; names of months may be cut to three letters or more.

    Returns:
        the date as precisely as it was written; None where the text is no date.

    >>> read_date("16. Juli 2018")
    '2018-07-16'
    """
    if len(text) > _MAX_LENGTH:
        return None
    try:
        return PartialDate.parse(_as_iso(text.strip()))
    except DateInvalid:
        return None


def _as_iso(text: str) -> str:
    if match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
    elif match := _SHORT.fullmatch(text):
        day, month, year = match[1], match[2], str(full_year(int(match[3])))
    elif (match := _NAMED.fullmatch(text)) and (number := _month(match[2])):
        day, month, year = match[1], str(number), match[3]
    else:
        return text
    return "-".join(part for part in (year, month, day) if part)


def _month(name: str) -> int | None:
    name = name.casefold()
    for number, names in enumerate(_MONTHS, start=1):
        if len(name) >= 3 and any(full.startswith(name) for full in names):
            return number
    return None


def read_number(text: str) -> float | None:
    """Read a finite number, with a decimal point or comma; None where the text is none.

    >>> read_number("1,5"), read_number("1e999"), read_number("nan")
    (1.5, None, None)
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH or not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return number if math.isfinite(number) else None


def read_range(
    text: str, read: Callable[[str], T | None], *, bracketed: bool = False
) -> tuple[T | None, T | None] | None:
    """Read a single value or a range of them.

    Args:
        text: ``a``, ``a..b``, ``a..`` or ``..b``; where ``bracketed``, ``a`` or ``a TO b``, with
            ``*`` for an open end.
        read: reads one value.

    Returns:
        both ends as written, the same twice for a single value, None for an open end; None
        where the text is no range, or open at both ends.

    >>> read_range("2018..", read_date), read_range("10 TO 20", read_number, bracketed=True)
    (('2018', None), (10.0, 20.0))
    """
    if len(text) > 2 * _MAX_LENGTH:
        return None
    ends = [end.strip() for end in (_TO if bracketed else _DOTS).split(text, maxsplit=1)]
    values = [read(end) for end in ends]
    blank = "*" if bracketed else ""
    if any(value is None and end != blank for value, end in zip(values, ends, strict=True)):
        return None
    return None if values == [None] * len(values) else (values[0], values[-1])
