"""What the terms in an index depend on."""

from __future__ import annotations

from searchkit.errors import SettingsMismatch
from searchkit.extract import Extractor
from searchkit.store import Manifest
from searchkit.text.stem import STEMMER
from searchkit.text.tokenise import TOKENISER


def index_settings(extractor: Extractor | None) -> dict[str, str]:
    """The settings that change what is stored, by name."""
    return {
        "tokeniser": TOKENISER,
        "stemmer": STEMMER,
        "extractor": f"{extractor.name} {extractor.version}" if extractor else "none",
    }


def require_settings(manifest: Manifest, extractor: Extractor | None) -> None:
    """Make sure an index was made with the settings in force.

    Raises:
        SettingsMismatch: names the first setting that differs.
    """
    for name, value in index_settings(extractor).items():
        found = manifest.settings.get(name, "unknown")
        if found != value:
            raise SettingsMismatch(
                f"the index was made with {name} {found!r}, but {value!r} is in force",
                "rebuild it: searchkit index --rebuild",
            )
