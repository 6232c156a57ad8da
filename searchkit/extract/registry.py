"""From a setting to an extractor."""

from __future__ import annotations

from collections.abc import Callable

from searchkit.errors import ConfigurationError
from searchkit.extract.protocol import Extractor
from searchkit.extract.versions import DEFAULT, RULES

_USAGE = "use default, rules, none, spacy:MODEL, flair:MODEL, gliner:MODEL or python:MODULE:FACTORY"


def default_extractor() -> Extractor:
    """The extractor that indexing uses unless told otherwise.

    >>> extractor = default_extractor()
    >>> extractor.extract("Putin in Helsinki")
    [(0, 5, 'PER'), (9, 17, 'LOC')]
    >>> extractor.canonical("Vereinigten Staaten", "LOC")
    'USA'
    """
    from searchkit.extract.trained import TrainedExtractor  # a query needs none of it

    return TrainedExtractor()


def _rules() -> Extractor:
    from searchkit.extract.rules import RuleExtractor

    return RuleExtractor()


def make_extractor(spec: str) -> Extractor | None:
    """The extractor that a setting names.

    Args:
        spec: ``default``, ``rules``, ``none``; ``spacy:MODEL``, ``flair:MODEL`` or
            ``gliner:MODEL`` for a model of one of these packages; ``python:MODULE:FACTORY`` for
            what the callable FACTORY of the importable module MODULE returns when called without
            arguments.

    Returns:
        The extractor; ``None`` for ``none``.

    Raises:
        ConfigurationError: no such setting, package, model, module or factory, or what it makes is
            no extractor; the hint says what to install or to write.

    >>> make_extractor("rules").name
    'rules'
    """
    kind, _, rest = spec.partition(":")
    if kind not in _MAKERS or (rest and kind not in _WITH_ARGUMENT):
        raise ConfigurationError(f"there is no extractor {spec!r}", _USAGE)
    return _MAKERS[kind](rest)


def extractor_version(spec: str) -> str:
    """The name and version of the extractor that a setting names, loading it only if it must.

    Raises:
        ConfigurationError: as ``make_extractor``.

    >>> extractor_version("rules"), extractor_version("none")
    ('rules 4', 'none')
    """
    if spec in _VERSIONS:
        return " ".join(_VERSIONS[spec])
    extractor = make_extractor(spec)
    return f"{extractor.name} {extractor.version}" if extractor else "none"


def _foreign(kind: str) -> Callable[[str], Extractor]:
    def load(model: str) -> Extractor:
        if not model:
            raise ConfigurationError(f"the extractor {kind!r} names no model", _USAGE)
        from searchkit.extract.loaders import LOADERS

        return LOADERS[kind](model)

    return load


def _from_python(rest: str) -> Extractor:
    import importlib

    module_name, _, factory_name = rest.partition(":")
    spec = f"python:{rest}"
    if not module_name or not factory_name:
        raise ConfigurationError(f"the extractor {spec!r} names no module and factory", _USAGE)
    try:
        factory = getattr(importlib.import_module(module_name), factory_name)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f"the extractor {spec!r} cannot be loaded: {error}",
            "check the names and that the module's folder is in PYTHONPATH",
        ) from error
    if not callable(factory):
        raise ConfigurationError(f"{spec!r} names no callable", _USAGE)
    try:
        extractor = factory()
    except Exception as error:  # whatever a stranger's code may raise
        raise ConfigurationError(
            f"{spec!r} failed: {type(error).__name__}: {error}",
            "call FACTORY without arguments in Python to see where",
        ) from error
    missing = [a for a in ("name", "version", "extract", "canonical") if not hasattr(extractor, a)]
    if not isinstance(extractor, Extractor):
        raise ConfigurationError(
            f"what {spec!r} makes is no extractor: it has no {' and no '.join(missing)}",
            "see searchkit.extract.Extractor for what one must have",
        )
    return extractor


_FOREIGN = ("spacy", "flair", "gliner")
# Every kind of setting, with what makes its extractor from the part after the first colon.
_MAKERS: dict[str, Callable[[str], Extractor | None]] = {
    "default": lambda _: default_extractor(),
    "rules": lambda _: _rules(),
    "none": lambda _: None,
    "python": _from_python,
    **{kind: _foreign(kind) for kind in _FOREIGN},
}
_WITH_ARGUMENT = {"python", *_FOREIGN}
_VERSIONS = {"default": DEFAULT, "rules": RULES}

#: The extractors that searchkit brings itself.
BUILT_IN = ("default", "rules", "none")
