"""Wildcard patterns, and which texts fit them as a whole."""

from __future__ import annotations

import re

# Stars and question marks side by side: so many letters, and perhaps any number more.
_WILD_OR_UNIT = re.compile(r"[*?]+|\\.|.", re.DOTALL)


def wildcard_regex(pattern: str) -> re.Pattern[str]:
    """A wildcard pattern as a regular expression for ``fullmatch``.

    Args:
        pattern: ``*`` is any run of characters, ``?`` one, a backslash makes the next ordinary.

    >>> bool(wildcard_regex("w*put?n").fullmatch("wladimir putin"))
    True
    """
    return re.compile(wildcard_source(pattern), re.DOTALL)


def wildcard_source(pattern: str, letter: str = ".", other: str = ".") -> str:
    """A wildcard pattern in the language of ``re``.

    Time grows with the length of the text times that of the pattern, whatever they hold: what
    stands between two stars may be taken where it first occurs, so that it is never tried again
    (a look-ahead with a reference to its group is how ``re`` says so in every supported Python).

    Args:
        pattern: as for ``wildcard_regex``.
        letter: what ``?`` stands for.
        other: what ``*`` stands for any number of.
    """
    pieces = [""]
    for unit in _WILD_OR_UNIT.findall(pattern):
        if unit[0] not in "*?":
            pieces[-1] += re.escape(unit[-1])
            continue
        if letters := unit.count("?"):
            pieces[-1] += f"{letter}{{{letters}}}"
        if "*" in unit:
            pieces.append("")
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    runs = "".join(
        f"(?=(?P<run{n}>{other}*?{piece}))(?P=run{n})" for n, piece in enumerate(middle) if piece
    )
    return f"{first}{runs}{other}*{last}"
