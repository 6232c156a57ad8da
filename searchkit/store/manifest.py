"""What a generation says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from searchkit.errors import IndexCorrupt, IndexTooNew, IndexTooOld

#: Grows with every change of the files that an older searchkit could not read.
FORMAT_VERSION = 4

NAME = "manifest.json"
REBUILD = "rebuild it: searchkit index --rebuild"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a generation.

    Args:
        settings: what the stored terms depend on, by name; compared on opening.
        built: a name of its own for every build from nothing, kept by updates.
        sources: absolute paths of what was indexed.
        uncounted: documents changed since the words were last counted for suggestions.
        format_version: of the files.
    """

    settings: Mapping[str, str]
    built: str
    sources: tuple[str, ...] = ()
    uncounted: int = 0
    format_version: int = FORMAT_VERSION

    def to_json(self) -> str:
        """The manifest as the text of its file."""
        return json.dumps(asdict(self), ensure_ascii=True, indent=1) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a generation's folder.

        Raises:
            IndexCorrupt: it is missing or unreadable.
            IndexTooOld, IndexTooNew: the files are of another format version.
        """
        try:
            found = json.loads((folder / NAME).read_text(encoding="ascii"))
            version = int(found["format_version"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _corrupt(folder) from error
        if version > FORMAT_VERSION:
            raise IndexTooNew(
                f"the index has format {version}, this searchkit reads {FORMAT_VERSION}",
                "update searchkit, or " + REBUILD,
            )
        if version < FORMAT_VERSION:
            raise IndexTooOld(
                f"the index has format {version}, this searchkit reads {FORMAT_VERSION}", REBUILD
            )
        try:
            settings = {str(name): str(value) for name, value in found["settings"].items()}
            return cls(
                settings,
                str(found["built"]),
                tuple(map(str, found["sources"])),
                int(found["uncounted"]),
                version,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _corrupt(folder) from error


def _corrupt(folder: Path) -> IndexCorrupt:
    return IndexCorrupt(f"the manifest of {folder.name} in {folder.parent} is damaged", REBUILD)
