"""German stems by Snowball: PyStemmer where it is installed, else the same in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

#: Names the algorithm in the fingerprint of an index; both packages of version 3 agree.
STEMMER = "snowball-german-3"

#: Longer words are cut before stemming: no German word is longer, but a line of base64 may be.
MAX_TERM_LENGTH = 255


class _Stemmer(Protocol):
    def stemWords(self, words: Sequence[str]) -> list[str]: ...  # noqa: N802


@cache
def _stemmer() -> _Stemmer:
    # A module function rather than an attribute: the C object can be neither pickled nor copied.
    try:
        import Stemmer

        fast: _Stemmer = Stemmer.Stemmer("german", 0)
        return fast
    except ImportError:
        import snowballstemmer

        slow: _Stemmer = snowballstemmer.stemmer("german")
        return slow


def stem_words(words: Sequence[str]) -> list[str]:
    """The stems of lower-case words, in the same order; never empty for a word that is not.

    Snowball's German algorithm, version 3: umlauts lose their dots, ``ae`` counts as ``ä``,
    ``ß`` as ``ss`` (snowballstem.org/algorithms/german/stemmer.html).

    >>> stem_words(["präsidenten", "praesident", "gipfeln"])
    ['prasident', 'prasident', 'gipfel']
    """
    try:
        stems = _stemmer().stemWords(words)
    except UnicodeEncodeError:
        # The C stemmer works on UTF-8, which lone surrogates do not have.
        words = [_encodable(word) for word in words]
        stems = _stemmer().stemWords(words)
    return [stem or word for stem, word in zip(stems, words, strict=True)]


def _encodable(word: str) -> str:
    return word.encode("utf-8", "replace").decode("utf-8")
