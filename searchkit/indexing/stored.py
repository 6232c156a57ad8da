"""A document as the bytes an engine stores, and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from searchkit.dates import PartialDate
from searchkit.engine.port import StoredParts
from searchkit.model import Document, Entity, StoredDocument


def encode_document(document: StoredDocument) -> StoredParts:
    """A document in three parts: what every hit shows, its text, its entities."""
    head = [document.id, document.title, document.date, dict(document.metadata)]
    entities = [[e.name, e.kind, e.mentions] for e in document.entities]
    return StoredParts(
        _json(head),
        # JSON escapes what UTF-8 cannot say; the text as it is need not be escaped.
        document.text.encode("utf-8", "surrogatepass"),
        _json(entities) if entities else b"",
    )


def decode_head(head: bytes) -> StoredDocument:
    """A document without text and entities."""
    document_id, title, date, metadata = json.loads(head)
    when = None if date is None else PartialDate(date)
    return StoredDocument(document_id, "", title, when, metadata)


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


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def digest(document: Document) -> str:
    """32 hexadecimal digits that differ when anything about a document does (BLAKE2b)."""
    facts = [
        document.id,
        len(document.text),
        document.title,
        document.when,
        sorted(document.metadata.items()),
    ]
    # The text is hashed as it is: escaping it would take longer than all the rest.
    found = hashlib.blake2b(_json(facts), digest_size=16)
    found.update(document.text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
