"""A document as the bytes an engine stores, and back."""

from __future__ import annotations

import hashlib
import json

from searchkit.dates import PartialDate
from searchkit.model import Document, Entity, StoredDocument


def encode_document(document: StoredDocument) -> bytes:
    """All of a document but its id, as JSON in ASCII."""
    entities = [[e.name, e.kind, e.mentions] for e in document.entities]
    fields = [
        document.id,
        document.title,
        document.date,
        dict(document.metadata),
        entities,
        document.text,
    ]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decode_document(stored: bytes) -> StoredDocument:
    """What ``encode_document`` was given."""
    document_id, title, date, metadata, entities, text = json.loads(stored)
    return StoredDocument(
        id=document_id,
        text=text,
        title=title,
        date=None if date is None else PartialDate(date),
        metadata=metadata,
        entities=tuple(
            Entity(name, kind, tuple((start, end) for start, end in mentions))
            for name, kind, mentions in entities
        ),
    )


def digest(document: Document) -> str:
    """32 hexadecimal digits that differ when anything about a document does (BLAKE2b)."""
    fields = [
        document.id,
        document.text,
        document.title,
        document.when,
        sorted(document.metadata.items()),
    ]
    content = json.dumps(fields, ensure_ascii=True).encode("ascii")
    return hashlib.blake2b(content, digest_size=16).hexdigest()
