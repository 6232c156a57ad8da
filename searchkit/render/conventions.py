"""How numbers and dates are written: the German way, the English way, or as ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from searchkit.dates import PartialDate

_GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Conventions:
    """One way of writing numbers and dates; words stay English in all of them.

    Args:
        thousands, decimal: the marks in numbers.
        months: their names; empty for dates as ISO 8601 has them.
        after_day: what follows the number of a day.
    """

    thousands: str = ","
    decimal: str = "."
    months: tuple[str, ...] = ()
    after_day: str = ""

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with so many decimals.

        >>> GERMAN.number(20621), GERMAN.number(1.25, 1), NEUTRAL.number(20621)
        ('20.621', '1,2', '20,621')
        """
        text = f"{value:,.{decimals}f}"
        if self.decimal == ".":
            return text
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})

    def date(self, date: PartialDate) -> str:
        """A date, as precisely as it is known.

        >>> day = PartialDate.parse("2018-07-16")
        >>> GERMAN.date(day), ENGLISH.date(day), NEUTRAL.date(day)
        ('16. Juli 2018', '16 July 2018', '2018-07-16')
        """
        year, *rest = str(date).split("-")
        if not self.months or not rest:
            return str(date)
        day = f"{int(rest[1])}{self.after_day} " if len(rest) > 1 else ""
        return f"{day}{self.months[int(rest[0]) - 1]} {year}"


NEUTRAL = Conventions()
ENGLISH = Conventions(months=_ENGLISH_MONTHS)
GERMAN = Conventions(".", ",", _GERMAN_MONTHS, ".")


def conventions_of(environ: Mapping[str, str]) -> Conventions:
    """The conventions of a locale, as POSIX names it in the environment.

    Args:
        environ: ``LC_ALL`` counts before ``LC_TIME`` before ``LANG``, where not empty.

    >>> conventions_of({"LANG": "de_AT.UTF-8"}) is GERMAN, conventions_of({}) is NEUTRAL
    (True, True)
    """
    names = (environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    language = next(filter(None, names), "")[:3].rstrip("_.@")
    return {"de": GERMAN, "en": ENGLISH}.get(language, NEUTRAL)
