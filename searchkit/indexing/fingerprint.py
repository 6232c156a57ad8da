"""What the terms in an index depend on."""

from __future__ import annotations

from searchkit.config import Settings
from searchkit.engine.port import WORD_UNITS
from searchkit.errors import SettingsMismatch
from searchkit.extract.registry import BUILT_IN, extractor_version
from searchkit.extract.versions import DATES, DEFAULT, RULES
from searchkit.query.plan import FIELDS
from searchkit.store.manifest import Manifest
from searchkit.text.compound_rules import COMPOUNDS
from searchkit.text.stem import STEMMER
from searchkit.text.tokenise import TOKENISER, patterns_named, tokeniser_name
from searchkit.text.word_forms import FORMS


def search_settings(settings: Settings) -> dict[str, str]:
    """The settings under which terms and queries must be made alike, by name."""
    return {
        "tokeniser": tokeniser_name(settings.word_patterns),
        "stemmer": STEMMER,
        "compounds": f"{COMPOUNDS}, 1/{WORD_UNITS}" if settings.compounds else "none",
        "forms": FORMS,
        "fields": " ".join(FIELDS),
    }


def index_settings(settings: Settings) -> dict[str, str]:
    """All settings that change what is stored, by name.

    Raises:
        ConfigurationError: the extractor cannot be loaded.
    """
    names = {"dates": DATES, "extractor": extractor_version(settings.extractor)}
    return search_settings(settings) | names


def require_searchable(manifest: Manifest, settings: Settings) -> None:
    """Make sure an index can be searched with the settings in force.

    What found the names and dates in it does not matter: they are stored.

    Raises:
        SettingsMismatch: names the first setting that differs.
    """
    _require(manifest, search_settings(settings))


def require_writable(manifest: Manifest, settings: Settings) -> None:
    """Make sure an index can be added to with the settings in force, so that all its documents are
    read alike.

    Raises:
        SettingsMismatch: names the first setting that differs.
        ConfigurationError: the extractor cannot be loaded.
    """
    _require(manifest, index_settings(settings))


def _require(manifest: Manifest, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        found = manifest.settings.get(name, "unknown")
        if found != value:
            raise SettingsMismatch(
                f"the index was made with {name} {found!r}, but {value!r} is in force",
                _hint(name, found),
            )


def _hint(name: str, found: str) -> str:
    rebuild = "rebuild it: searchkit index --rebuild"
    go_on = _went_with(name, found)
    return f"{rebuild}; or go on with what it was made with: --set {go_on}" if go_on else rebuild


def _went_with(name: str, found: str) -> str:
    """The setting that an index was made with; empty where searchkit has no such thing any more."""
    if name == "extractor" and (spec := _extractor_of(found)):
        return f"extractor={spec}"
    if name == "tokeniser" and found.partition(" ")[0] == TOKENISER:
        return f"word_patterns='{' '.join(patterns_named(found))}'"
    return ""


def _extractor_of(found: str) -> str:
    """The setting that names the extractor of an index; empty where searchkit has it no more."""
    for spec in BUILT_IN:
        if extractor_version(spec) == found:
            return spec
    name = found.partition(" ")[0]
    if name in (DEFAULT[0], RULES[0], "unknown"):
        return ""
    # Those of a program call themselves as they like.
    return name if ":" in name else "NAME"
