"""What tells whether a document has changed."""

from __future__ import annotations

import hashlib

from searchkit.engine.stored import compact_json, encode_text
from searchkit.model import Document


def digest(document: Document, text: bytes | None = None) -> str:
    """32 hexadecimal digits that differ when anything about a document does (BLAKE2b).

    Args:
        document: any.
        text: its text as ``encode_text`` encodes it, where that is known.
    """
    facts = [
        document.id,
        len(document.text),
        document.title,
        document.when,
        sorted(document.metadata.items()),
    ]
    # The text is hashed as it is: escaping it would take longer than all the rest.
    found = hashlib.blake2b(compact_json(facts), digest_size=16)
    found.update(encode_text(document.text) if text is None else text)
    return found.hexdigest()
