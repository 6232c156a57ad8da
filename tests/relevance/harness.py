"""The relevance harness beside the checkout, called from tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def load_harness(shared: Path) -> ModuleType:
    """The module ``relevance.py`` of the development corpora."""
    spec = importlib.util.spec_from_file_location(
        "relevance_harness", shared / "evaluation" / "relevance.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def mean_ndcg(system: object, collection: object, most: int = 0) -> float:
    """nDCG@10 over the queries of a collection, or the first ``most`` of them.

    Every collection used here has one relevant document a query, so that the ideal gain is 1.
    """
    import math

    queries = list(collection.queries.items())[: most or None]
    total = 0.0
    for query_id, query in queries:
        relevant = set(collection.qrels[query_id])
        found = system.search(query, 10)
        total += sum(1 / math.log2(n + 2) for n, i in enumerate(found) if i in relevant)
    return total / len(queries)
