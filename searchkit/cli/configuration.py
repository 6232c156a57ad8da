"""Settings from flags, the environment and a file, in this order; each knows where it came from.

The file is ``searchkit.toml``, or the table ``[tool.searchkit]`` of ``pyproject.toml``, in the
working folder, or what ``--config`` names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from searchkit.config import Settings
from searchkit.errors import ConfigurationError

Scalar = str | int | float | bool
T = TypeVar("T")

FILES = ("searchkit.toml", "pyproject.toml")
DEFAULT = "default"
PREFIX = "SEARCHKIT_"
#: Settings with an option of their own, and their defaults.
OPTIONS: dict[str, Scalar] = {
    "index": "index",
    "format": "text",
    "color": "auto",
    "quiet": False,
    "pager": True,
}
# What a file may write as a list; elsewhere, and in all that is shown, with blanks between.
_LISTS = ("word_patterns",)
_TRUTH = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(
    ("false", "no", "off", "0"), False
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of a setting in force, and what set it: a flag, a variable, a file, or nothing."""

    value: Scalar
    origin: str


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """What a file sets.

    Args:
        path: the file; empty where there is none.
        values: by name, as ``ranking.k1``.
    """

    path: str = ""
    values: Mapping[str, Scalar] = field(default_factory=dict)


def known_settings() -> dict[str, Scalar]:
    """Every setting by name, with its default.

    >>> known_settings()["ranking.k1"], known_settings()["limits.query.words"]
    (1.2, 256)
    """
    return OPTIONS | _flat(Settings())


def read_file(chosen: str | None) -> ConfigurationFile:
    """Read the file that sets something, if there is one.

    Args:
        chosen: what was named; ``None`` to look in the working folder.

    Raises:
        ConfigurationError: it cannot be read, sets something unknown, or to a value of the wrong
            type; or a file that nobody named would run a program of its own.
    """
    if chosen is not None:
        return _read(Path(chosen))
    for name in FILES:
        if Path(name).is_file() and (found := _read(Path(name))).values:
            if str(found.values.get("extractor", "")).startswith("python:"):
                # Who enters a folder must not run what lies in it.
                raise ConfigurationError(
                    f"{name} names an extractor that runs code: {found.values['extractor']}",
                    f"allow it by naming the file: --config {name}",
                )
            return found
    return ConfigurationFile()


def _read(path: Path) -> ConfigurationFile:
    import tomllib  # seldom needed, and slow to import

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(
            f"the configuration {str(path)!r} cannot be read: {reason}",
            "correct it, or name another: --config FILE",
        ) from error
    if path.name == "pyproject.toml":
        content = content.get("tool", {}).get("searchkit", {})
    found = dict(_entries(content, str(path)))
    if "index" in found:
        found["index"] = str(path.parent / str(found["index"]))
    return ConfigurationFile(str(path), found)


def _entries(table: Mapping[str, Any], path: str, prefix: str = "") -> Iterable[tuple[str, Scalar]]:
    for key, value in table.items():
        name = prefix + key
        if isinstance(value, dict):
            yield from _entries(value, path, name + ".")
        else:
            yield name, converted(name, value, f"in {path}")


def converted(name: str, value: object, place: str) -> Scalar:
    """A value as its setting needs it.

    Raises:
        ConfigurationError: there is no such setting (the nearest is named), or the value is none of
            its type.

    >>> converted("ranking.k1", "1.5", "in the environment")
    1.5
    """
    known = known_settings()
    if name not in known:
        raise ConfigurationError(f"there is no setting {name!r} ({place})", _nearest(name, known))
    default = known[name]
    if name in _LISTS and isinstance(value, list):
        value = " ".join(map(str, value))
    found = _read_as(type(default), value)
    if found is None:
        kind = {bool: "true or false", int: "a whole number", float: "a number"}
        raise ConfigurationError(
            f"{name} = {value!r} ({place}) is not {kind.get(type(default), 'a text')}",
            f"the default is {default!r}",
        )
    return found


def _read_as(kind: type, value: object) -> Scalar | None:
    if kind is bool:
        return value if isinstance(value, bool) else _TRUTH.get(str(value).casefold())
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if kind is str:
        return value if isinstance(value, str) else None
    try:
        number = float(value)
    except ValueError:
        return None
    if not math.isfinite(number) or (kind is int and not number.is_integer()):
        return None
    return int(number) if kind is int else number


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    names = list(known)
    ends = {known_name.rpartition(".")[2]: known_name for known_name in names}
    nearest = get_close_matches(name, names, 1) or [
        ends[end] for end in get_close_matches(name.rpartition(".")[2], ends, 1)
    ]
    return nearest[0] if nearest else f"one of: {', '.join(names)}"


def library_settings(
    flags: Iterable[str], environ: Mapping[str, str], file: ConfigurationFile
) -> tuple[Settings, dict[str, Setting]]:
    """The settings of the library in force, and where each came from.

    Args:
        flags: each ``NAME=VALUE``, as typed behind ``--set``.
        environ: ``SEARCHKIT_RANKING_K1`` sets ``ranking.k1``.
        file: what a file sets.

    Raises:
        ConfigurationError: a setting is unknown or its value unusable.
    """
    defaults = _flat(Settings())
    found = {name: Setting(default, DEFAULT) for name, default in defaults.items()}
    for name in defaults:
        variable = variable_of(name)
        if name in file.values:
            found[name] = Setting(file.values[name], file.path)
        if variable in environ:
            value = converted(name, environ[variable], "in the environment")
            found[name] = Setting(value, variable)
    for flag in flags:
        name, equals, value = flag.partition("=")
        if not equals or name in OPTIONS:
            raise ConfigurationError(
                f"--set {flag} is not of the form NAME=VALUE with a name that has no option",
                "--set ranking.title=0.2",
            )
        found[name] = Setting(converted(name, value, "--set"), "--set")
    settings = _built(Settings(), {name: setting.value for name, setting in found.items()})
    return settings, found


def variable_of(name: str) -> str:
    """The environment variable of a setting.

    >>> variable_of("limits.lock_timeout_s")
    'SEARCHKIT_LIMITS_LOCK_TIMEOUT_S'
    """
    return PREFIX + name.upper().replace(".", "_")


def _flat(values: Any, prefix: str = "") -> dict[str, Scalar]:
    """The fields of a dataclass and of those in it, by dotted name."""
    found: dict[str, Scalar] = {}
    for each in fields(values):
        value = getattr(values, each.name)
        name = prefix + each.name
        if isinstance(value, tuple):
            value = " ".join(value)
        found |= _flat(value, name + ".") if is_dataclass(value) else {name: value}
    return found


def _built(default: T, values: Mapping[str, Scalar], prefix: str = "") -> T:
    """The reverse of ``_flat``."""
    changes: dict[str, Any] = {}
    for each in fields(default):  # type: ignore[arg-type]
        value, name = getattr(default, each.name), prefix + each.name
        if is_dataclass(value) and not isinstance(value, type):
            changes[each.name] = _built(value, values, name + ".")
        elif name in _LISTS:
            changes[each.name] = tuple(str(values[name]).split())
        else:
            changes[each.name] = values[name]
    return replace(default, **changes)  # type: ignore[type-var]
