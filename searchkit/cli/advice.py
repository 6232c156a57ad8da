"""What to try when nothing was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from searchkit.cli.options import command_line
from searchkit.query.lexer import OPERATORS
from searchkit.search.request import period

Dates = tuple[str | None, str | None]

_QUOTES = re.compile('[+]?["„“”»«]')
_PHRASE = re.compile('(?<![:=])["„“»]')
# What stands in a field: it says nothing about the words of texts.
_IN_FIELD = re.compile(r'\w+:(?:"[^"]*"|\S)*')
_DATED = re.compile(r"\b(?:datum|date|jahr|year|monat|month|day):", re.IGNORECASE)
_MUST = re.compile(r"(^|\s)(\+\S|AND\s|UND\s)")
_WORD = re.compile(r"[^\W\d_]{5,}")
_SHORTEST_PREFIX = 4


def next_steps(
    query: str,
    *,
    suggestion: str | None = None,
    filters: Sequence[str] = (),
    dates: Dates = (None, None),
    index: str,
) -> Iterator[str]:
    """Ways to a broader question, the most promising first; at least one.

    Args:
        query: as typed.
        suggestion: another query worth trying, where there is one.
        filters: the names of the filters that were given.
        dates: the first and the last date that were asked for, ``None`` for an open end.
        index: the folder of the index.

    >>> list(next_steps("Gipfeltreffen", index="index"))[0]
    "the beginning of a word: searchkit query 'Gipfeltr*'"
    """

    def asking(text: str, *options: str) -> str:
        dashes = ["--"] if text.startswith("-") else []
        return command_line("query", [*options, *dashes, text], index=index)

    if suggestion:
        yield f"did you mean: {asking(suggestion)}"
    unquoted = " ".join(_QUOTES.sub(" ", query).split())
    if unquoted:
        yield from _wider(query, filters, dates, asking)
    if unquoted and _PHRASE.search(query) and not _IN_FIELD.search(query):
        yield f"the words in any order: {asking(unquoted)}"
    if _MUST.search(query):
        yield "fewer words that must be there: leave out + and AND"
    words = (word for word in _WORD.findall(_IN_FIELD.sub(" ", query)) if word not in OPERATORS)
    word = max(words, key=len, default="")
    if word and "*" not in query:
        kept = max(_SHORTEST_PREFIX, len(word) * 2 // 3)
        yield f"the beginning of a word: {asking(word[:kept] + '*')}"
    if any(dates) or _DATED.search(query):
        yield f"the months of the documents: {command_line('facets', ['month'], index=index)}"
    else:
        yield f"what the index holds: {command_line('status', index=index)}"


def _wider(
    query: str, filters: Sequence[str], dates: Dates, asking: Callable[..., str]
) -> Iterator[str]:
    """Ways to less narrow filters and dates."""
    first, last = dates
    if first and last and _are_reversed(first, last):
        turned = asking(query, "--from", last, "--to", first)
        yield f"the dates the other way round, as {first} is after {last}: {turned}"
    if filters:
        facets = [part for name in filters for part in ("--facet", name)]
        yield f"the values that documents have: {asking(query, *facets)}"
    if filters or first or last:
        yield f"without filters and dates: {asking(query)}"


def _are_reversed(first: str, last: str) -> bool:
    return period(first)[0].first_day > period(last)[1].last_day
