"""Dates, numbers and their ranges as people write them behind ``datum:`` and ``zahl:``."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from searchkit.dates import PartialDate, full_year
from searchkit.errors import DateInvalid

T = TypeVar("T", PartialDate, float)
Period: TypeAlias = tuple[PartialDate, PartialDate]

# No date, number or range worth reading is longer; bounds the work on hostile ones.
_MAX_LENGTH = 100
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DOTTED = re.compile(r"(?:([0-9]{1,2})[./]\s*)?([0-9]{1,2})[./]\s*([0-9]{4})")
_SHORT = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{2})")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:\.\s*|\s+))?([^\W\d_]+)\.?\s+([0-9]{4})")
# Compiled when first needed, as most queries need none of these.
_PERIODS = (
    r"(?P<kind>[QH])(?P<number>[1-4])[\s/-]\s*(?P<year>[0-9]{4})",
    r"(?P<year>[0-9]{4})[\s/-]?(?P<kind>[QH])(?P<number>[1-4])",
    r"(?P<number>[1-4])\.\s*(?P<kind>Quartal|Halbjahr)\s+(?P<year>[0-9]{4})",
)
_COMPARED = r"\s*(<=?|>=?|≤|≥)\s*(.*)"
# What names a time without saying its days, and what begins a date that goes on behind a blank.
_VAGUE = r"(?:anfang|mitte|ende|frühling|jahr|sommer|herbst|winter)\b"
_BEGUN = r"[QH][1-4]|[0-9]{1,2}\."
_MONTHS_OF = {"q": 3, "h": 6}
# Two dots, or what keyboards make of them; a hyphen only between two years, as dates have some.
_DOTS = re.compile(r"\s*(?:\.{2,}|…|–)\s*|\s+bis\s+|(?<=\A[0-9]{4})-(?=[0-9]{4}\Z)")
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


def read_period(text: str) -> Period | None:
    """Read a date, a quarter or half a year.

    Args:
        text: as for ``read_date``, or such as ``Q3 2018``, ``2018-Q3``, ``3. Quartal 2018``,
            ``H2 2018`` or ``2. Halbjahr 2018``.

    Returns:
        the first and the last date it covers, both the same for a date; None where it is neither.

    >>> read_period("Q3 2018"), read_period("2018")
    (('2018-07', '2018-09'), ('2018', '2018'))
    """
    if date := read_date(text):
        return date, date
    forms = (re.fullmatch(form, text.strip(), re.IGNORECASE) for form in _PERIODS)
    match = next(filter(None, forms), None)
    if match is None:
        return None
    months = _MONTHS_OF[match["kind"][0].lower()]
    last = int(match["number"]) * months
    first, end = (read_date(f"{match['year']}-{month}") for month in (last - months + 1, last))
    return (first, end) if first and end else None


def date_advice(text: str) -> str:
    """How to write what somebody meant by a text that is no date; empty where that is not clear.

    >>> date_advice("Sommer 2018")
    'write the months, as 2018-06..2018-08'
    """
    if re.search(_VAGUE, text[:_MAX_LENGTH], re.IGNORECASE):
        return "write the months, as 2018-06..2018-08"
    if re.fullmatch(_BEGUN, text, re.IGNORECASE) or _month(text):
        return 'write quotes around a date with blanks, as "Juli 2018"'
    return ""


class Range(NamedTuple, Generic[T]):
    """Dates or numbers from ``low`` to ``high``, both included; None is an open end.

    Args:
        low, high: the ends.
        is_turned: whether the higher end was written first.
    """

    low: T | None
    high: T | None
    is_turned: bool = False


def read_dates(text: str, *, bracketed: bool = False) -> Range[PartialDate] | None:
    """Read a date or a longer time, or a range of them.

    Args:
        text: ``a``, ``a..b``, ``a..``, ``..b``, ``a bis b``, ``>=a`` or ``<a``; where
            ``bracketed``, ``a`` or ``a TO b``, with ``*`` for an open end. For the ends see
            ``read_period``.

    Returns:
        None where the text is nothing of these, or open at both ends.

    >>> read_dates("Q1 2018..")
    Range(low='2018-01', high=None, is_turned=False)
    >>> read_dates("<2018-05")
    Range(low=None, high='2018-04', is_turned=False)
    """
    return _read_range(text, read_period, bracketed)


def read_numbers(text: str, *, bracketed: bool = False) -> Range[float] | None:
    """Read a number or a range of them, as ``read_dates`` does.

    >>> read_numbers("10 TO 20", bracketed=True)
    Range(low=10.0, high=20.0, is_turned=False)
    """

    def read(end: str) -> tuple[float, float] | None:
        number = read_number(end)
        return None if number is None else (number, number)

    return _read_range(text, read, bracketed)


def _read_range(
    text: str, read: Callable[[str], tuple[T, T] | None], bracketed: bool
) -> Range[T] | None:
    if len(text) > 2 * _MAX_LENGTH:
        return None
    if not bracketed and (match := re.fullmatch(_COMPARED, text, re.DOTALL)):
        value = read(match[2])
        return _compared(match[1], value) if value else None
    ends = [end.strip() for end in (_TO if bracketed else _DOTS).split(text, maxsplit=1)]
    values = [read(end) for end in ends]
    blank = "*" if bracketed else ""
    if any(value is None and end != blank for value, end in zip(values, ends, strict=True)):
        return None
    first, last = values[0], values[-1]
    is_turned = bool(first and last and _is_after(first[0], last[1]))
    if is_turned:
        first, last = last, first
    if first is None and last is None:
        return None
    return Range(first[0] if first else None, last[1] if last else None, is_turned)


def _compared(sign: str, value: tuple[T, T]) -> Range[T] | None:
    """What is below or above a value; None where there is nothing."""
    if sign in ("<=", "≤"):
        return Range(None, value[1])
    if sign in (">=", "≥"):
        return Range(value[0], None)
    if sign == "<":
        return Range(None, below) if (below := _next(value[0], -1)) is not None else None
    return Range(above, None) if (above := _next(value[1], 1)) is not None else None


def _next(value: T, step: int) -> T | None:
    """The date of the same precision, or the number, right before or behind one."""
    if not isinstance(value, PartialDate):
        number = math.nextafter(value, step * math.inf)
        return number if math.isfinite(number) else None
    try:
        day = (value.last_day if step > 0 else value.first_day) + datetime.timedelta(step)
    except OverflowError:
        return None
    return PartialDate(day.isoformat()[: len(value)])


def _is_after(low: T, high: T) -> bool:
    if isinstance(low, PartialDate) and isinstance(high, PartialDate):
        return low.first_day > high.last_day
    return low > high
