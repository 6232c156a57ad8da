"""The unstemmed form of a word as the index holds it."""

from __future__ import annotations

from searchkit.text.normalise import normalise


def fold_exact(word: str) -> str:
    """Lower case, ``ß`` as ``ss``, umlauts kept.

    >>> fold_exact("Straße")
    'strasse'
    """
    return normalise(word)[0].lower().replace("ß", "ss")
