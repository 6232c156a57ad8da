"""What must not reach a terminal or a page, and what stands in its place."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

# Written as escapes throughout: the characters themselves would hide in this very file.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINE_BREAKING = "\u2028\u2029"
_INVISIBLE = "\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_SURROGATES = "\ud800-\udfff"

#: For a class of characters in a regular expression.
UNSAFE_CHARACTERS = f"{_CONTROLS}{_BIDIRECTIONAL}{_LINE_BREAKING}{_INVISIBLE}{_SURROGATES}"
UNSAFE = re.compile(f"[{UNSAFE_CHARACTERS}]")
SURROGATE = re.compile(f"[{_SURROGATES}]")
_LINE_ENDS = str.maketrans("\t\n\r", "   ")


def terminal_safe(text: str, *, one_line: bool = False) -> str:
    """Make every character harmless that could steer a terminal, reorder a line or hide in it.

    Control characters (C0, C1, DEL), bidirectional controls, line and paragraph separators,
    zero-width and tag characters and lone surrogates each become one U+FFFD, so that spans into
    the text stay valid. The soft hyphen stays: German texts are full of it, and it harms nobody.

    Args:
        text: any text.
        one_line: also turn tabs, line feeds and carriage returns into one blank each; without it
            tabs and line feeds stay.

    Returns:
        A text of the same length in code points.

    >>> terminal_safe("Putin\\x1b[2J")
    'Putin\ufffd[2J'
    >>> terminal_safe("zwei\\nZeilen", one_line=True)
    'zwei Zeilen'
    """
    if one_line:
        text = text.translate(_LINE_ENDS)
    return UNSAFE.sub(REPLACEMENT, text)
