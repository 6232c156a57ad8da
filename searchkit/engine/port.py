"""What searchkit asks of an engine. An engine sees plans and terms, never query text.

Documents have a number within one snapshot, 0 to ``document_limit`` - 1; numbers of deleted
documents stay unused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from searchkit.query.plan import Everything, Expansion, Plan

#: What a word counts beside a part of a compound: a part counts half.
WORD_UNITS = 2

Sort = Literal["relevance", "date", "-date"]


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """The terms of one field of one document.

    A word counts ``WORD_UNITS`` for its term, a part of a compound one unit for its own, a word at
    the beginning of a text one more, so that frequencies stay whole numbers.

    Args:
        positions: every term with its word positions in ascending order.
        length: how many words the field has.
        parts: how often each term is part of a compound or stands at the beginning; neither has a
            position of its own or lengthens the field.
    """

    positions: Mapping[str, Sequence[int]]
    length: int
    parts: Mapping[str, int] = field(default_factory=dict)

    def frequencies(self) -> dict[str, int]:
        """Every term's frequency in units."""
        found = {term: WORD_UNITS * len(places) for term, places in self.positions.items()}
        for term, count in self.parts.items():
            found[term] = found.get(term, 0) + count
        return found


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A document ready to be written.

    Args:
        id: unique in the index; replaces the document that had it.
        digest: what tells whether its content changed.
        source: what it came from; empty for a document given by a program.
        fields: the searchable fields.
        days: the first and last day of its date as ordinals, ``None`` without a date.
        facets: the values by facet name, each once.
        numbers: the numeric metadata by name.
        stored: what ``fetch`` gives back, byte for byte.
    """

    id: str
    digest: str
    source: str
    fields: Mapping[str, FieldTerms]
    days: tuple[int, int] | None
    facets: Mapping[str, Sequence[str]]
    numbers: Mapping[str, float]
    stored: bytes


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to an engine.

    Args:
        plan: what matches, and its score.
        filter: what must match besides, without counting for the score.
        limit, offset: the page.
        sort: by score, or by first day, documents without a date last; ties by score, then
            the later date, then id.
        facets: names whose values are to be counted over all matches.
    """

    plan: Plan
    filter: Plan = field(default_factory=Everything)
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A document's number and score."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The answer of an engine: the page in order, the number of matches, the counts by value."""

    hits: tuple[EngineHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class EngineStatistics:
    """What an engine holds: documents, distinct stems, facet names, names with numbers."""

    documents: int
    terms: int
    facets: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an indexed document came from, and the digest of its content."""

    source: str
    digest: str


class EngineReader(Protocol):
    """One unchanging snapshot of an index; any number of threads may ask at once."""

    def search(self, request: SearchRequest) -> EngineResult:
        """Answer a request exhaustively: the page is the true top of all matches."""

    def fetch(self, numbers: Sequence[int]) -> list[bytes]:
        """What was stored with the documents, in the order asked."""

    def number(self, document_id: str) -> int | None:
        """The number of a document, None where there is none of that id."""

    def expand(self, node: Expansion) -> list[str]:
        """The terms a pattern stands for, the most frequent first."""

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents a field has a term."""

    def origins(self) -> Mapping[str, Origin]:
        """Every document's origin by id."""

    def statistics(self) -> EngineStatistics:
        """Counts over the snapshot."""

    def close(self) -> None:
        """Let go of the files."""


class EngineWriter(Protocol):
    """Changes to an index that show all at once, after ``commit``."""

    def write(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents; one of an id that exists replaces it."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents; unknown ids are passed over."""

    def commit(self) -> None:
        """Make the changes the state of the index."""

    def abort(self) -> None:
        """Forget the changes."""
