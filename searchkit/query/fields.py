"""The names that may stand before a colon, and what kind of value follows each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["text", "keyword", "date", "number"]

# Canonical name, kind, further names; the canonical names are those of the facets.
_BUILT_IN: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
    ("title", "text", ("titel",)),
    ("text", "text", ()),
    ("person", "keyword", ()),
    ("place", "keyword", ("ort",)),
    ("organisation", "keyword", ("org", "organization")),
    ("date", "date", ("datum",)),
    ("year", "date", ("jahr",)),
    ("month", "date", ("monat",)),
    ("day", "date", ()),
    ("mentioned_date", "date", ("erwaehnt", "erwähnt")),
    ("id", "keyword", ()),
)
# Further names for metadata, where the index has it and nothing else bears the name.
_METADATA_SYNONYMS = {"quelle": "source"}
_NAME = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*")


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field of the index.

    Args:
        name: its canonical name.
        kinds: what its values are; metadata that is sometimes text and sometimes a number has
            both ``keyword`` and ``number``.
    """

    name: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Finds fields by the names people type: German or English, in any case.

    Args:
        by_name: every name that can be typed, as it is spelt and with its case folded.
    """

    by_name: Mapping[str, FieldInfo]

    @classmethod
    def default(cls) -> FieldTable:
        """The fields every index has.

        >>> FieldTable.default().get("Titel")
        FieldInfo(name='title', kinds=('text',))
        """
        return _default()

    @classmethod
    def with_metadata(cls, metadata: Mapping[str, tuple[Kind, ...]]) -> FieldTable:
        """The fields every index has, and metadata.

        A built-in field hides metadata of the same name. Metadata whose name is not made of
        letters, digits, ``_``, ``.`` and ``-`` cannot be reached by the query language.

        Args:
            metadata: by name, what its values are: ``keyword``, ``number`` or both.

        >>> FieldTable.with_metadata({"source": ("keyword",)}).get("Quelle")
        FieldInfo(name='source', kinds=('keyword',))
        """
        by_name = dict(_default().by_name)
        for name, kinds in metadata.items():
            if is_name(name) and _folded(name) not in _default().by_name:
                by_name[name] = FieldInfo(name, kinds)
                by_name.setdefault(_folded(name), by_name[name])
        for synonym, name in _METADATA_SYNONYMS.items():
            if name in by_name:
                by_name.setdefault(synonym, by_name[name])
        return cls(by_name)

    def get(self, name: str) -> FieldInfo | None:
        """The field of that name, the exact spelling first; None where there is none."""
        return self.by_name.get(name) or self.by_name.get(_folded(name))

    def is_date(self, name: str) -> bool:
        """Whether the field of that name holds dates."""
        info = self.get(name)
        return info is not None and "date" in info.kinds

    def nearest(self, name: str) -> str | None:
        """The name most like one that was mistyped; None where none comes near."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(_folded(name)[:40], self.by_name, 1, 0.7)), None)


def is_name(text: str) -> bool:
    """Whether a text could be the name of a field in the query language."""
    return _NAME.fullmatch(unicodedata.normalize("NFC", text)) is not None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@cache
def _default() -> FieldTable:
    return FieldTable(
        {
            known: FieldInfo(name, (kind,))
            for name, kind, synonyms in _BUILT_IN
            for known in (name, *synonyms)
        }
    )
