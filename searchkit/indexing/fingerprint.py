"""What the terms in an index depend on."""

from __future__ import annotations

from searchkit.config import Settings
from searchkit.engine.port import WORD_UNITS
from searchkit.errors import SettingsMismatch
from searchkit.extract.registry import extractor_version
from searchkit.extract.versions import DATES
from searchkit.query.plan import FIELDS
from searchkit.store.manifest import Manifest
from searchkit.text.compound_rules import COMPOUNDS
from searchkit.text.lexicon import FORMS
from searchkit.text.stem import STEMMER
from searchkit.text.tokenise import TOKENISER, patterns_named, tokeniser_name


def index_settings(settings: Settings) -> dict[str, str]:
    """The settings that change what is stored, by name."""
    return {
        "tokeniser": tokeniser_name(settings.word_patterns),
        "stemmer": STEMMER,
        "compounds": f"{COMPOUNDS}, 1/{WORD_UNITS}" if settings.compounds else "none",
        "forms": FORMS,
        "fields": " ".join(FIELDS),
        "dates": DATES,
        "extractor": extractor_version(settings.extractor),
    }


def require_settings(manifest: Manifest, settings: Settings) -> None:
    """Make sure an index was made with the settings in force.

    Raises:
        SettingsMismatch: names the first setting that differs.
    """
    for name, value in index_settings(settings).items():
        found = manifest.settings.get(name, "unknown")
        if found != value:
            raise SettingsMismatch(
                f"the index was made with {name} {found!r}, but {value!r} is in force",
                _hint(name, found),
            )


def _hint(name: str, found: str) -> str:
    rebuild = "rebuild it: searchkit index --rebuild"
    kind = found.partition(" ")[0]
    if name == "extractor" and kind != "unknown":
        return f"{rebuild}; or go on with the one it was made with: --set extractor={kind}"
    if name == "tokeniser" and kind == TOKENISER:
        patterns = " ".join(patterns_named(found))
        return f"{rebuild}; or go on with what it was made with: --set word_patterns='{patterns}'"
    return rebuild
