"""Cutting a text at its marked spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces that are marked or not; joined they are the text again.

    Args:
        text: any text.
        spans: code point offsets in order; what overlaps, is empty or lies outside counts only
            as far as it is new.

    Returns:
        The pieces from left to right, none empty, each with whether it is marked.

    >>> list(pieces("Der Gipfel", [(4, 10)]))
    [('Der ', False), ('Gipfel', True)]
    """
    position = 0
    for start, end in spans:
        start, end = max(start, position), min(end, len(text))
        if start >= end:
            continue
        if start > position:
            yield text[position:start], False
        yield text[start:end], True
        position = end
    if position < len(text):
        yield text[position:], False


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of spans that lie in ``text[start:end]``, as offsets into that slice.

    >>> clipped([(0, 3), (4, 10)], 2, 8)
    [(0, 1), (2, 6)]
    """
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
