"""What is answered: hits with their passages, counts of facets, completions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from searchkit.dates import PartialDate
from searchkit.explanation import Explanation
from searchkit.markup.ansi import marked_ansi
from searchkit.markup.html import marked_html
from searchkit.markup.spans import Span
from searchkit.model.documents import Entity, Scalar


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
        notes: how the query was read, and values of filters that no document has, with the
            nearest that some have.

    >>> facet = Facet("place", (FacetCount("Helsinki", 12),), 40, 100, 25)
    >>> f"{facet.documents - facet.missing} of {facet.documents} documents name a place"
    '75 of 100 documents name a place'
    """

    name: str
    values: tuple[FacetCount, ...]
    distinct: int
    documents: int
    missing: int
    notes: tuple[str, ...] = ()


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
