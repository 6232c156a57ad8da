"""The errors of searchkit: one tree, stable codes, every message names the next step.

SearchkitError
├── ConfigurationError      a setting or an installation that cannot work
│   └── WhooshShadowed      another distribution stands where ``whoosh3`` should
├── CorpusError             what was to be indexed
│   ├── SourceNotFound      no such file or folder
│   ├── SourceEmpty         nothing in it that could be indexed
│   └── DocumentInvalid     a field of a document is unusable
├── DateInvalid             a text that is no date
├── QueryError              what was asked
│   ├── QuerySyntaxError    strict parsing only
│   ├── CursorInvalid       of another query, or of an index that has changed since
│   └── UnknownField        no such field or facet
├── StoreError              the index on disk
│   ├── IndexNotFound       nothing there
│   ├── IndexPathInvalid    something there that is no index
│   ├── IndexCorrupt        damaged
│   ├── IndexTooOld         made by an older format
│   ├── IndexTooNew         made by a newer format
│   ├── SettingsMismatch    made with other settings
│   └── IndexLocked         another process is writing
├── DocumentNotFound        no document of that id
├── EngineError             the engine failed inside
└── LimitExceeded           more than a stated limit
"""

from __future__ import annotations

from typing import ClassVar


class SearchkitError(Exception):
    """The root of everything searchkit raises on purpose.

    Args:
        message: what happened, and to what, in one line.
        hint: what to do next, in one line; empty where nothing can be done.

    >>> error = IndexNotFound("there is no index in 'index'", "run: searchkit index")
    >>> error.code, error.hint
    ('index-not-found', 'run: searchkit index')
    """

    code: ClassVar[str] = "searchkit"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[type[SearchkitError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class ConfigurationError(SearchkitError):
    """A setting or an installation that cannot work."""

    code = "configuration"


class WhooshShadowed(ConfigurationError, ImportError):
    """The module ``whoosh`` is not the one searchkit needs."""

    code = "whoosh-shadowed"


class CorpusError(SearchkitError):
    """Something is wrong with what was to be indexed."""

    code = "corpus"


class SourceNotFound(CorpusError):
    """No such file or folder."""

    code = "source-not-found"


class SourceEmpty(CorpusError):
    """A source without a single document."""

    code = "source-empty"


class DocumentInvalid(CorpusError, ValueError):
    """A field of a document is unusable; the message says which, and of which document."""

    code = "document-invalid"


class DateInvalid(SearchkitError, ValueError):
    """A text that is no date."""

    code = "date-invalid"


class QueryError(SearchkitError):
    """Something is wrong with what was asked."""

    code = "query"


class QuerySyntaxError(QueryError, ValueError):
    """The query text breaks the grammar; raised by strict parsing only.

    Args:
        message: what is wrong.
        hint: how to write it.
        query: the text as typed.
        position: code point offset of the fault in ``query``.
    """

    code = "query-syntax"

    def __init__(self, message: str, hint: str = "", query: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.query = query
        self.position = position

    def __reduce__(self) -> tuple[type[SearchkitError], tuple[str, str, str, int]]:  # type: ignore[override]
        return type(self), (self.message, self.hint, self.query, self.position)


class CursorInvalid(QueryError, ValueError):
    """A cursor that does not belong to what is asked, or is none."""

    code = "cursor-invalid"


class UnknownField(QueryError, KeyError):
    """The index has no field or facet of that name."""

    code = "unknown-field"


class StoreError(SearchkitError):
    """Something is wrong with the index on disk."""

    code = "store"


class IndexNotFound(StoreError):
    """There is no index at that path."""

    code = "index-not-found"


class IndexPathInvalid(StoreError):
    """The path holds something that is no index of searchkit."""

    code = "index-path-invalid"


class IndexCorrupt(StoreError):
    """The index is damaged."""

    code = "index-corrupt"


class IndexTooOld(StoreError):
    """The index was written in a format this version no longer reads."""

    code = "index-too-old"


class IndexTooNew(StoreError):
    """The index was written by a newer searchkit."""

    code = "index-too-new"


class SettingsMismatch(StoreError):
    """The index was made with other settings than those in force."""

    code = "settings-mismatch"


class IndexLocked(StoreError):
    """Another process is writing to the index."""

    code = "index-locked"


class DocumentNotFound(SearchkitError, KeyError):
    """The index holds no document of that id."""

    code = "document-not-found"


class EngineError(SearchkitError):
    """The engine failed inside; a defect of searchkit or a broken installation."""

    code = "engine"


class LimitExceeded(SearchkitError):
    """More than a stated limit."""

    code = "limit-exceeded"
