"""Partial dates: a year, a month or a day, written as ISO 8601 text."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import cached_property, lru_cache
from typing import Literal

from searchkit.errors import DateInvalid

Precision = Literal["year", "month", "day"]

# ISO 8601 with sloppy months and days ("2021-02-8"), then perhaps a time of day.
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d{1,2}[:.\dZ+\- ]*)?)?)?", re.ASCII)
# The German order; only where nothing but the date stands there.
_GERMAN = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", re.ASCII)
# So long is a date with its time and zone; longer texts are not remembered.
_SHORT = 40
# Of years written with two digits, those from here on are of the last century.
_CENTURY = 70
_HINT = "write a year, a month or a day: 2018, 2018-07 or 2018-07-16"


class PartialDate(str):
    """A date known to the year, the month or the day.

    It *is* its canonical text (``2018``, ``2018-07``, ``2018-07-16``), so it prints, compares,
    sorts and serialises as such; ``first_day`` and ``last_day`` say which days it covers.

    >>> july = PartialDate.parse("2018-7")
    >>> july, july.precision, july.last_day.isoformat()
    ('2018-07', 'month', '2018-07-31')
    """

    @classmethod
    def parse(cls, value: str | datetime.date) -> PartialDate:
        """Read ISO 8601 text (partial and sloppy forms too), a ``date`` or a ``datetime``.

        A time of day and its zone are cut off: the day is the one that was written. The German
        ``16.7.2018`` and ``7.2018`` are read as well.

        Args:
            value: text such as ``2018``, ``2018-07``, ``2021-02-8`` or
                ``2020-11-13T16:31:47+01:00``; years 0001 to 9999.

        Raises:
            DateInvalid: the text is no date, or one the calendar does not have.

        >>> PartialDate.parse("2020-11-13T16:31:47+01:00")
        '2020-11-13'
        >>> PartialDate.parse("16.7.2018")
        '2018-07-16'
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime.date):
            return cls(f"{value.year:04}-{value.month:02}-{value.day:02}")
        if not isinstance(value, str):
            raise DateInvalid(f"{_shown(value)} is not a date", _HINT)
        return _read_again(value) if len(value) <= _SHORT else _read(value)

    @property
    def precision(self) -> Precision:
        """How much is known: ``year``, ``month`` or ``day``."""
        if len(self) == 4:
            return "year"
        return "month" if len(self) == 7 else "day"

    @property
    def year(self) -> int:
        """The year, 1 to 9999."""
        return int(self[:4])

    @property
    def month(self) -> int | None:
        """The month, 1 to 12; None where only the year is known."""
        return int(self[5:7]) if len(self) >= 7 else None

    @property
    def day(self) -> int | None:
        """The day of the month, 1 to 31; None where it is not known."""
        return int(self[8:10]) if len(self) == 10 else None

    @cached_property
    def first_day(self) -> datetime.date:
        """The first day that the date covers."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @cached_property
    def last_day(self) -> datetime.date:
        """The last day that the date covers."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or monthrange(self.year, month)[1])


def full_year(two_digits: int) -> int:
    """The year that two digits stand for in a date: 1970 to 2069.

    >>> full_year(18), full_year(89)
    (2018, 1989)
    """
    return two_digits + (1900 if two_digits >= _CENTURY else 2000)


def _read(text: str) -> PartialDate:
    parts = _parts(text.strip())
    if parts is None:
        raise DateInvalid(f"{_shown(text)} is not a date", _HINT)
    year, month, day = parts
    if not _in_calendar(year, month, day):
        raise DateInvalid(f"{_shown(text)} is not in the calendar", _HINT)
    return PartialDate(
        f"{year:04}"
        + ("" if month is None else f"-{month:02}")
        + ("" if day is None else f"-{day:02}")
    )


# Many documents have or mention the same days, and each is asked for its own several times. So many
# dates take a few megabytes.
_read_again = lru_cache(1 << 14)(_read)


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day as they are written; None where the text is no date."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    return int(year), int(month) if month else None, int(day) if day else None


def _in_calendar(year: int, month: int | None, day: int | None) -> bool:
    if year < 1 or not 1 <= (1 if month is None else month) <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year, month or 1)[1]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
