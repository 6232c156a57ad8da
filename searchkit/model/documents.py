"""Documents, as they are given and as they are kept, and what they name."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from searchkit.dates import PartialDate
from searchkit.errors import DateInvalid, DocumentInvalid
from searchkit.markup.spans import Span

Scalar = str | int | float | bool

# The facets searchkit makes itself, in the order they are shown; metadata names follow. Of what a
# text mentions a document may have several values.
DATE_FACETS = ("year", "month", "day")
ENTITY_FACETS = ("person", "place", "organisation")
MENTIONED_DATE = "mentioned_date"
DATED_FACETS = (*DATE_FACETS, MENTIONED_DATE)
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
        title: empty where there is none; the first sentence then stands in for it. Words are found
            in it; names and dates are looked for in the text only, so that what it alone names is
            in no facet.
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
class StoredDocument:
    """A document as the index holds it: what was given, and what searchkit found in it.

    ``entities`` have the names that facets show: a surname alone is completed where the other
    documents make clear who is meant, and so may change with them.

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
