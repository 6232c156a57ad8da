"""What the parser has to say about a query: notes when lenient, errors when strict."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from searchkit.errors import LimitExceeded, QuerySyntaxError

MAX_NOTES = 20
_SHOWN_LENGTH = 40
_LINE_BEFORE, _LINE_AFTER = 50, 25


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a query that was not taken as typed.

    Args:
        message: what was found and what was understood, in one line of printable characters.
        position: where in the query, a code point offset from 0 to its length.
    """

    message: str
    position: int

    def __str__(self) -> str:
        return f"{self.message} (at character {self.position + 1})"


class Reporter:
    """Gathers the notes on one query; raises instead of noting where parsing is strict."""

    def __init__(self, query: str, strict: bool) -> None:
        self._query = query
        self._strict = strict
        self._notes: list[Note] = []
        self._more = 0
        self._more_from = 0

    @property
    def full(self) -> bool:
        """Whether a further note would only be counted, so that it need not be worded well."""
        return len(self._notes) == MAX_NOTES

    def remark(self, message: str, position: int) -> None:
        """Note what is no fault, but perhaps not what was meant."""
        if not self.full:
            self._notes.append(Note(message, position))
            return
        self._more += 1
        if self._more == 1:
            self._more_from = position

    def fault(self, message: str, understood: str, position: int, hint: str) -> None:
        """Report a break of the grammar: what, how it is read, where, how to write it."""
        if self._strict:
            raise QuerySyntaxError(message, hint, self._query, position)
        self.remark(f"{message}; {understood}", position)

    def limit(self, message: str, understood: str, position: int) -> None:
        """Report a query beyond a limit: which, what was done about it, and where."""
        if self._strict:
            raise LimitExceeded(message, "shorten the query")
        self.remark(f"{message}; {understood}", position)

    def notes(self) -> tuple[Note, ...]:
        """The first 20 notes, in the order of the query, and how many more there were."""
        notes = sorted(self._notes, key=lambda note: note.position)
        if self._more:
            notes.append(Note(f"{self._more} more notes of this sort", self._more_from))
        return tuple(notes)


def shown(text: str) -> str:
    """A piece of a query, quoted, short and harmless, for a message.

    >>> shown("Gip\\x1bfel")
    "'Gip·fel'"
    """
    cut = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    return f"'{_harmless(cut)}'"


def caret_line(error: QuerySyntaxError) -> str:
    """The query with a caret below the fault, for a terminal: two lines, no control characters.

    Of a long query only the part around the fault is shown.

    Args:
        error: as raised by strict parsing.

    >>> print(caret_line(QuerySyntaxError("no closing quote", "", 'Gipfel "Washington', 7)))
    Gipfel "Washington
           ^
    """
    start = max(0, error.position - _LINE_BEFORE)
    before = _harmless(error.query[start : error.position])
    after = _harmless(error.query[error.position : error.position + _LINE_AFTER])
    if start > 0:
        before = "…" + before
    if error.position + _LINE_AFTER < len(error.query):
        after += "…"
    return f"{before}{after}\n{' ' * sum(map(_width, before))}^"


def _harmless(text: str) -> str:
    return "".join(char if char.isprintable() else " " if char.isspace() else "·" for char in text)


def _width(char: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
