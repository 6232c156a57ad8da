"""The values that searchkit takes and gives: frozen, compared by content, free of behaviour.

All positions in texts are code point offsets, half-open: ``text[start:end]``.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from searchkit.dates import PartialDate
from searchkit.errors import DateInvalid, DocumentInvalid
from searchkit.explanation import Explanation
from searchkit.markup.ansi import marked_ansi
from searchkit.markup.html import marked_html
from searchkit.markup.spans import Span

Scalar = str | int | float | bool

# The facets searchkit makes itself, in the order they are shown; metadata names follow. Of what a
# text mentions a document may have several values.
DATE_FACETS = ("year", "month", "day")
ENTITY_FACETS = ("person", "place", "organisation")
MENTIONED_DATE = "mentioned_date"
MENTION_FACETS = (*ENTITY_FACETS, MENTIONED_DATE)
BUILT_IN_FACETS = DATE_FACETS + MENTION_FACETS

_LONGEST_ID = 4096


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be indexed.

    Args:
        id: its name in the index, 1 to 4,096 code points of valid Unicode, unique; another text
            of the same id replaces it.
        text: the text itself; line breaks separate paragraphs.
        title: empty where there is none; the first sentence then stands in for it.
        date: text (``2018``, ``2018-07``, ``2018-07-16``, ISO 8601 with a time) or a ``date``.
        metadata: further facts by name, each text, number or truth value; every name is a facet
            and a filter.

    Raises:
        DocumentInvalid: says which field of which document is unusable, and why.

    >>> Document("a", "Der Gipfel begann.", date="2018-7").when
    '2018-07'
    """

    id: str
    text: str
    title: str = ""
    date: str | datetime.date | None = None
    metadata: Mapping[str, Scalar] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self)

    def __hash__(self) -> int:
        return hash((self.id, self.text))

    @property
    def when(self) -> PartialDate | None:
        """The date in canonical form."""
        return None if self.date is None else PartialDate.parse(self.date)


def _check(document: Document) -> None:
    if not isinstance(document.id, str) or not document.id:
        raise DocumentInvalid(
            f"a document has the id {document.id!r}", "give every document a text as its id"
        )
    _check_id(document.id)
    for name in ("text", "title"):
        value = getattr(document, name)
        if not isinstance(value, str):
            raise _invalid(document, name, f"is {type(value).__name__}, not text")
    try:
        _ = document.when
    except DateInvalid as error:
        raise _invalid(document, "date", error.message, error.hint) from error
    if not isinstance(document.metadata, Mapping):
        raise _invalid(document, "metadata", "is not a mapping of names to values")
    for key, value in document.metadata.items():
        if not isinstance(key, str) or not key:
            raise _invalid(document, "metadata", f"has the name {key!r}, which is no text")
        if not isinstance(value, str | int | float | bool):
            raise _invalid(document, f"metadata[{key!r}]", f"is {type(value).__name__}, no scalar")
        if isinstance(value, int | float) and not is_finite(value):
            raise _invalid(document, f"metadata[{key!r}]", "is not a finite number")


def is_finite(number: float) -> bool:
    """Whether a number can be held as a float; integers may be too large.

    >>> is_finite(10**400), is_finite(float("nan")), is_finite(10**300)
    (False, False, True)
    """
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _check_id(id: str) -> None:
    if len(id) > _LONGEST_ID:
        raise DocumentInvalid(
            f"document {id[:30] + '…'!r}: id has {len(id):,} characters",
            f"{_LONGEST_ID:,} are the most",
        )
    if not id.isascii() and any("\ud800" <= char <= "\udfff" for char in id):
        raise DocumentInvalid(
            f"document {id!r}: id is not valid Unicode", "replace the lone surrogates in it"
        )


