"""The pieces a tagger sees: words with their hyphens, abbreviations, single punctuation marks.

An index wants the parts of ``Putin-Trump-Gipfel`` and no full stops; a tagger wants the chain whole
and the full stop beside it. So this cuts differently from ``searchkit.text.tokenise``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from searchkit.text.normalise import is_normal, normalise

#: Names the rules of this module in the version of the tagger.
PIECES = "pieces-1"

_ABBREVIATIONS = (
    "Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Hr|Fr|Nr|Bd|Abs|Art|Co|Inc|Corp|Ltd|bzw|ca|vgl|geb|gest|sog|"
    "inkl|usw|etc|evtl|ggf|Mio|Mrd|Str|Jh|Jhd|Jan|Feb|Aug|Sept|Okt|Nov|Dez|Dipl|Ing|med|phil|jur"
)
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
        if chunk.isalpha() and (chunk.isascii() or is_normal(chunk)):
            forms.append(chunk)
            starts.append(0)
            ends.append(len(chunk))
            counts.append(1)
            closes.append(False)
        else:
            found = cut_chunk(chunk)
            for form, start, end in found:
                forms.append(form)
                starts.append(start)
                ends.append(end)
            counts.append(len(found))
            closes.append(_closes([form for form, _, _ in found]))
        first = chunk.lstrip(_OPENERS)[:1] or chunk[0]
        opens.append(not first.islower())
    return pieces


def cut_chunk(chunk: str) -> list[tuple[str, int, int]]:
    """The pieces of a chunk: each in normal form, and where it stands in the chunk.

    >>> cut_chunk("CDU/CSU.")
    [('CDU', 0, 3), ('/', 3, 4), ('CSU', 4, 7), ('.', 7, 8)]
    """
    text, spans = normalise(chunk)
    found = [(m[0], m.start(), m.end()) for m in _PIECE.finditer(text)]
    if spans is None:
        return found
    return [(form, spans[start][0], spans[end - 1][1]) for form, start, end in found]


def _closes(forms: list[str]) -> bool:
    """Whether the last piece but closing quotes is a mark that ends sentences."""
    for form in reversed(forms):
        if form not in _CLOSERS:
            return form in ".!?…"
    return False
