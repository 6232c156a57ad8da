"""The values that searchkit takes and gives: frozen, compared by content, free of behaviour.

All positions in texts are code point offsets, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from searchkit.model.answers import (
    Completion,
    Facet,
    FacetCount,
    Hit,
    Passage,
    SearchResult,
    SharedWord,
    SimilarHit,
    Snippet,
)
from searchkit.model.documents import (
    BUILT_IN_FACETS,
    DATE_FACETS,
    DATED_FACETS,
    ENTITY_FACETS,
    MENTION_FACETS,
    MENTIONED_DATE,
    Document,
    Entity,
    Scalar,
    StoredDocument,
    is_finite,
)
from searchkit.model.reports import (
    IndexStats,
    Problem,
    UpdateReport,
)

__all__ = [
    "BUILT_IN_FACETS",
    "DATED_FACETS",
    "DATE_FACETS",
    "ENTITY_FACETS",
    "MENTIONED_DATE",
    "MENTION_FACETS",
    "Completion",
    "Document",
    "Entity",
    "Facet",
    "FacetCount",
    "Hit",
    "IndexStats",
    "Passage",
    "Problem",
    "Scalar",
    "SearchResult",
    "SharedWord",
    "SimilarHit",
    "Snippet",
    "StoredDocument",
    "UpdateReport",
    "is_finite",
]
