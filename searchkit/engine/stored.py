"""A document as the bytes an engine stores, and back."""

from __future__ import annotations

import json
from dataclasses import replace

from searchkit.dates import PartialDate
from searchkit.engine.port import StoredParts
from searchkit.model import Entity, StoredDocument


def encode_document(document: StoredDocument) -> StoredParts:
    """A document in three parts: what every hit shows, its text, its entities."""
    head = [document.id, document.title, document.date, dict(document.metadata)]
    entities = [[e.name, e.kind, e.mentions] for e in document.entities]
    return StoredParts(
        compact_json(head),
        encode_text(document.text),
        compact_json(entities) if entities else b"",
    )


def decode_head(head: bytes) -> StoredDocument:
    """A document without text and entities."""
    document_id, title, date, metadata = json.loads(head)
    when = None if date is None else PartialDate(date)
    return StoredDocument(document_id, "", title, when, metadata)


def encode_text(text: str) -> bytes:
    """A document's text as it is stored: in UTF-8, and where that cannot say it, nearly so."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(text: bytes) -> str:
    """A document's text."""
    return text.decode("utf-8", "surrogatepass")


def decode_document(parts: StoredParts) -> StoredDocument:
    """What ``encode_document`` was given."""
    return replace(
        decode_head(parts.head),
        text=decode_text(parts.text),
        entities=tuple(
            Entity(name, kind, tuple((start, end) for start, end in mentions))
            for name, kind, mentions in (json.loads(parts.entities) if parts.entities else ())
        ),
    )


def compact_json(value: object) -> bytes:
    """JSON in ASCII without blanks."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")
