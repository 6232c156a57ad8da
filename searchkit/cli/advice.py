"""What to try when nothing was found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchkit.cli.options import command_line

_QUOTES = re.compile('["„“”»«]')
_MUST = re.compile(r"(^|\s)(\+\S|AND\s|UND\s)")
_WORD = re.compile(r"[^\W\d_]{5,}")
_SHORTEST_PREFIX = 4


def next_steps(query: str, *, suggestion: str | None, narrowed: bool, index: str) -> Iterator[str]:
    """Ways to a broader question, the most promising first; at least one.

    Args:
        query: as typed.
        suggestion: another query worth trying, where there is one.
        narrowed: whether filters or dates were given.
        index: the folder of the index.

    >>> list(next_steps("Gipfeltreffen", suggestion=None, narrowed=False, index="index"))[0]
    "the beginning of a word: searchkit query 'Gipfeltr*'"
    """

    def asking(text: str) -> str:
        dashes = ["--"] if text.startswith("-") else []
        return command_line("query", [*dashes, text], index=index)

    if suggestion:
        yield f"did you mean: {asking(suggestion)}"
    if narrowed:
        yield f"without filters and dates: {asking(query)}"
    if _QUOTES.search(query):
        yield f"the words in any order: {asking(_QUOTES.sub(' ', query).strip())}"
    if _MUST.search(query):
        yield "fewer words that must be there: leave out + and AND"
    word = max(_WORD.findall(query), key=len, default="")
    if word and "*" not in query:
        kept = max(_SHORTEST_PREFIX, len(word) * 2 // 3)
        yield f"the beginning of a word: {asking(word[:kept] + '*')}"
    yield f"what the index holds: {command_line('status', index=index)}"
