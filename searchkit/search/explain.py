"""Why documents were found: the parts that their scores are the sum of.

Every part of a plan is asked of the engine on its own, for the hits of the page only. That is slow
beside a search, but the figures are those of the engine itself, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.engine.port import EngineReader
from searchkit.explanation import Explanation, HitExplanation, ScorePart
from searchkit.model import Hit
from searchkit.query.outline import leaf_text, plan_outline, tree_outline
from searchkit.query.plan import Boolean, Expansion, Phrase, Plan, Term
from searchkit.query.printer import print_query
from searchkit.search.understand import Understood


def explanation_of(
    understood: Understood, hits: Sequence[Hit], reader: EngineReader
) -> Explanation:
    """Explain an answer.

    Args:
        understood: the query.
        hits: those of the page, in their order.
        reader: the engine that answered.
    """
    parts = _parts(understood.plan, [hit.id for hit in hits], reader)
    return Explanation(
        query=print_query(understood.tree),
        tree=tree_outline(understood.tree),
        plan=plan_outline(understood.plan),
        hits=tuple(HitExplanation(hit.id, hit.score, tuple(parts[hit.id])) for hit in hits),
    )


def _parts(root: Plan, ids: Sequence[str], reader: EngineReader) -> dict[str, list[ScorePart]]:
    """What every scored leaf contributes to each document: nothing where a combination around it
    does not match as a whole, in the order of the plan.
    """
    found: dict[str, list[ScorePart]] = {document_id: [] for document_id in ids}
    numbers = [reader.number(document_id) for document_id in ids]
    by_number = {n: id_ for n, id_ in zip(numbers, ids, strict=True) if n is not None}
    if not ids:
        return found
    stack: list[tuple[Plan, frozenset[int]]] = [(root, frozenset(by_number))]
    while stack:
        node, inside = stack.pop()
        if not isinstance(node, Boolean | Term | Phrase | Expansion):
            continue  # filters only
        scores = reader.scores(node, list(by_number))
        matching = inside.intersection(scores)
        if isinstance(node, Boolean):
            stack += [(child, matching) for child in reversed((*node.must, *node.should))]
            continue
        for number in matching:
            part = ScorePart(node.field, leaf_text(node), node.weight, scores[number])
            found[by_number[number]].append(part)
    return found
