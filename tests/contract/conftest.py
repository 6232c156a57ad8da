"""An engine of each kind, with an empty index."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.config import Ranking
from tests.contract.documents import LEXICON
from tests.contract.engines import ENGINES, Engine


@pytest.fixture(params=ENGINES, ids=lambda kind: kind.__name__)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Every engine has to keep the contract; a new one is added to ``ENGINES``."""
    return request.param(tmp_path, LEXICON, Ranking())
