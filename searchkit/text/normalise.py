"""The normal form of a piece of text, and where each of its letters stood in the original."""

from __future__ import annotations

import re
import unicodedata

from searchkit.markup.spans import Span

# Invisible letters that break words apart for a machine only: soft hyphen, zero-width space,
# joiners, word joiner, byte order mark.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# One letter for several, or another for the same: ligatures and the apostrophes of typesetters.
_FOLDED = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u2010": "-",
    "\u2011": "-",
} | dict.fromkeys(_INVISIBLE, "")

_SPECIAL = re.compile("[" + "".join(map(re.escape, _FOLDED)) + "]")


def normalise(text: str) -> tuple[str, list[Span] | None]:
    """Compose accents (Unicode NFC), drop invisible letters, unfold ligatures.

    Args:
        text: any text; lone surrogates pass through.

    Returns:
        The normal form and, for each of its code points, the span of ``text`` it comes from;
        ``None`` in place of the spans where nothing moved.

    >>> normalise("Ho\\u0308he")
    ('Höhe', [(0, 1), (1, 3), (3, 4), (4, 5)])
    """
    if is_normal(text):
        return text, None
    letters: list[str] = []
    spans: list[Span] = []
    for start, cluster in _clusters(text):
        folded = unicodedata.normalize("NFC", "".join(_FOLDED.get(c, c) for c in cluster))
        letters.append(folded)
        spans.extend([(start, start + len(cluster))] * len(folded))
    return "".join(letters), spans


def is_normal(text: str) -> bool:
    """Whether ``normalise`` would change nothing.

    >>> is_normal("Höhe"), is_normal("Ho\\u0308he")
    (True, False)
    """
    if text.isascii():
        return "`" not in text
    return _SPECIAL.search(text) is None and unicodedata.is_normalized("NFC", text)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Letters with the accents that follow them, and where each begins."""
    starts = [i for i, c in enumerate(text) if i == 0 or not unicodedata.combining(c)]
    return [(s, text[s:e]) for s, e in zip(starts, [*starts[1:], len(text)], strict=True)]
