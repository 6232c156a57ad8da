"""Full-text search for German texts: ranked, highlighted snippets with date and entity facets.

>>> import searchkit
>>> index = searchkit.build_index("seeds", folder / "index")
>>> index.search("Gipfel Washington").hits[0].id
'000_46bd2b4e575b1249'
"""

from typing import TYPE_CHECKING

from searchkit._version import __version__
from searchkit.config import (
    CorpusLimits,
    Correction,
    Highlighting,
    Limits,
    QueryLimits,
    Ranking,
    Settings,
)
from searchkit.dates import PartialDate
from searchkit.engine.whoosh.distribution import require_whoosh3
from searchkit.errors import (
    ConfigurationError,
    CorpusError,
    CursorInvalid,
    DateInvalid,
    DocumentInvalid,
    DocumentNotFound,
    EngineError,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexPathInvalid,
    IndexTooNew,
    IndexTooOld,
    LimitExceeded,
    QueryError,
    QuerySyntaxError,
    SearchkitError,
    SettingsMismatch,
    SourceEmpty,
    SourceNotFound,
    StoreError,
    UnknownField,
    WhooshShadowed,
)
from searchkit.explanation import Explanation, HitExplanation, ScorePart
from searchkit.model import (
    Completion,
    Document,
    Entity,
    Facet,
    FacetCount,
    Hit,
    IndexStats,
    Passage,
    Problem,
    SearchResult,
    SharedWord,
    SimilarHit,
    Snippet,
    StoredDocument,
    UpdateReport,
)

if TYPE_CHECKING:
    from searchkit.indexing.progress import Progress
    from searchkit.search.check import CheckReport, Damage, check_index, restore_index
    from searchkit.search.index import Index, build_index, open_index

require_whoosh3()

# The heavy part is loaded when it is first asked for: --help and an error should not wait for it.
_LATE = {
    "CheckReport": "searchkit.search.check",
    "Damage": "searchkit.search.check",
    "Index": "searchkit.search.index",
    "Progress": "searchkit.indexing.progress",
    "build_index": "searchkit.search.index",
    "check_index": "searchkit.search.check",
    "open_index": "searchkit.search.index",
    "restore_index": "searchkit.search.check",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module 'searchkit' has no attribute {name!r}")
    import importlib

    value = globals()[name] = getattr(importlib.import_module(_LATE[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


__all__ = [
    "CheckReport",
    "Completion",
    "ConfigurationError",
    "CorpusError",
    "CorpusLimits",
    "Correction",
    "CursorInvalid",
    "Damage",
    "DateInvalid",
    "Document",
    "DocumentInvalid",
    "DocumentNotFound",
    "EngineError",
    "Entity",
    "Explanation",
    "Facet",
    "FacetCount",
    "Highlighting",
    "Hit",
    "HitExplanation",
    "Index",
    "IndexCorrupt",
    "IndexLocked",
    "IndexNotFound",
    "IndexPathInvalid",
    "IndexStats",
    "IndexTooNew",
    "IndexTooOld",
    "LimitExceeded",
    "Limits",
    "PartialDate",
    "Passage",
    "Problem",
    "Progress",
    "QueryError",
    "QueryLimits",
    "QuerySyntaxError",
    "Ranking",
    "ScorePart",
    "SearchResult",
    "SearchkitError",
    "Settings",
    "SettingsMismatch",
    "SharedWord",
    "SimilarHit",
    "Snippet",
    "SourceEmpty",
    "SourceNotFound",
    "StoreError",
    "StoredDocument",
    "UnknownField",
    "UpdateReport",
    "WhooshShadowed",
    "__version__",
    "build_index",
    "check_index",
    "open_index",
    "restore_index",
]
