"""Indexing what changes, as it changes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.cli.building import update, write_report
from searchkit.cli.options import Common
from searchkit.cli.terminal import narrate
from searchkit.errors import ConfigurationError, SearchkitError, SourceEmpty, SourceNotFound

if TYPE_CHECKING:
    from searchkit.search.index import Index

# Milliseconds in which further changes are gathered: editors write a file in several steps.
_GATHERED_MS = 500
_FIRST_LOOK_MS = 1000


def require_watchfiles() -> None:
    """Make sure that changes can be seen.

    Raises:
        ConfigurationError: watchfiles is not installed.
    """
    if find_spec("watchfiles") is None:
        raise ConfigurationError(
            "--watch needs watchfiles, which is not installed", "pip install 'searchkit[watch]'"
        )


def watch_sources(index: Index, sources: Sequence[str], common: Common) -> None:
    """Update an index whenever its sources change, until interrupted.

    An update that fails, as when a folder is emptied for a moment, is said and tried again with the
    next change.
    """
    from watchfiles import watch

    if not common.quiet:
        narrate(f"watching {', '.join(sources)}; end with Ctrl-C")
    # The folder of a single file: many editors replace a file instead of writing into it.
    folders = {Path(s) if Path(s).is_dir() else Path(s).absolute().parent for s in sources}
    inside = Path(common.index).absolute()
    began = False
    for changes in watch(
        *folders,
        debounce=_GATHERED_MS,
        rust_timeout=_FIRST_LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        # What changed after the first update but before anybody watched shows at the first look.
        unseen = not began and index.is_stale()
        began = True
        # The index may lie in what is watched.
        if not unseen and all(Path(path).is_relative_to(inside) for _, path in changes):
            continue
        try:
            update(index, sources, common)
            write_report(index.last_update, sources, common)
        except (SourceEmpty, SourceNotFound) as error:
            _narrate(error)


def _narrate(error: SearchkitError) -> None:
    narrate(f"not indexed: {error.message}")
