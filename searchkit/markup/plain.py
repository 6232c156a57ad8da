"""Passages as plain text, on one line, without marks."""

from __future__ import annotations

from searchkit.markup.escape import terminal_safe


def plain_line(text: str) -> str:
    """A title, an id or a passage as one harmless line of the same length.

    >>> plain_line("zwei\\nZeilen")
    'zwei Zeilen'
    """
    return terminal_safe(text, one_line=True)
