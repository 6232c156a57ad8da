"""Passages as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.markup.escape import UNSAFE_CHARACTERS, terminal_safe
from searchkit.markup.spans import Span, pieces

_SPECIAL = re.compile("[&<>\"']").search
# Most passages have none of these: to see that once is faster than to escape every piece.
_HARMFUL = re.compile(f"[&<>\"'{UNSAFE_CHARACTERS}]").search


def escaped_html(text: str) -> str:
    """Text for the inside of an HTML element or of a quoted attribute.

    Characters that mean something in HTML become entities; control, bidirectional and invisible
    characters become U+FFFD, because an override would reorder the page around the passage.

    >>> escaped_html("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    safe = terminal_safe(text)
    if not _SPECIAL(safe):
        return safe
    import html  # slow to import, and nobody on a terminal needs it

    return html.escape(safe)


def marked_html(text: str, spans: Iterable[Span]) -> str:
    """A passage as HTML: everything escaped, the spans in ``<mark>``, no other element.

    Args:
        text: the passage as it stands.
        spans: the marked words, code point offsets in order.

    >>> marked_html("Gipfel & mehr", [(0, 6)])
    '<mark>Gipfel</mark> &amp; mehr'
    """
    found = pieces(text, spans)
    if _HARMFUL(text):
        found = [escaped_html(piece) for piece in found]
    found[1::2] = [f"<mark>{piece}</mark>" for piece in found[1::2]]
    return "".join(found)
