"""What is compared: ways of ranking and correcting, written ``name=value,name=value``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from searchkit.config import Correction, Ranking
from searchkit.errors import ConfigurationError

_LOWEST = {"k1": math.ulp(0.0)}
_HIGHEST = {"b": 1.0}
_CORRECTION = "correction."
"""What the names of the weights of ``Correction`` begin with."""


@dataclass(frozen=True, slots=True)
class System:
    """A way of ranking that is evaluated.

    Args:
        ranking: its weights.
        correction: when it takes words for mistyped.

    >>> System(Ranking(exact=0.2)).name, System(Ranking()).name
    ('exact=0.2', 'defaults')
    """

    ranking: Ranking
    correction: Correction = field(default_factory=Correction)

    @property
    def name(self) -> str:
        """The weights that differ from the defaults; ``defaults`` where none does."""
        weights = _weights(self)
        changed = [
            f"{name}={weights[name]}"
            for name, default in _weights(_DEFAULTS).items()
            if weights[name] != default
        ]
        return ",".join(changed) or "defaults"


_DEFAULTS = System(Ranking())


def parse_system(settings: Iterable[str], base: System = _DEFAULTS) -> System:
    """Make a system of settings as they are typed.

    Args:
        settings: each ``name=value``, or several with commas between; the last of one name counts.
            Names are those of ``Ranking``, and those of ``Correction`` after ``correction.``.
        base: the weights that are not named; the defaults unless given.

    Raises:
        ConfigurationError: there is no such weight (the hint names the nearest), or the value is
            none of its type, or out of its range.

    >>> parse_system(["title=0.1,correction.cost=1"]).name
    'title=0.1,correction.cost=1.0'
    """
    changes: dict[str, int | float] = {}
    for setting in (part for text in settings for part in text.split(",")):
        name, equals, value = setting.partition("=")
        if not (equals and value.strip()):
            raise ConfigurationError(
                f"the setting {setting!r} is not of the form NAME=VALUE", "title=0.1,exact=0.2"
            )
        changes[name.strip()] = _value(name.strip(), value.strip())
    ranking: dict[str, Any] = {n: v for n, v in changes.items() if not n.startswith(_CORRECTION)}
    correction: dict[str, Any] = {
        n.removeprefix(_CORRECTION): v for n, v in changes.items() if n not in ranking
    }
    return System(replace(base.ranking, **ranking), replace(base.correction, **correction))


def _weights(system: System) -> dict[str, int | float]:
    """All weights by the names they are typed with."""
    ranking = {weight.name: getattr(system.ranking, weight.name) for weight in fields(Ranking)}
    return ranking | {
        _CORRECTION + weight.name: getattr(system.correction, weight.name)
        for weight in fields(Correction)
    }


def _value(name: str, text: str) -> int | float:
    defaults = _weights(_DEFAULTS)
    if name not in defaults:
        raise ConfigurationError(f"there is no weight {name!r}", _nearest(name))
    return _number(name, text, type(defaults[name]))


def _number(name: str, text: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(text)
    except ValueError as error:
        wanted = "whole number" if kind is int else "number"
        raise ConfigurationError(
            f"{name}={text} is no {wanted}", f"for example {name}={_weights(_DEFAULTS)[name]}"
        ) from error
    lowest, highest = _LOWEST.get(name, 0.0), _HIGHEST.get(name, math.inf)
    if not (lowest <= number <= highest and math.isfinite(number)):
        raise ConfigurationError(f"{name}={text} is out of range", f"{name} is {_range(name)}")
    return number


def _range(name: str) -> str:
    if name in _HIGHEST:
        return f"from 0 to {_HIGHEST[name]:g}"
    return "a number above 0" if name in _LOWEST else "0 or more, and finite"


def _nearest(name: str) -> str:
    from difflib import get_close_matches  # needed for errors only

    names = list(_weights(_DEFAULTS))
    nearest = get_close_matches(name, names, n=1)
    return f"did you mean {nearest[0]}?" if nearest else f"one of {', '.join(names)}"
