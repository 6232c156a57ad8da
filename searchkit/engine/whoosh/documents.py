"""The documents of a segment through the eyes of Whoosh: lengths, columns, stored fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.fields import Schema

from searchkit.engine.snapshot import NO_DAY
from searchkit.engine.stored import decode_head, decode_text
from searchkit.engine.whoosh.schema import (
    DATE_FIELD,
    FIRST_DAY,
    ID_FIELD,
    LAST_DAY,
    NumberField,
    ValueField,
    WordField,
    midnight,
)
from searchkit.engine.whoosh.segment import ArraySegment
from searchkit.query.plan import TEXT, TITLE


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment.

    Args:
        segment: the segment.
        schema: of the index.
    """

    def __init__(self, segment: ArraySegment, schema: Schema) -> None:
        self._segment = segment
        self._arrays = segment.arrays
        self._schema = schema
        self._lengths: dict[str, NDArray[Any]] = {
            name: self._arrays.lengths(name)
            for name in schema.names()
            if isinstance(schema[name], WordField)
        }
        self._columns: dict[str, Sequence[Any]] = {}

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        lengths = self._lengths.get(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Of the documents that have the field; 0 where none has."""
        lengths = self._lengths.get(fieldname, np.zeros(0, np.int32))
        lengths = lengths[lengths > 0]
        return int(lengths.min()) if len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths.get(fieldname, np.zeros(0, np.int32)).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Id, title, text and date as text, and the metadata; empty ones are left out."""
        head = decode_head(self._arrays.documents.stored("head", [docnum])[0])
        text = self._arrays.documents.stored("text", [docnum])[0]
        fields = dict(head.metadata) | {
            ID_FIELD: head.id,
            TITLE: head.title,
            TEXT: decode_text(self._segment.compressor.restore(text)),
        }
        if head.date is not None:
            fields[DATE_FIELD] = str(head.date)
        return {name: value for name, value in fields.items() if value != ""}

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._schema and bool(self._schema[fieldname].column_type)

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumnReader:
        """The values of a field to sort and group by."""
        if fieldname not in self._columns:
            self._columns[fieldname] = self._column(fieldname, column)
        return ArrayColumnReader(self._columns[fieldname])

    def _column(self, name: str, column: Any) -> Sequence[Any]:
        documents, field = self._arrays.documents, self._schema[name]
        if name in (FIRST_DAY, LAST_DAY):
            days = documents.first_days if name == FIRST_DAY else documents.last_days
            return list(days.tolist())
        if name == DATE_FIELD:
            return self._dates(field, column)
        if name == ID_FIELD:
            return list(documents.ids)
        values = [column.default_value()] * len(documents)
        if isinstance(field, NumberField):
            owners, numbers = documents.numbers(name.encode())
            for owner, number in zip(owners.tolist(), numbers.tolist(), strict=True):
                values[owner] = field.to_column_value(number)
        elif isinstance(field, ValueField):
            self._fill_first_values(name, values)
        return values

    def _dates(self, field: Any, column: Any) -> list[int]:
        first_days = self._arrays.documents.first_days
        distinct, inverse = np.unique(first_days, return_inverse=True)
        keys = [
            column.default_value() if day == NO_DAY else field.to_column_value(midnight(day))
            for day in distinct.tolist()
        ]
        return [keys[n] for n in inverse.tolist()]

    def _fill_first_values(self, name: str, values: list[bytes]) -> None:
        documents = self._arrays.documents
        encoded = name.encode()
        first, last = documents.facet_range(encoded)
        texts = [value[len(encoded) + 1 :] for value in documents.facets[first:last]]
        owners, ordinals = documents.facet_postings(first, last)
        pairs = list(zip(owners.tolist(), ordinals.tolist(), strict=True))
        # The smallest of several values is written last.
        for owner, ordinal in reversed(pairs):
            values[owner] = texts[ordinal]


class ArrayColumnReader(ColumnReader):  # type: ignore[misc]
    """A column of values that lie in memory.

    Args:
        values: one for each document.
    """

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        """What to sort by; of numbers only the order can be turned around."""
        return -self._values[docnum] if self._reverse else self._values[docnum]

    def load(self) -> list[Any]:
        return list(self._values)

    def set_reverse(self) -> None:
        self._reverse = True
