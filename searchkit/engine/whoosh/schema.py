"""The Whoosh schema of a searchkit index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, formats
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema

from searchkit.engine.port import FieldTerms
from searchkit.query.plan import EXACT, FIELDS

#: Between the name and the value of a facet or number in one term.
SEPARATOR = "\0"


class AnalysedField(FieldType):  # type: ignore[misc]
    """A field whose terms come ready-made, as ``FieldTerms``."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=True)

    def index(self, value: FieldTerms, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's postings of one document: term, frequency, weight, encoded positions."""
        for term, frequency in value.frequencies().items():
            encoded = self.format.encode(value.positions.get(term, ()))
            yield term.encode(), frequency, float(frequency), encoded


class CountedField(FieldType):  # type: ignore[misc]
    """A field whose terms come ready-made, counted but without positions."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=True)

    def index(self, value: FieldTerms, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's postings of one document: term, frequency, weight."""
        for term, frequency in value.frequencies().items():
            yield term.encode(), frequency, float(frequency), b""


class KeywordField(FieldType):  # type: ignore[misc]
    """A field of whole values, several to a document, without scores."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's postings of one document: every value once."""
        for keyword in value:
            yield keyword.encode(), 1, 1.0, b""


def make_schema() -> Schema:
    """The schema, made anew rather than read from the index, where it would be a pickle."""
    lengths = {length_field(name): COLUMN(columns.NumericColumn("i")) for name in FIELDS}
    return Schema(
        id=ID(unique=True, sortable=columns.VarBytesColumn()),
        digest=COLUMN(columns.VarBytesColumn()),
        source=COLUMN(columns.VarBytesColumn()),
        first_day=COLUMN(columns.NumericColumn("i")),
        last_day=COLUMN(columns.NumericColumn("i")),
        facet=KeywordField(),
        number=KeywordField(),
        stored=STORED,
        **{name: AnalysedField() for name in EXACT},
        **{name: CountedField() for name in EXACT.values()},
        **lengths,
    )


def length_field(name: str) -> str:
    """The column with a field's exact lengths; Whoosh's own are rounded to one byte."""
    return f"{name}_length"
