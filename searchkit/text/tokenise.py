"""The words inside one white-space chunk of text, such as ``„Putin-Trump-Gipfel“,``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import IntArray
from searchkit.text.letter_runs import LetterRuns, hyphen_chains, letter_runs
from searchkit.text.normalise import normalise
from searchkit.text.word_patterns import WordPatterns

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

# A word of a chunk, and where it stands.
_Word: TypeAlias = tuple[str, int, int]

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


class TokenColumns(NamedTuple):
    """The tokens of many chunks, column by column; ``counts`` says how many each chunk has."""

    forms: list[str]
    starts: IntArray
    ends: IntArray
    joined: NDArray[np.bool_]
    counts: NDArray[np.int64]


def tokenise_chunks(chunks: Sequence[str], patterns: WordPatterns | None = None) -> TokenColumns:
    """The words of many chunks, one chunk after the other: what ``tokenise_chunk`` says of each.

    Nineteen chunks of twenty have one run of letters, or several with single hyphens between.
    These are taken apart all at once, the others one by one.

    Args:
        chunks: texts without white space.
        patterns: words of further kinds that stay whole.

    >>> tokenise_chunks(["„Corona-Krise“,", "begann."]).counts.tolist()
    [3, 1]
    """
    touched = [n for n, chunk in enumerate(chunks) if patterns.touch(chunk)] if patterns else []
    runs, irregular = letter_runs(chunks, touched)
    chains = hyphen_chains(runs, _MAX_JOINED)
    others = [
        (number, token)
        for number in irregular.tolist()
        for token in tokenise_chunk(chunks[number], patterns)
    ]
    forms = _stretches(chunks, runs)
    forms += [chain.replace("-", "") for chain in _stretches(chunks, chains)]
    forms += [token.form for _, token in others]
    rest = np.array([(number, *token[1:]) for number, token in others], np.int64).reshape(-1, 4)
    numbers = np.concatenate([runs.chunks, chains.chunks, rest[:, 0]])
    starts = np.concatenate([runs.starts, chains.starts, rest[:, 1]])
    ends = np.concatenate([runs.ends, chains.ends, rest[:, 2]])
    joined = np.repeat([False, True, False], [len(runs.chunks), len(chains.chunks), len(rest)])
    joined[len(joined) - len(rest) :] = rest[:, 3]
    # Stable: each chain comes behind its words.
    order = np.argsort(numbers, kind="stable")
    return TokenColumns(
        np.array(forms, object)[order].tolist(),
        starts[order].astype(np.int32),
        ends[order].astype(np.int32),
        joined[order],
        np.bincount(numbers, minlength=len(chunks)),
    )


def tokeniser_name(word_patterns: Sequence[str]) -> str:
    """What the fingerprint of an index says of how texts are cut into words.

    >>> tokeniser_name(["C[+][+]"])
    'chunks-1 C[+][+]'
    """
    return " ".join([TOKENISER, *word_patterns])


def patterns_named(tokeniser: str) -> tuple[str, ...]:
    """The word patterns in what ``tokeniser_name`` returned; none of them holds a blank."""
    return tuple(tokeniser.split(" ")[1:])


def _stretches(chunks: Sequence[str], runs: LetterRuns) -> list[str]:
    columns = (runs.chunks.tolist(), runs.starts.tolist(), runs.ends.tolist())
    # A slice of a whole chunk is the chunk itself: one object, which knows its hash.
    return [chunks[number][start:end] for number, start, end in zip(*columns, strict=True)]


def tokenise_chunk(chunk: str, patterns: WordPatterns | None = None) -> list[Token]:
    """The words of a chunk in order, each hyphen chain followed by its joined form.

    Args:
        chunk: text without white space.
        patterns: words of further kinds that stay whole.

    >>> [token.form for token in tokenise_chunk("„Corona-Krise“,")]
    ['Corona', 'Krise', 'CoronaKrise']
    >>> [token.form for token in tokenise_chunk("(A-123/45)", WordPatterns([r"[A-Z]-\\d+/\\d+"]))]
    ['A-123/45']
    """
    text, spans = normalise(chunk)
    found, whole = _words(text, patterns)
    if "-" in text and len(found) > 1:
        tokens = _with_joined_chains(text, found, whole)
    else:
        tokens = [Token(*word) for word in found]
    if spans is None:
        return tokens
    return [Token(t.form, spans[t.start][0], spans[t.end - 1][1], t.joined) for t in tokens]


def _words(text: str, patterns: WordPatterns | None) -> tuple[list[_Word], set[int]]:
    """The words, and where those begin that a pattern found."""
    if patterns is None:
        return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)], set()
    words = list(patterns.words(text, f"(?x:{_WORD.pattern})"))
    return [word[:3] for word in words], {start for _, start, _, is_whole in words if is_whole}


def _with_joined_chains(text: str, found: list[_Word], whole: set[int]) -> list[Token]:
    tokens: list[Token] = []
    chain: list[_Word] = []
    for word in found:
        is_whole = word[1] in whole
        if chain and (is_whole or text[chain[-1][2] : word[1]] != "-"):
            tokens += _joined(chain)
            chain = []
        if not is_whole:
            chain.append(word)
        tokens.append(Token(*word))
    return tokens + _joined(chain)


def _joined(chain: list[_Word]) -> list[Token]:
    form = "".join(word for word, _, _ in chain)
    if len(chain) < 2 or len(form) > _MAX_JOINED:
        return []
    return [Token(form, chain[0][1], chain[-1][2], joined=True)]
