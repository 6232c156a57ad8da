"""Passages as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.markup.escape import REPLACEMENT, UNSAFE_CHARACTERS
from searchkit.markup.spans import Span, pieces

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_HARMFUL = re.compile(f"[{''.join(_ENTITIES)}{UNSAFE_CHARACTERS}]")


def escaped_html(text: str) -> str:
    """Text for the inside of an HTML element or of a quoted attribute.

    Characters that mean something in HTML become entities; control, bidirectional and invisible
    characters become U+FFFD, because an override would reorder the page around the passage.

    >>> escaped_html("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return _HARMFUL.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], REPLACEMENT)


def marked_html(text: str, spans: Iterable[Span]) -> str:
    """A passage as HTML: everything escaped, the spans in ``<mark>``, no other element.

    Args:
        text: the passage as it stands.
        spans: the marked words, code point offsets in order.

    >>> marked_html("Gipfel & mehr", [(0, 6)])
    '<mark>Gipfel</mark> &amp; mehr'
    """
    found = pieces(text, spans)
    # Most passages have nothing to escape: to see that once is faster than to look at every piece.
    if _HARMFUL.search(text):
        found = [escaped_html(piece) for piece in found]
    found[1::2] = [f"<mark>{piece}</mark>" for piece in found[1::2]]
    return "".join(found)
