"""The engine-neutral plan: what to match and how to score it, in terms of fields and terms.

Every node matches a set of documents and gives each a score, 0 where it only filters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

# The searchable fields: stems of text, title, and the first sentence that stands in for a missing
# title; and the same words unstemmed. The stand-in is found by a search in titles only: its words
# are in the text already.
TEXT, TITLE, LEAD = "text", "title", "lead"
EXACT = {TEXT: "text_exact", TITLE: "title_exact", LEAD: "lead_exact"}
ExpansionKind: TypeAlias = Literal["prefix", "wildcard", "fuzzy"]
FIELDS = (*EXACT, *EXACT.values())

#: As many values as there are: the limit of a pattern that asks for any value at all.
ALL_VALUES = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with a term in a field, scored by BM25 times ``weight``."""

    field: str
    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents in which the terms follow one another, scored as one term by its occurrences.

    Args:
        field: a field with positions.
        terms: in order; at least two.
        slop: 0 for the terms side by side in order; n for all of them, in any order, within a
            window of ``len(terms) + n`` words.
        weight: factor of the BM25 score.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Expansion:
    """Documents with any term of a pattern, scored as if all were one term.

    Args:
        field: the field whose terms are compared; one of exact terms.
        kind: ``prefix``, ``wildcard`` (``*`` any letters, ``?`` one) or ``fuzzy``.
        pattern: the prefix, the wildcard pattern or the word.
        edits: insertions, deletions, substitutions and swaps of neighbours allowed (fuzzy).
        limit: terms the pattern may stand for; the most frequent are kept.
        weight: factor of the BM25 score.
    """

    field: str
    kind: ExpansionKind
    pattern: str
    edits: int = 0
    limit: int = 1000
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Values:
    """Documents with one of the values in a facet; no score."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValuePattern:
    """Documents with a value of a facet that fits a pattern; no score.

    Args:
        facet: its name.
        kind, pattern, edits, limit: as in ``Expansion``.
    """

    facet: str
    kind: ExpansionKind
    pattern: str
    edits: int = 0
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Dates:
    """Documents whose date overlaps the days ``first`` to ``last``; no score.

    Args:
        first, last: proleptic ordinals as of ``datetime.date.toordinal``, both included;
            ``None`` leaves that side open.
    """

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Documents with a number of a metadata name between ``low`` and ``high``; no score."""

    facet: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Ids:
    """The documents of these ids; no score."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boolean:
    """Documents that match all of ``must``, none of ``must_not`` and, where there is no ``must``,
    at least one of ``should``. The score is the sum over ``must`` and ``should``.
    """

    must: tuple[Plan, ...] = ()
    should: tuple[Plan, ...] = ()
    must_not: tuple[Plan, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.must, self.should, self.must_not)))

    def __hash__(self) -> int:
        # What a word matches is looked up by its node, time and again.
        return self._hash

    def __reduce__(self) -> tuple[type[Boolean], tuple[tuple[Plan, ...], ...]]:
        # Texts have other hashes in another process.
        return Boolean, (self.must, self.should, self.must_not)


@dataclass(frozen=True, slots=True)
class Constant:
    """The documents of another node, each with the same score.

    Args:
        child: what matches.
        score: above 0.
    """

    child: Plan
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents; no score."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


def value_text(value: str | int | float | bool) -> str:
    """A metadata value as the text of a facet: truth values as in JSON.

    >>> value_text(True), value_text(3), value_text("dpa")
    ('true', '3', 'dpa')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


Plan: TypeAlias = (
    Term
    | Phrase
    | Expansion
    | Values
    | ValuePattern
    | Dates
    | Numbers
    | Ids
    | Boolean
    | Constant
    | Everything
    | Nothing
)
