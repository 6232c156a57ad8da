"""The words inside one white-space chunk of text, such as ``„Putin-Trump-Gipfel“,``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from searchkit.text.normalise import is_normal, normalise

#: Names the rules of this module in the fingerprint of an index.
TOKENISER = "chunks-1"

# In order: gender forms (Bürger:innen, Bürger*innen, Bürger_innen, Bürger/-innen, Bürger(innen)),
# numbers with separators inside (3,5 and 1.000, but a date 3.4.2018 is three numbers), words
# with apostrophes inside (geht's), plain words.
_WORD = re.compile(
    r"""
    [^\W\d_]{3,}(?:[:*_]|/-?)(?:in|innen)(?![^\W_])
  | [^\W\d_]{3,}\((?:in|innen)\)
  | (?!\d{1,2}\.\d{1,2}\.\d)(?<!\d\.)\d+(?:[.,]\d+)+(?![^\W_])
  | [^\W_]+(?:'[^\W_]+)*
    """,
    re.VERBOSE,
)

# A chain has at most this many letters when joined; longer ones are enumerations.
_MAX_JOINED = 48


class Token(NamedTuple):
    """A word of a chunk.

    Args:
        form: the word in normal form, case kept.
        start, end: where it stands in the chunk.
        joined: False for a word; True for the joined form of the hyphen chain that ends with the
            word before it (``CoronaKrise`` after ``Corona`` and ``Krise``), which takes no
            position of its own.
    """

    form: str
    start: int
    end: int
    joined: bool = False


# What stands around words, far more often than inside them.
_AROUND = ".,;:!?…\"'„“”‚‘’»«›‹()[]–—-*"


class TokenColumns(NamedTuple):
    """The tokens of many chunks, column by column; ``counts`` says how many each chunk has."""

    forms: list[str]
    starts: list[int]
    ends: list[int]
    joined: list[bool]
    counts: list[int]


def tokenise_chunks(chunks: Iterable[str]) -> TokenColumns:
    """The words of many chunks, one chunk after the other.

    >>> tokenise_chunks(["„Corona-Krise“,", "begann."]).counts
    [3, 1]
    """
    columns = TokenColumns([], [], [], [], [])
    forms, starts, ends, joined, counts = columns
    for chunk in chunks:
        word = chunk.strip(_AROUND)
        if word.isalnum() and (word.isascii() or is_normal(word)):
            # Nine chunks of ten are one word with a comma or quotes at most.
            start = chunk.index(word)
            tokens: Sequence[tuple[str, int, int, bool]] = (
                (word, start, start + len(word), False),
            )
        else:
            tokens = tokenise_chunk(chunk)
        counts.append(len(tokens))
        for form, start, end, is_joined in tokens:
            forms.append(form)
            starts.append(start)
            ends.append(end)
            joined.append(is_joined)
    return columns


def tokenise_chunk(chunk: str) -> list[Token]:
    """The words of a chunk in order, each hyphen chain followed by its joined form.

    Args:
        chunk: text without white space.

    >>> [token.form for token in tokenise_chunk("„Corona-Krise“,")]
    ['Corona', 'Krise', 'CoronaKrise']
    """
    text, spans = normalise(chunk)
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    if "-" in text and len(found) > 1:
        tokens = _with_joined_chains(text, found)
    else:
        tokens = [Token(*word) for word in found]
    if spans is None:
        return tokens
    return [Token(t.form, spans[t.start][0], spans[t.end - 1][1], t.joined) for t in tokens]


def _with_joined_chains(text: str, found: list[tuple[str, int, int]]) -> list[Token]:
    tokens: list[Token] = []
    chain: list[tuple[str, int, int]] = []
    for word in found:
        if chain and text[chain[-1][2] : word[1]] != "-":
            tokens += _joined(chain)
            chain = []
        chain.append(word)
        tokens.append(Token(*word))
    return tokens + _joined(chain)


def _joined(chain: list[tuple[str, int, int]]) -> list[Token]:
    form = "".join(word for word, _, _ in chain)
    if len(chain) < 2 or len(form) > _MAX_JOINED:
        return []
    return [Token(form, chain[0][1], chain[-1][2], joined=True)]
