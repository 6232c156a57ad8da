"""Cutting a text at its marked spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def pieces(text: str, spans: Iterable[Span]) -> list[str]:
    """Cut a text into pieces that are marked or not in turn; joined they are the text again.

    Args:
        text: any text.
        spans: code point offsets in order; what overlaps, is empty or lies outside counts only
            as far as it is new.

    Returns:
        The pieces from left to right, those with odd numbers marked; the first and the last are
        not, and may be empty, as may others between two marked ones.

    >>> pieces("Der Gipfel", [(4, 10)])
    ['Der ', 'Gipfel', '']
    """
    found: list[str] = []
    position, length = 0, len(text)
    for start, end in spans:
        if start < position:
            start = position
        if end > length:
            end = length
        if start < end:
            found += (text[position:start], text[start:end])
            position = end
    found.append(text[position:])
    return found


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of spans that lie in ``text[start:end]``, as offsets into that slice.

    >>> clipped([(0, 3), (4, 10)], 2, 8)
    [(0, 1), (2, 6)]
    """
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
