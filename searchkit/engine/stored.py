"""A document as an engine stores it: bytes and back; facets and numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from searchkit.dates import PartialDate
from searchkit.engine.port import StoredParts
from searchkit.model import MENTION_FACETS, Entity, Scalar, StoredDocument
from searchkit.query.plan import value_text

_DECODER = json.JSONDecoder()
# Nothing that is stored holds itself, which to look out for takes a fifth of the time.
_ENCODER = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":"))


def encode_document(document: StoredDocument) -> StoredParts:
    """A document in three parts: what every hit shows, its text, its entities."""
    head = [document.id, document.title, document.date, dict(document.metadata)]
    entities = [[e.name, e.kind, e.mentions] for e in document.entities]
    return StoredParts(
        compact_json(head),
        encode_text(document.text),
        compact_json(entities) if entities else b"",
    )


class Head(NamedTuple):
    """What every hit shows of a document. A tuple, for it is made ten times a query."""

    id: str
    title: str
    date: PartialDate | None
    metadata: Mapping[str, Scalar]


def decode_head(head: bytes) -> Head:
    """A document without text and entities."""
    # Compact JSON in ASCII: looking for blanks and encodings would take half the time.
    (document_id, title, date, metadata), _ = _DECODER.raw_decode(head.decode("ascii"))
    when = None if date is None else PartialDate(date)
    return Head(document_id, title, when, metadata)


def encode_text(text: str) -> bytes:
    """A document's text as it is stored: in UTF-8, and where that cannot say it, nearly so."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(text: bytes) -> str:
    """A document's text."""
    return text.decode("utf-8", "surrogatepass")


def decode_document(parts: StoredParts) -> StoredDocument:
    """What ``encode_document`` was given."""
    head = decode_head(parts.head)
    text, entities = decode_text(parts.text), decode_entities(parts.entities)
    return StoredDocument(head.id, text, head.title, head.date, head.metadata, entities)


def decode_entities(entities: bytes) -> tuple[Entity, ...]:
    """What a document names, in the order it was given."""
    return tuple(
        Entity(name, kind, tuple((start, end) for start, end in mentions))
        for name, kind, mentions in (json.loads(entities) if entities else ())
    )


def compact_json(value: object) -> bytes:
    """JSON in ASCII without blanks."""
    return _ENCODER.encode(value).encode("ascii")


def facet_values(
    document: StoredDocument, mentions: Mapping[str, Mapping[str, int]]
) -> dict[str, Sequence[str]]:
    """Metadata by name; the facets searchkit makes itself come last and win over a namesake.

    Args:
        document: as it will be stored.
        mentions: its ``mention_counts``.
    """
    facets: dict[str, Sequence[str]] = {
        _encodable(name): [_encodable(value_text(value))]
        for name, value in document.metadata.items()
    }
    facets |= _date_facets(document.date)
    return facets | {kind: [*mentions[kind]] for kind in MENTION_FACETS if kind in mentions}


def mention_counts(document: StoredDocument) -> dict[str, dict[str, int]]:
    """How often the text names each of its entities, by facet and value."""
    counts: dict[str, dict[str, int]] = {}
    for entity in document.entities:
        of_kind = counts.setdefault(entity.kind, {})
        name = _encodable(entity.name)
        of_kind[name] = of_kind.get(name, 0) + len(entity.mentions)
    return counts


def _date_facets(date: PartialDate | None) -> dict[str, Sequence[str]]:
    if date is None:
        return {}
    facets: dict[str, Sequence[str]] = {"year": [date[:4]]}
    if date.month is not None:
        facets["month"] = [date[:7]]
    if date.day is not None:
        facets["day"] = [str(date)]
    return facets


def numbers(metadata: Mapping[str, Scalar]) -> dict[str, float]:
    """The numeric metadata by name; truth values are none."""
    return {
        _encodable(name): float(value)
        for name, value in metadata.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _encodable(text: str) -> str:
    """Lone surrogates cannot be encoded, a NUL separates names from values in the engine."""
    if text.isprintable():
        return text  # neither is
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