def _invalid(document: Document, name: str, what: str, hint: str = "") -> DocumentInvalid:
    return DocumentInvalid(
        f"document {document.id!r}: {name} {what}", hint or "correct the field or leave it out"
    )


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation or date that a document names.

    Args:
        name: the canonical name, such as ``Wladimir Putin``; of a date ``2018``, ``2018-07`` or
            ``2018-07-16``.
        kind: ``person``, ``place``, ``organisation`` or ``mentioned_date``.
        mentions: where the text names it, in order; at least one span.

    >>> putin = Entity("Wladimir Putin", "person", ((0, 5), (20, 34)))
    >>> [(end - start) for start, end in putin.mentions]
    [5, 14]
    """

    name: str
    kind: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a document with the found words marked.

    Args:
        text: the passage as it stands in the document, line breaks and runs of blanks as one
            blank each, an ellipsis where a sentence was cut.
        spans: the marked words in ``text``, in order, none touching another.
        offset: where the passage begins in the document's text, after the ellipsis if ``text``
            begins with one: where no blanks were joined, ``document.text[offset + n]`` is
            ``text.lstrip("…")[n]``.
    """

    text: str
    spans: tuple[Span, ...] = ()
    offset: int = 0

    def html(self) -> str:
        """The passage as HTML: everything escaped, the spans in ``<mark>``.

        >>> Snippet("Gipfel & mehr", ((0, 6),)).html()
        '<mark>Gipfel</mark> &amp; mehr'
        """
        return marked_html(self.text, self.spans)

    def ansi(self) -> str:
        """The passage for a terminal: the spans bold, control characters made harmless.

        >>> Snippet("Gipfel", ((0, 6),)).ansi()
        '\\x1b[1;31mGipfel\\x1b[0m'
        """
        return marked_ansi(self.text, self.spans)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that answers a query, as it stands in the document.

    Args:
        id, title, date: of the document.
        text: ``document.text[start:end]``: whole sentences where they fit.
        start, end: code point offsets in the document's text.
        score: the document's score times what the found words in the passage are worth; comparable
            within one answer only.

    >>> passage = index.passages("Gipfel Washington", limit=1)[0]
    >>> passage.text == index.get(passage.id).text[passage.start : passage.end]
    True
    """

    id: str
    title: str
    date: PartialDate | None
    text: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that was found.

    Args:
        id: the document's id.
        title: its title, or its first sentence cut to at most 100 characters.
        date: its date as precisely as known, ``None`` where it has none.
        score: BM25 over title and text, above 0; comparable within one answer only.
        snippets: the best passage first; empty where none were asked for.
        metadata: the document's metadata.
        entities: what it names most often, at most five of a kind, the most mentions first; empty
            where not asked for.
        hidden: how many documents with nearly the same text were left out for this one, where
            that was asked for.

    >>> hit = Hit("a", "Gipfel", PartialDate("2018-07"), 1.5, (Snippet("Der Gipfel begann."),))
    >>> print(hit.date, hit.title, *hit.snippets, sep=" | ")
    2018-07 | Gipfel | Der Gipfel begann.
    """

    id: str
    title: str
    date: PartialDate | None
    score: float
    snippets: tuple[Snippet, ...] = ()
    metadata: Mapping[str, Scalar] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    hidden: int = 0

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that ties two documents, as the one asked for mostly writes it, and what it counts."""

    word: str
    score: float


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A document that is like another.

    Args:
        id, title, date, metadata: as in a ``Hit``.
        score: BM25 of the words it shares with the other; comparable within one answer only.
        words: these words, the strongest first; their scores add up to ``score`` (but for the
            rounding of single precision).

    >>> words = (SharedWord("Gipfel", 2.5), SharedWord("Helsinki", 1.5))
    >>> hit = SimilarHit("a", "Nach dem Gipfel", None, 4.0, words)
    >>> f"{hit.title}: {', '.join(shared.word for shared in hit.words)}"
    'Nach dem Gipfel: Gipfel, Helsinki'
    """

    id: str
    title: str
    date: PartialDate | None
    score: float
    words: tuple[SharedWord, ...]
    metadata: Mapping[str, Scalar] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the found documents have one value of a facet.

    >>> place = FacetCount("Helsinki", 12)
    >>> f"{place.value}: {place.count}"
    'Helsinki: 12'
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet among some documents.

    Args:
        name: its canonical name.
        values: as many as asked for, in the order asked for.
        distinct: how many different values there are in all.
        documents: how many documents were counted.
        missing: how many of those have no value at all.

    >>> facet = Facet("place", (FacetCount("Helsinki", 12),), 40, 100, 25)
    >>> f"{facet.documents - facet.missing} of {facet.documents} documents name a place"
    '75 of 100 documents name a place'
    """

    name: str
    values: tuple[FacetCount, ...]
    distinct: int
    documents: int
    missing: int


@dataclass(frozen=True, slots=True)
class Completion:
    """A word or name that begins with what was typed, and how often the index has it.

    >>> [each.value for each in (Completion("Gipfel", 12), Completion("Gipfeltreffen", 3))]
    ['Gipfel', 'Gipfeltreffen']
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query.

    Args:
        query: the query as typed.
        hits: the page asked for, in the order asked for.
        total: how many documents match, whatever the page.
        facets: by name, the values with their counts over all matches, those that the facet's own
            filter leaves out included: years, months and days in order of time, with those between
            the first and the last that have no document; others by count, then by mentions in the
            whole index, then by value.
        notes: what was reinterpreted, one line each, in the order of the query.
        suggestion: the query as it was probably meant, where words seem mistyped; both were
            searched. ``None`` where there is none.
        took_ms: milliseconds from the question to the answer.
        explanation: how it came about, where that was asked for.
        next_cursor: what to give as ``cursor`` for the page after this one; ``None`` where no hits
            follow, or none were asked for.
        partial: whether the time was over before everything had been looked at: there may be more
            and better hits, and counts may be too small; ``notes`` says so, too.

    >>> result = index.search("Gipfel", facets=["year"])
    >>> result.total, result.facets["year"], result.suggestion
    (1, [FacetCount(value='2018', count=1)], None)
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, list[FacetCount]]
    notes: tuple[str, ...]
    suggestion: str | None
    took_ms: float
    explanation: Explanation | None = None
    next_cursor: str | None = None
    partial: bool = False

    def __hash__(self) -> int:
        return hash((self.query, self.hits))


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the index holds it: what was given, and what searchkit found in it.

    >>> document = index.get("000_46bd2b4e575b1249")
    >>> document.date, document.text[:12]
    ('2018-07', 'US-Präsident')
    """

    id: str
    text: str
    title: str
    date: PartialDate | None
    metadata: Mapping[str, Scalar]
    entities: tuple[Entity, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds.

    Args:
        documents: how many documents.
        terms: how many different stems, over all fields.
        size_bytes: the files of the generation in use.
        generation: its number, growing by one with every commit.
        fields: the facets and filters there are: the built-in ones, then metadata by name.

    >>> stats = index.stats()
    >>> stats.documents, stats.fields
    (1, ('year', 'month', 'day', 'person', 'place', 'organisation', 'mentioned_date'))
    """

    documents: int
    terms: int
    size_bytes: int
    generation: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A text, line or file of a corpus that was not indexed as it stands.

    Args:
        path: the file, as it was named or found.
        line: its line, from 1; ``None`` for the file as a whole.
        reason: a stable code: ``empty``, ``nul-byte``, ``invalid-json``, ``invalid-document``,
            ``duplicate-id``, ``unreadable``, ``too-large``; as remarks ``decoding``,
            ``invalid-date``, ``metadata``, ``no-id``.
        message: what was found, in one line.
        lost: whether the text was left out; False for a mere remark.

    >>> print(Problem("a.jsonl", 3, "invalid-json", "is no JSON object"))
    a.jsonl:3: is no JSON object
    """

    path: str
    line: int | None
    reason: str
    message: str
    lost: bool = True

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update of an index did.

    Args:
        added, replaced, removed, unchanged: documents by what became of them.
        skipped: files not read, counted by reason (``hidden``, ``link``, ``special``, ``other``,
            ``unreadable``).
        problems: what could not be indexed as it stands, in the order met.
        took_s: seconds it took.

    >>> lost = Problem("leer.txt", None, "empty", "there is no text in it")
    >>> report = UpdateReport(2, 0, 0, 0, {"hidden": 1}, (lost,), 0.1)
    >>> report.added, report.lost
    (2, 1)
    """

    added: int
    replaced: int
    removed: int
    unchanged: int
    skipped: Mapping[str, int]
    problems: tuple[Problem, ...]
    took_s: float

    def __hash__(self) -> int:
        return hash((self.added, self.replaced, self.removed, self.unchanged))

    @property
    def lost(self) -> int:
        """How many texts were left out for a problem."""
        return sum(problem.lost for problem in self.problems)
