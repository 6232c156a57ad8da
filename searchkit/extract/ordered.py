"""Mentions in order, none overlapping another, and others among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter

from searchkit.extract.protocol import Mention

_START, _END = itemgetter(0), itemgetter(1)


def is_free(mentions: list[Mention], start: int, end: int) -> bool:
    """Whether no mention overlaps a stretch of text.

    >>> is_free([(0, 4, "LOC"), (9, 12, "PER")], 4, 9)
    True
    """
    after = bisect_right(mentions, start, key=_END)
    return after == len(mentions) or mentions[after][0] >= end


def with_better(mentions: list[Mention], better: Iterable[Mention]) -> list[Mention]:
    """Mentions with better ones, in order, in place of those they overlap.

    >>> with_better([(0, 4, "LOC"), (9, 12, "PER")], [(2, 8, "ORG")])
    [(2, 8, 'ORG'), (9, 12, 'PER')]
    """
    result: list[Mention] = []
    place = 0
    # The better ones are few: those between them are taken over many at once.
    for mention in better:
        before = bisect_right(mentions, mention[0], place, key=_END)
        result += mentions[place:before]
        result.append(mention)
        place = bisect_left(mentions, mention[1], before, key=_START)
    return result + mentions[place:]


def with_further(mentions: list[Mention], further: Iterable[Mention]) -> list[Mention]:
    """Mentions and those of further ones that overlap none.

    >>> with_further([(2, 8, "ORG")], [(0, 4, "LOC"), (9, 12, "PER")])
    [(2, 8, 'ORG'), (9, 12, 'PER')]
    """
    return sorted(mentions + [each for each in further if is_free(mentions, each[0], each[1])])
