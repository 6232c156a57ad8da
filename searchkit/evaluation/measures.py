"""How good is a ranking? Computed by the package ir-measures, as the field computes it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from searchkit.errors import ConfigurationError
from searchkit.evaluation.judgements import Qrels

MEASURES = ("nDCG@10", "RR@10", "R@10", "R@100")
"""The names by which ir-measures knows them; the first decides what is shown first."""
DEPTH = 100
"""Documents of a ranking that count at most."""

Scores = Mapping[str, Mapping[str, float]]
"""Values by measure and topic."""


def require_ir_measures() -> Any:
    """The module ``ir_measures``.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise ConfigurationError(
            f"the package ir-measures cannot be imported: {error}",
            "pip install 'searchkit[eval]'",
        ) from error
    return ir_measures


def measure(qrels: Qrels, rankings: Mapping[str, Sequence[str]]) -> Scores:
    """Measure rankings topic by topic.

    nDCG@10: gain as judged, discount log2(rank + 1) (Järvelin and Kekäläinen 2002, as trec_eval
    has it); RR@10: one over the rank of the first relevant document, 0 below rank 10 (its mean is
    MRR@10); R@10, R@100: the share of the relevant documents among the first 10, 100. Relevant
    is a gain of 1 or more.

    Args:
        qrels: gains by topic and document.
        rankings: by topic, the ids of documents, best first; a topic without one counts 0.

    Returns:
        The values from 0 to 1, by measure and topic, topics in the order of ``qrels``.

    Raises:
        ConfigurationError: ir-measures is not installed.
    """
    with warnings.catch_warnings():
        # Not the user's to mend: the parser in ir-measures uses what Python 3.14 takes away.
        warnings.simplefilter("ignore", DeprecationWarning)
        return _measured(require_ir_measures(), qrels, rankings)


def _measured(ir_measures: Any, qrels: Qrels, rankings: Mapping[str, Sequence[str]]) -> Scores:
    wanted = {ir_measures.parse_measure(name): name for name in MEASURES}
    # Scores that fall with the rank: equal ones would be ordered anew, by id.
    run = {
        topic: {document: float(-rank) for rank, document in enumerate(rankings.get(topic, ()))}
        for topic in qrels
    }
    scores = {name: dict.fromkeys(qrels, 0.0) for name in MEASURES}
    gains = {topic: dict(judged) for topic, judged in qrels.items()}
    for value in ir_measures.iter_calc(list(wanted), gains, run):
        scores[wanted[value.measure]][value.query_id] = float(value.value)
    return scores
