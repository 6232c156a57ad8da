"""Full-text search for German texts: ranked, highlighted snippets with date and entity facets.

>>> import searchkit
>>> index = searchkit.build_index("seeds", folder / "index")
>>> index.search("Gipfel Washington").hits[0].id
'000_46bd2b4e575b1249'
"""

from searchkit._version import __version__
from searchkit.config import Limits, Ranking, Settings
from searchkit.dates import PartialDate
from searchkit.errors import (
    ConfigurationError,
    CorpusError,
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
from searchkit.indexing import Progress
from searchkit.model import (
    Document,
    Entity,
    FacetCount,
    Hit,
    IndexStats,
    Problem,
    SearchResult,
    Snippet,
    StoredDocument,
    UpdateReport,
)
from searchkit.search import Index, build_index, open_index

__all__ = [
    "ConfigurationError",
    "CorpusError",
    "DateInvalid",
    "Document",
    "DocumentInvalid",
    "DocumentNotFound",
    "EngineError",
    "Entity",
    "FacetCount",
    "Hit",
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
    "Problem",
    "Progress",
    "QueryError",
    "QuerySyntaxError",
    "Ranking",
    "SearchResult",
    "SearchkitError",
    "Settings",
    "SettingsMismatch",
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
    "open_index",
]
