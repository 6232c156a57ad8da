"""What searchkit asks of an engine. An engine sees plans and terms, never query text.

Documents have a number within one snapshot, 0 to ``document_limit`` - 1; numbers of deleted
documents stay unused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from searchkit.query.plan import Everything, Expansion, Phrase, Plan, Term
from searchkit.text.lexicon import AnalysedText

#: What a word counts beside a part of a compound: a part counts half.
WORD_UNITS = 2

Sort = Literal["relevance", "date", "-date"]
Part = Literal["head", "text", "entities"]
Outcome = Literal["added", "replaced"]

#: What ``locate`` can find in a text.
Target = Term | Phrase | Expansion


@dataclass(frozen=True, slots=True)
class StoredParts:
    """What ``fetch`` gives back of a document, byte for byte.

    Args:
        head: what every hit shows; kept as it is, for it is read most.
        text: the text in UTF-8; compressed.
        entities: what only the whole document shows; compressed.
    """

    head: bytes
    text: bytes
    entities: bytes


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A document ready to be written.

    Args:
        id: unique in the index; replaces the document that had it.
        digest: 32 hexadecimal digits that tell whether its content changed.
        source: what it came from; empty for a document given by a program.
        fields: the words of the searchable fields (``TEXT``, ``TITLE``, ``LEAD``), as numbers of
            the lexicon that the writer was given.
        days: the first and last day of its date as ordinals, ``None`` without a date.
        facets: the values by facet name, each once.
        numbers: the numeric metadata by name.
        stored: what ``fetch`` gives back.
        mentions: by facet name and value, how often the text names it; once where that is not said.
    """

    id: str
    digest: str
    source: str
    fields: Mapping[str, AnalysedText]
    days: tuple[int, int] | None
    facets: Mapping[str, Sequence[str]]
    numbers: Mapping[str, float]
    stored: StoredParts
    mentions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to an engine.

    Args:
        plan: what matches, and its score.
        filter: what must match besides, without counting for the score.
        limit, offset: the page.
        sort: by score, or by first day, documents without a date last; ties by score, then
            the later date, then id.
        after: the id of a document; the page then begins behind it in the order of ``sort``, and
            ``offset`` counts from there.
        facets: names whose values are to be counted over all matches.
        total: whether all matches are to be counted.
        collapse: whether of documents whose texts are nearly the same only the first in the order
            of ``sort`` matches.
        deadline: of ``time.monotonic``; past it no further part of the plan is looked at.
    """

    plan: Plan
    filter: Plan = field(default_factory=Everything)
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    after: str | None = None
    facets: tuple[str, ...] = ()
    total: bool = True
    collapse: bool = False
    deadline: float | None = None


class EngineHit(NamedTuple):
    """A document's number, id and score. A tuple, for it is made ten times a query."""

    number: int
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The answer of an engine.

    Args:
        hits: the page in order.
        total: how many documents match; where that was not asked for, so many at least.
        facets: by name, how many matches have each value.
        partial: whether the deadline cut the search short.
        hidden: of hits that ``collapse`` chose among others, by number, how many others.
    """

    hits: tuple[EngineHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    partial: bool = False
    hidden: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in the texts of some documents, by document, then place.

    Invariants: arrays of one length, int32. ``documents`` counts into the numbers that were asked
    for, ``targets`` into the targets, ``positions`` words of the text. ``starts`` and ``ends`` are
    what was found: a word, a part of one, or a hyphen chain; ``word_starts`` and ``word_ends`` the
    word around it. ``parts`` says of a part how many the word has; it is 0 for anything else.
    """

    documents: NDArray[np.int32]
    targets: NDArray[np.int32]
    positions: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    word_starts: NDArray[np.int32]
    word_ends: NDArray[np.int32]
    parts: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, chosen: NDArray[Any]) -> Places:
        return Places(*(getattr(self, name)[chosen] for name in PLACE_COLUMNS))


PLACE_COLUMNS = tuple(column.name for column in fields(Places))


@dataclass(frozen=True, slots=True)
class EngineNames:
    """What an engine can be asked for by name: facets, and metadata with numbers; ascending."""

    facets: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineStatistics:
    """What an engine holds: documents, and distinct stems.

    Stems of deleted documents may count until the documents are gone from the files.
    """

    documents: int
    terms: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an indexed document came from, and the digest of its content."""

    source: str
    digest: str


class EngineReader(Protocol):
    """One unchanging snapshot of an index; any number of threads may ask at once."""

    def search(self, request: SearchRequest) -> EngineResult:
        """Answer a request exhaustively: the page is the true top of all matches."""

    def scores(self, plan: Plan, numbers: Sequence[int]) -> Mapping[int, float]:
        """What ``search`` gives those of some documents that a plan matches, by number."""

    def locate(self, targets: Sequence[Target], numbers: Sequence[int]) -> Places:
        """Where the words of plan nodes stand in the texts of documents."""

    def fetch(self, numbers: Sequence[int], part: Part) -> list[bytes]:
        """What was stored with the documents, in the order asked."""

    def numbers(self) -> Sequence[int]:
        """The numbers of all documents, ascending."""

    def number(self, document_id: str) -> int | None:
        """The number of a document, None where there is none of that id."""

    def document_count(self) -> int:
        """How many documents there are."""

    def expand(self, node: Expansion) -> list[str]:
        """The terms a pattern stands for, the most frequent first."""

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents a field has a term."""

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many documents a field has each of some stems at most; many in a moment."""

    def origin(self, document_id: str) -> Origin | None:
        """A document's origin; None where there is none of that id."""

    def origins(self) -> Mapping[str, Origin]:
        """Every document's origin by id."""

    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the texts, written as it mostly is, and how often in any case."""

    def facet_counts(self, name: str) -> Mapping[str, int]:
        """The values of a facet that any document has, and how many have each."""

    def facet_mentions(self, name: str) -> Mapping[str, int]:
        """The same values, and how often all texts together name each."""

    def names(self) -> EngineNames:
        """The facets and numbers there are."""

    def statistics(self) -> EngineStatistics:
        """Counts over the snapshot."""

    def check(self) -> None:
        """Compare the structures inside with one another.

        Raises:
            IndexCorrupt: they contradict.
        """

    def close(self) -> None:
        """Let go of the files."""


class EngineWriter(Protocol):
    """Changes to an index that show all at once, after ``commit``."""

    def write(self, documents: Iterable[IndexDocument]) -> list[Outcome]:
        """Add documents; one of an id that exists replaces it. Says of each which it was."""

    def delete(self, ids: Iterable[str]) -> int:
        """Remove documents; unknown ids are passed over. Says how many there were."""

    def commit(self) -> None:
        """Make the changes the state of the index."""

    def abort(self) -> None:
        """Forget the changes."""
