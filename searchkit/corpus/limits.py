"""What the corpus room refuses to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorpusLimits:
    """Bounds on what one text may cost.

    Args:
        document_bytes: the longest text file, and the longest line of a JSON Lines file after
            unpacking, in bytes, 1 or more; anything longer is skipped without being loaded.
        problems: how many problems of one kind are listed one by one for one file, 1 or more; the
            last one listed counts the rest.

    >>> CorpusLimits().document_bytes
    104857600
    """

    document_bytes: int = 100 * 1024 * 1024
    problems: int = 1000


DEFAULT_LIMITS = CorpusLimits()
