"""What several tests need: the seed folder, an index of it, the corpora beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Index, build_index

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED_ID = "000_46bd2b4e575b1249"


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the seed text; not to be changed."""
    return build_index(SEEDS, tmp_path_factory.mktemp("seed-index"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development corpora; a user's clone has none."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the development corpora are not beside this checkout")
    return folder
