"""What is compared: ways of ranking, written ``name=value,name=value``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from searchkit.config import Ranking
from searchkit.errors import ConfigurationError

_LOWEST = {"k1": math.ulp(0.0)}
_HIGHEST = {"b": 1.0}
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class System:
    """A way of ranking that is evaluated.

    Args:
        ranking: its weights.

    >>> System(Ranking(exact=0.2)).name, System(Ranking()).name
    ('exact=0.2', 'defaults')
    """

    ranking: Ranking

    @property
    def name(self) -> str:
        """The weights that differ from the defaults; ``defaults`` where none does."""
        default = Ranking()
        changed = [
            f"{field.name}={getattr(self.ranking, field.name)}"
            for field in fields(Ranking)
            if getattr(self.ranking, field.name) != getattr(default, field.name)
        ]
        return ",".join(changed) or "defaults"


def parse_system(settings: Iterable[str], base: Ranking | None = None) -> System:
    """Make a system of settings as they are typed.

    Args:
        settings: each ``name=value``, or several with commas between; the last of one name counts.
        base: the weights that are not named; the defaults unless given.

    Raises:
        ConfigurationError: there is no such weight (the hint names the nearest), or the value is
            none of its type, or out of its range.

    >>> parse_system(["title=0.1,exact=0"]).ranking.title
    0.1
    """
    changes: dict[str, Any] = {}
    for setting in (part for text in settings for part in text.split(",")):
        name, equals, value = setting.partition("=")
        if not (equals and value.strip()):
            raise ConfigurationError(
                f"the setting {setting!r} is not of the form NAME=VALUE", "title=0.1,exact=0.2"
            )
        changes[name.strip()] = _value(name.strip(), value.strip())
    return System(replace(base or Ranking(), **changes))


def _value(name: str, text: str) -> bool | int | float | str:
    if name not in _names():
        raise ConfigurationError(f"there is no ranking weight {name!r}", _nearest(name))
    default = getattr(Ranking(), name)
    if isinstance(default, bool):
        if text.lower() not in _TRUTH:
            raise ConfigurationError(f"{name}={text} is neither true nor false", f"{name}=true")
        return _TRUTH[text.lower()]
    if isinstance(default, int | float):
        return _number(name, text, type(default))
    return text


def _number(name: str, text: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(text)
    except ValueError as error:
        wanted = "whole number" if kind is int else "number"
        raise ConfigurationError(
            f"{name}={text} is no {wanted}", f"for example {name}={getattr(Ranking(), name)}"
        ) from error
    lowest, highest = _LOWEST.get(name, 0.0), _HIGHEST.get(name, math.inf)
    if not (lowest <= number <= highest and math.isfinite(number)):
        raise ConfigurationError(f"{name}={text} is out of range", f"{name} is {_range(name)}")
    return number


def _range(name: str) -> str:
    if name in _HIGHEST:
        return f"from 0 to {_HIGHEST[name]:g}"
    return "a number above 0" if name in _LOWEST else "0 or more, and finite"


def _names() -> list[str]:
    return [field.name for field in fields(Ranking)]


def _nearest(name: str) -> str:
    from difflib import get_close_matches  # needed for errors only

    nearest = get_close_matches(name, _names(), n=1)
    return f"did you mean {nearest[0]}?" if nearest else f"one of {', '.join(_names())}"
