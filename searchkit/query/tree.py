"""What a query says, as a tree: engine-neutral, free of analysis, compared without positions.

Leaves say what to look for, the other nodes how the leaves combine. ``Bool`` is the only
combination: AND is ``must``, OR and words side by side are ``should``, NOT is ``must_not``.
Spans are offsets in the query as typed, (0, 0) in trees that a program made; equality and hashing
leave them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from searchkit.dates import PartialDate
from searchkit.markup.spans import Span

_NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, escapes resolved; without blanks, with a letter or digit in it.

    Args:
        text: punctuation around the word may still be there; analysis drops it.
        span: where it stands in the query, without signs and suffixes.
        fuzzy: how many typing errors are forgiven, 0 to 2.
        exact: whether only this form counts: no stem, no compound parts.

    >>> Word("Gipfel", (0, 6)) == Word("Gipfel", (7, 13))
    True
    """

    text: str
    span: Span = field(default=_NOWHERE, compare=False)
    fuzzy: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order.

    Args:
        text: what stood between the quotes, escaped quotes resolved.
        span: where it stands in the query, without the quotes.
        slop: how many words may lie between or be moved, 0 (an exact phrase) to 100.
    """

    text: str
    span: Span = field(default=_NOWHERE, compare=False)
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word form (or value, in a keyword field) that begins with ``text``."""

    text: str
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every word form (or value, in a keyword field) that fits a pattern as a whole.

    Args:
        pattern: ``*`` stands for any run of characters, ``?`` for one, a backslash before
            ``*``, ``?`` or a backslash makes that character ordinary.
        span: where it stands in the query.
    """

    pattern: str
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from the first day of ``first`` to the last day of ``last``; None is an open end."""

    first: PartialDate | None
    last: PartialDate | None
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers from ``low`` to ``high``, both included and finite; None is an open end."""

    low: float | None
    high: float | None
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a keyword field as a whole."""

    text: str
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents; inside a field, all that have a value there."""

    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """The query that holds nothing to look for; only ever the root."""


@dataclass(frozen=True, slots=True)
class Boost:
    """``child`` with its score multiplied by ``factor``, above 0 and at most 1000."""

    child: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Field:
    """``child`` looked for in one field, by its canonical name; an inner field wins."""

    name: str
    child: Node


@dataclass(frozen=True, slots=True)
class Bool:
    """Documents that match all of ``must`` and none of ``must_not``.

    Where ``must`` is empty, at least one of ``should`` has to match; otherwise they only add to
    the score. With ``must_not`` alone, every other document matches. Made by ``combine``, which
    keeps the form canonical: never empty, never a lone member of ``must`` or ``should``.
    """

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


Leaf: TypeAlias = Word | Phrase | Prefix | Wildcard | DateRange | NumberRange | Value | Everything
Node: TypeAlias = Leaf | Nothing | Boost | Field | Bool


def start_of(node: Node) -> int:
    """Where in the query the first leaf of a tree stands; 0 where it has none.

    >>> start_of(Field("title", Boost(Word("Gipfel", (6, 12)), 2.0)))
    6
    """
    while isinstance(node, Boost | Field | Bool):
        if isinstance(node, Bool):
            node = (*node.must, *node.should, *node.must_not)[0]
        else:
            node = node.child
    return 0 if isinstance(node, Nothing) else node.span[0]


def combine(
    must: tuple[Node, ...] = (), should: tuple[Node, ...] = (), must_not: tuple[Node, ...] = ()
) -> Node:
    """Combine nodes into the simplest node of the same meaning.

    Args:
        must, should, must_not: as in ``Bool``, in the order of the query.

    Returns:
        the member itself where it is the only one and not excluded, ``Nothing`` where there is
        none, a ``Bool`` otherwise.

    >>> combine(should=(Word("Gipfel"),))
    Word(text='Gipfel', span=(0, 0), fuzzy=0, exact=False)
    """
    if not must_not and len(must) + len(should) < 2:
        return (*must, *should, Nothing())[0]
    return Bool(must, should, must_not)
