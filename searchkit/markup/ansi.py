"""Passages and headings for a terminal, and the few escape codes searchkit uses."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.markup.escape import terminal_safe
from searchkit.markup.spans import Span, pieces

_MARK = "\x1b[1;31m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_RESET = "\x1b[0m"

# Back to the first column, then nothing: what was on the line is gone.
ERASE_LINE = "\r\x1b[K"


def marked_ansi(text: str, spans: Iterable[Span]) -> str:
    """A passage for a terminal: the spans bold red, everything unsafe made harmless.

    Args:
        text: the passage as it stands.
        spans: the marked words, code point offsets in order.

    >>> marked_ansi("Gipfel", [(0, 6)])
    '\\x1b[1;31mGipfel\\x1b[0m'
    """
    found = pieces(terminal_safe(text), spans)
    found[1::2] = [f"{_MARK}{piece}{_RESET}" for piece in found[1::2]]
    return "".join(found)


def bold(text: str) -> str:
    """Text in bold, made harmless.

    >>> bold("Titel")
    '\\x1b[1mTitel\\x1b[0m'
    """
    return f"{_BOLD}{terminal_safe(text)}{_RESET}"


def dim(text: str) -> str:
    """Text in a fainter colour, made harmless.

    >>> dim("2018-07")
    '\\x1b[2m2018-07\\x1b[0m'
    """
    return f"{_DIM}{terminal_safe(text)}{_RESET}"


def linked(text: str, address: str) -> str:
    """Text that leads to an address when it is clicked (OSC 8), in terminals that know how.

    Args:
        text: made harmless already; may hold escape codes of this module.
        address: a URI in ASCII, its special characters percent-encoded.

    >>> linked("Titel", "file:///a.txt")
    '\\x1b]8;;file:///a.txt\\x1b\\\\Titel\\x1b]8;;\\x1b\\\\'
    """
    return f"\x1b]8;;{terminal_safe(address, one_line=True)}\x1b\\{text}\x1b]8;;\x1b\\"
