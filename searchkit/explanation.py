"""Why a search answered as it did: values made by ``search.explain``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one term adds to the score of one document.

    Args:
        field: where the engine found it: ``text``, ``title`` or ``lead`` (the first sentence of a
            document without title) as stems, the same with ``_exact`` as forms.
        term: a stem or form, a phrase in quotes, or a pattern.
        weight: the factor of its BM25 score, a product of the field's, the part's and the query's.
        score: what it adds, weight included.
    """

    field: str
    term: str
    weight: float
    score: float


@dataclass(frozen=True, slots=True)
class HitExplanation:
    """Why one document has its score.

    Args:
        id: of the document.
        score: as in its ``Hit``.
        parts: what adds up to it (but for the rounding of single precision), in the order of
            the plan; empty where the query only filters.
    """

    id: str
    score: float
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was understood, and what the scores of its hits are made of.

    Args:
        query: the query as understood, corrections included, in the query language.
        tree: the same as an outline, a line for each node.
        plan: what the engine was asked, likewise.
        hits: one for each hit of the page, in their order.

    >>> why = index.search("Gipfel", explain=True).explanation
    >>> why.query, why.hits[0].parts[0].term
    ('Gipfel', 'gipfel')
    """

    query: str
    tree: tuple[str, ...]
    plan: tuple[str, ...]
    hits: tuple[HitExplanation, ...]
