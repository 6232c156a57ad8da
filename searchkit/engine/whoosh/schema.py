"""The Whoosh schema of a searchkit index.

It follows from the index and is made anew each time: nothing of it is read from disk, where Whoosh
keeps schemas as pickles.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from whoosh import columns, formats
from whoosh.fields import COLUMN, DATETIME, ID, NUMERIC, FieldType, Schema

from searchkit.engine.whoosh.analysis import LexiconAnalyzer
from searchkit.query.plan import EXACT, TEXT, TITLE
from searchkit.text.lexicon import Lexicon

ID_FIELD, DATE_FIELD = "id", "date"
FIRST_DAY, LAST_DAY = "first_day", "last_day"
_STORED_WORDS = (TEXT, TITLE)
_RESERVED = frozenset((ID_FIELD, DATE_FIELD, FIRST_DAY, LAST_DAY, *EXACT.keys(), *EXACT.values()))


class WordField(FieldType):  # type: ignore[misc]
    """A field of analysed words: weights are units of frequency, positions are kept."""

    def __init__(self, lexicon: Lexicon, *, exact: bool, stored: bool) -> None:
        super().__init__(
            format=formats.Positions(),
            analyzer=LexiconAnalyzer(lexicon, exact=exact),
            scorable=True,
            stored=stored,
        )


class ValueField(ID):  # type: ignore[misc]
    """A field of whole values, several to a document, without scores. It sorts by the first."""

    def __init__(self, *, unique: bool = False) -> None:
        super().__init__(stored=True, unique=unique, sortable=columns.VarBytesColumn())


class NumberField(NUMERIC):  # type: ignore[misc]
    """Numbers, of which only the whole value is a term."""

    def __init__(self) -> None:
        super().__init__(float, stored=True, shift_step=0, sortable=True)

    def default_column(self) -> columns.NumericColumn:
        """A column in which documents without a number come last."""
        return columns.NumericColumn(self.sortable_typecode, default=(1 << self.bits) - 1)


class DayField(DATETIME):  # type: ignore[misc]
    """A date that may be a month or a year: a document has every day it covers as a term.

    So a range finds what overlaps it, as searchkit's own date filters do. It sorts by the first.
    """

    def __init__(self) -> None:
        super().__init__(stored=True, sortable=True)
        self.shift_step = 0

    def day_to_bytes(self, day: int) -> bytes:
        """The term of a day, an ordinal as of ``datetime.date.toordinal``."""
        encoded: bytes = self.to_bytes(midnight(day))
        return encoded


def midnight(day: int) -> datetime.datetime:
    """When a day begins."""
    return datetime.datetime.fromordinal(day)


def make_schema(
    lexicon: Lexicon, facets: Iterable[str] = (), number_names: Iterable[str] = ()
) -> Schema:
    """The schema of an index.

    Args:
        lexicon: analyses texts of queries and texts to be highlighted.
        facets: names of facets. Left out are those that Whoosh cannot name (with blanks, or with
            ``_`` at the beginning) and those named like a field every index has.
        number_names: those of the facets whose values are all numbers.

    >>> make_schema(Lexicon(), ["source", "pages"], ["pages"]).names()[:4]
    ['date', 'first_day', 'id', 'last_day']
    """
    numeric = set(number_names)
    fields: dict[str, Any] = {
        ID_FIELD: ValueField(unique=True),
        DATE_FIELD: DayField(),
        FIRST_DAY: COLUMN(columns.NumericColumn("i")),
        LAST_DAY: COLUMN(columns.NumericColumn("i")),
    }
    for name, exact_name in EXACT.items():
        fields[name] = WordField(lexicon, exact=False, stored=name in _STORED_WORDS)
        fields[exact_name] = WordField(lexicon, exact=True, stored=False)
    for name in facets:
        if _can_be_named(name):
            fields[name] = NumberField() if name in numeric else ValueField()
    return Schema(**fields)


def _can_be_named(name: str) -> bool:
    return name not in _RESERVED and " " not in name and not name.startswith("_")
