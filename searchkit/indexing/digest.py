"""What tells whether a document has changed."""

from __future__ import annotations

import hashlib

from searchkit.engine.stored import compact_json
from searchkit.model import Document


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
    found = hashlib.blake2b(compact_json(facts), digest_size=16)
    found.update(document.text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
