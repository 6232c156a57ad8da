"""Wildcard patterns, and which texts fit them as a whole."""

from __future__ import annotations

import re

_UNIT = re.compile(r"\\.|.", re.DOTALL)


def wildcard_regex(pattern: str) -> re.Pattern[str]:
    """A wildcard pattern as a regular expression for ``fullmatch``.

    Time grows with the length of the text times that of the pattern, whatever they hold: what
    stands between two stars may be taken where it first occurs, so that it is never tried again
    (a look-ahead with a reference to its group is how ``re`` says so in every supported Python).

    Args:
        pattern: ``*`` is any run of characters, ``?`` one, a backslash makes the next ordinary.

    >>> bool(wildcard_regex("w*put?n").fullmatch("wladimir putin"))
    True
    """
    pieces = [""]
    for unit in _UNIT.findall(pattern):
        if unit == "*":
            pieces.append("")
        else:
            pieces[-1] += "." if unit == "?" else re.escape(unit[-1])
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    first, *middle, last = pieces
    runs = "".join(
        f"(?=(?P<run{n}>.*?{piece}))(?P=run{n})" for n, piece in enumerate(middle) if piece
    )
    return re.compile(f"{first}{runs}.*{last}", re.DOTALL)
