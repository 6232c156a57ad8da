"""The pieces a tagger sees: words with their hyphens, abbreviations, single punctuation marks.

An index wants the parts of ``Putin-Trump-Gipfel`` and no full stops; a tagger wants the chain whole
and the full stop beside it. So this cuts differently from ``searchkit.text.tokenise``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from searchkit.text.normalise import is_normal, normalise

BOUNDARY = "\x01"
"""The form that stands between sentences."""

# Text has white space. What has none for so long would be millions of pieces without a name.
LONGEST, _NO_TEXT = 1000, "…"

_ABBREVIATIONS = (
    "Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Hr|Fr|Nr|Bd|Abs|Art|Co|Inc|Corp|Ltd|bzw|ca|vgl|geb|gest|sog|"
    "inkl|usw|etc|evtl|ggf|Mio|Mrd|Str|Jh|Jhd|Jan|Feb|Aug|Sept|Okt|Nov|Dez|Dipl|Ing|med|phil|jur"
)
_ABBREVIATION = re.compile(rf"(?:[^\W\d_]|[IVX]+|{_ABBREVIATIONS})\.")
_BEFORE_FULL_STOP = re.compile(rf"[^\W\d_]|[IVX]+|{_ABBREVIATIONS}|\d{{1,2}}")
_PIECE = re.compile(
    rf"""
    (?:[^\W\d_]\.){{2,}}(?![^\W_])            # z.B. e.V. H.W.
  | [^\W\d_]\.(?=\W|$)                        # J.
  | (?:{_ABBREVIATIONS})\.(?=\W|$)
  | [IVX]+\.(?=\W|$)
  | \d{{1,2}}\.(?!\d)                         # 16.
  | \d+(?:[.,:]\d+)+
  | [^\W\d_]{{3,}}\((?:in|innen)\)            # Bürger(innen)
  | [^\W_]+(?:(?:['’&*_-]+|[.](?=[a-z\d])|:(?=in))[^\W_]+)*-?
  | \S
    """,
    re.VERBOSE,
)
_AFTER = ",.;:!?"
_ENDS = frozenset(".!?")
_CLOSERS = "\"'“”‘’»«›‹)]}*"
_OPENERS = "\"'„“”‚‘’»«›‹([{*–-"


class Pieces(NamedTuple):
    """The pieces of many chunks, column by column; ``counts`` says how many each chunk has.

    ``closes`` tells whether a sentence may end with a chunk, ``opens`` whether one may begin.
    """

    forms: list[str]
    starts: list[int]
    ends: list[int]
    counts: list[int]
    closes: list[bool]
    opens: list[bool]


def cut_chunks(chunks: Iterable[str]) -> Pieces:
    """The pieces of chunks of text without white space, one chunk after the other.

    >>> cut_chunks(["„Putin-Trump-Gipfel“,", "16.", "J."]).forms
    ['„', 'Putin-Trump-Gipfel', '“', ',', '16.', 'J.']
    """
    pieces = Pieces([], [], [], [], [], [])
    forms, starts, ends, counts, closes, opens = pieces
    for chunk in chunks:
        word = chunk.rstrip(_AFTER)
        mark = chunk[len(word) :]
        if _is_plain(word) and (not mark or (len(mark) == 1 and not _is_abbreviation(chunk))):
            # Nine chunks of ten are one word with one mark after it at most.
            size = len(word)
            forms += (word, mark) if mark else (word,)
            starts += (0, size) if mark else (0,)
            ends += (size, size + 1) if mark else (size,)
            counts.append(len(mark) + 1)
            closes.append(mark in _ENDS)
        else:
            found, begins, stops = _columns(chunk)
            forms += found
            starts += begins
            ends += stops
            counts.append(len(found))
            closes.append(ends_sentence(found))
        first = chunk[0] if chunk[0] not in _OPENERS else chunk.lstrip(_OPENERS)[:1]
        opens.append(not first.islower())
    return pieces


def _is_plain(word: str) -> bool:
    return word.isalpha() and (word.isascii() or is_normal(word))


def _is_abbreviation(chunk: str) -> bool:
    return chunk[-1] == "." and len(chunk) < 8 and bool(_ABBREVIATION.fullmatch(chunk))


def cut_chunk(chunk: str) -> list[tuple[str, int, int]]:
    """The pieces of a chunk: each in normal form, and where it stands in the chunk. One that is far
    too long to hold a name is a single mark.

    >>> cut_chunk("CDU/CSU.")
    [('CDU', 0, 3), ('/', 3, 4), ('CSU', 4, 7), ('.', 7, 8)]
    """
    return [*zip(*_columns(chunk), strict=True)]


def _columns(chunk: str) -> tuple[list[str], list[int], list[int]]:
    """The pieces of a chunk, their starts and their ends."""
    if len(chunk) > LONGEST:
        return [_NO_TEXT], [0], [len(chunk)]
    text, spans = normalise(chunk)
    # What stands between sentences must not stand in them.
    forms = _PIECE.findall(text.replace(BOUNDARY, _NO_TEXT))
    # Every letter is part of a piece: each begins where the one before it ends.
    ends = [*accumulate(map(len, forms))]
    starts = [0, *ends[:-1]] if ends else []
    if spans is None:
        return forms, starts, ends
    # An accent that no letter goes with is in the span of the letter before it, and no piece.
    found, reach = [], 0
    for form, start, end in zip(forms, starts, ends, strict=True):
        begin, stop = max(spans[start][0], reach), spans[end - 1][1]
        if begin < stop:
            found.append((form, begin, stop))
            reach = stop
    return [form for form, _, _ in found], [a for _, a, _ in found], [b for _, _, b in found]


def ends_sentence(forms: list[str]) -> bool:
    """Whether the last of some pieces but closing quotes is a mark that ends sentences.

    >>> ends_sentence(["Gipfel", "!", "“"]), ends_sentence(["Gipfel", "“"])
    (True, False)
    """
    for form in reversed(forms):
        if form not in _CLOSERS:
            return form in ".!?…"
    return False


def opens_sentence(marks: str) -> bool:
    """Whether marks before a word leave it to the word whether a sentence may begin there."""
    return not marks.strip(_OPENERS)


def attaches_full_stop(word: str) -> bool:
    """Whether a full stop behind a word of letters and digits is part of the word's piece.

    >>> [attaches_full_stop(word) for word in ("Dr", "16", "XIV", "Rom")]
    [True, True, True, False]
    """
    return bool(_BEFORE_FULL_STOP.fullmatch(word))
