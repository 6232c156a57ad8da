"""How wide a text stands on a terminal, and where to break it."""

from __future__ import annotations

import re

from searchkit.markup.spans import Span

# Everything outside these ranges may stand two columns wide or none; German text rarely does.
_NOT_PLAINLY_ONE_COLUMN = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
# A no-break space is part of a word.
_WORD = re.compile(r"[^ \t\n]+")
ELLIPSIS = "…"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, combining ones none.

    >>> columns("Müller"), columns("東京")
    (6, 4)
    """
    if not _NOT_PLAINLY_ONE_COLUMN.search(text):
        return len(text)
    return sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def line_spans(text: str, width: int) -> list[Span]:
    """Where the lines of a paragraph lie when it is broken at blanks.

    Args:
        text: one paragraph; tabs and line feeds count as blanks.
        width: columns of a line, at least 1; a word longer than that is cut.

    Returns:
        Code point offsets of the lines in order, the blanks between them left out.

    >>> [text[start:end] for text in ["ein Gipfel"] for start, end in line_spans(text, 6)]
    ['ein', 'Gipfel']
    """
    lines: list[Span] = []
    start = end = used = 0
    for match in _WORD.finditer(text):
        needed = columns(match[0])
        between = match.start() - end if end > start else 0
        if end > start and used + between + needed <= width:
            end, used = match.end(), used + between + needed
            continue
        if end > start:
            lines.append((start, end))
        start = match.start()
        while columns(text[start : match.end()]) > width:
            cut = start + _fitting(text[start : match.end()], width)
            lines.append((start, cut))
            start = cut
        end = match.end()
        used = columns(text[start:end])
    if end > start:
        lines.append((start, end))
    return lines


def _fitting(word: str, width: int) -> int:
    """How many of a word's characters fit; at least one, that the text gets shorter."""
    used = 0
    for position, character in enumerate(word):
        used += _character_columns(character)
        if used > width:
            return max(1, position)
    return len(word)


def shortened(text: str, width: int) -> str:
    """A text cut to a width, with an ellipsis where something is missing.

    >>> shortened("Vereinigte Staaten", 11)
    'Vereinigte…'
    """
    if columns(text) <= width:
        return text
    return text[: _fitting(text, max(1, width - 1))].rstrip() + ELLIPSIS
