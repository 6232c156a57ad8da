"""The title of a text that has none."""

from __future__ import annotations

from searchkit.text.sentences import sentence_spans

TITLE_LENGTH = 100
# Enough for a title however its blanks run; the rest of a long text need not be looked at.
_HEAD = 2000
_DANGLING = " ,;:–—-("


def derive_title(text: str, length: int = TITLE_LENGTH) -> str:
    """The first sentence of a text on one line, cut at a word end.

    Args:
        text: any text.
        length: code points of the title at most, 2 to 1000.

    Returns:
        The title; its last code point is an ellipsis where the sentence was cut. Empty only for a
        text of blanks.

    >>> derive_title("Der Gipfel begann. Er dauerte lange.")
    'Der Gipfel begann.'
    >>> derive_title("Der Gipfel begann in Helsinki.", length=15)
    'Der Gipfel…'
    """
    head = text.lstrip()[:_HEAD]
    if not head:
        return ""
    start, end = sentence_spans(head)[0]
    title = " ".join(head[start:end].split())
    if len(title) <= length:
        return title
    room = title[:length]
    kept = room.rpartition(" ")[0].rstrip(_DANGLING) or room[:-1]
    return kept + "…"
