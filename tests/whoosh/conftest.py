"""An index in several segments with deletions; the same in segments of Whoosh's own."""

from __future__ import annotations

import pytest
from whoosh.index import FileIndex

from searchkit.engine.whoosh.index import ArrayIndex, ArrayStorage
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon
from searchkit.text.word_counts import WordCounts
from tests.whoosh.stock import stock_index
from tests.whoosh.texts import BY_HAND, made_up, written

DOCUMENTS = made_up(70)
COMMITS = (DOCUMENTS[:40], [*BY_HAND, *DOCUMENTS[40:60]], DOCUMENTS[60:])
DELETED = ("d003", "d017", "d041", "d069")


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(CompoundSplitter(WordCounts.seed()))


@pytest.fixture(scope="session")
def index(lexicon, tmp_path_factory) -> ArrayIndex:
    """Three segments with deletions; not to be changed."""
    storage = ArrayStorage(tmp_path_factory.mktemp("arrays"), lexicon)
    return written(storage, *COMMITS, delete=DELETED)


@pytest.fixture(scope="session")
def stock(lexicon) -> FileIndex:
    """The same in segments of Whoosh's own codec."""
    return stock_index(lexicon, *COMMITS, delete=DELETED)


@pytest.fixture
def own(lexicon, tmp_path) -> ArrayIndex:
    """An index to change: two documents."""
    storage = ArrayStorage(tmp_path / "own", lexicon).create()
    return written(storage, list(BY_HAND[:2]))
