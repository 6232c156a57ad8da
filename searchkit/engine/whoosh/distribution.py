"""Three distributions install a module called ``whoosh`` and overwrite one another silently."""

from __future__ import annotations

from searchkit.errors import WhooshShadowed

_NEEDED = (3, 54)
_FIX = "run: pip uninstall -y Whoosh Whoosh-Reloaded whoosh3 && pip install 'whoosh3>=3.54'"


def require_whoosh3() -> None:
    """Make sure that ``whoosh`` is whoosh3, new enough.

    Raises:
        WhooshShadowed: it is missing, or Whoosh or Whoosh-Reloaded stands in its place.
    """
    try:
        import whoosh
    except ImportError as error:
        raise WhooshShadowed("the module whoosh is not installed", _FIX) from error
    version = tuple(getattr(whoosh, "__version__", ()))
    if version < _NEEDED:
        shown = ".".join(map(str, version)) or "without a version"
        raise WhooshShadowed(
            f"searchkit needs whoosh3 3.54 or later, but the module whoosh is {shown}: "
            "another distribution stands in its place",
            _FIX,
        )
