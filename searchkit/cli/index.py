"""``searchkit index``: make an index, or bring it up to date."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.building import build, update, write_report
from searchkit.cli.layout import Command
from searchkit.cli.options import DEFAULT_SOURCE, Common, WholeNumber, common_options, index_named
from searchkit.cli.watching import require_watchfiles, watch_sources
from searchkit.errors import (
    IndexNotFound,
    IndexPathInvalid,
    SourceEmpty,
    SourceNotFound,
    StoreError,
)

if TYPE_CHECKING:
    from searchkit.search.index import Index


_GONE = "name where the texts are now: searchkit index FOLDER; or start afresh: --rebuild FOLDER"


@click.command("index", cls=Command, short_help="Make an index of texts, or bring it up to date.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--rebuild", is_flag=True, help="Start afresh; the old index serves until then.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a text had to be left out.")
@click.option(
    "--jobs", "-j", type=WholeNumber(1, 64), default=1, help="Processes that index; default 1."
)
@click.option(
    "--extractor",
    metavar="NAME",
    help="What finds names: default, rules, none, spacy:MODEL, flair:MODEL, gliner:MODEL or "
    "python:MODULE:FACTORY; the same as --set extractor=NAME. Updates need the same, searches do "
    "not: keep it as extractor in searchkit.toml.",
)
@click.option("--watch", is_flag=True, help="Then go on, and index what changes; end with Ctrl-C.")
@common_options
def command(
    common: Common,
    sources: tuple[str, ...],
    rebuild: bool,
    strict: bool,
    jobs: int,
    extractor: str | None,
    watch: bool,
) -> int:
    """Make an index of files and folders, or bring it up to date.

    SOURCE is a folder or a file: texts (.txt), Markdown (.md) or JSON Lines (.jsonl, also .gz and
    .xz). Without one, what the index was made from is read again; for a new index that is seeds/.
    New texts are added, changed ones replaced, and those that are gone removed. Ctrl-C leaves the
    index as it was. What was done is said on standard error, and with another --format than text
    also written to standard output.

    --watch needs watchfiles: pip install 'searchkit[watch]'.

    \b
    Examples:
      searchkit index
      searchkit index FOLDER articles.jsonl.xz
      searchkit index --rebuild --index news-index FOLDER
      searchkit index --watch FOLDER

    Exit status: 0 done, 1 a text left out (with --strict), 2 error.
    """
    if extractor is not None:
        common = replace(common, settings=replace(common.settings, extractor=extractor))
    with index_named(common.index):
        if watch:
            require_watchfiles()
        chosen = sources or _known_sources(common.index, rebuild)
        try:
            with closing(_updated(chosen, common, rebuild, jobs)) as index:
                report = index.last_update
                write_report(report, chosen, common)
                if watch:
                    watch_sources(index, chosen, common)
        except (SourceNotFound, SourceEmpty) as error:
            if sources:
                raise
            # The user named nothing: the spelling cannot be at fault.
            raise type(error)(error.message, _GONE) from error
    return 1 if strict and report is not None and report.lost else 0


def _updated(sources: Sequence[str], common: Common, rebuild: bool, jobs: int) -> Index:
    from searchkit.search.index import open_index

    if rebuild:
        return build(sources, common, jobs)
    try:
        index = open_index(common.index, settings=common.settings)
    except IndexNotFound:
        return build(sources, common, jobs)
    update(index, sources, common, jobs)
    return index


def _known_sources(index_path: str, rebuild: bool) -> Sequence[str]:
    """What an index was made from, even where its settings are no longer those in force."""
    from searchkit.store.folder import IndexFolder
    from searchkit.store.manifest import Manifest

    try:
        generation = IndexFolder(index_path).current()
        sources = Manifest.read(generation.folder).sources
    except IndexNotFound:
        return (DEFAULT_SOURCE,)
    except IndexPathInvalid:
        raise
    except StoreError as error:
        if not rebuild:
            raise
        # The usual hint, to rebuild, is what was just tried.
        hint = "name what to index: searchkit index --rebuild FOLDER"
        raise type(error)(error.message, hint) from error
    if not sources:
        raise SourceNotFound(
            f"the index in {index_path} was made by a program, not from files",
            "name what to index: searchkit index FOLDER",
        )
    return [_near(source) for source in sources]


def _near(path: str) -> str:
    """A path below the working folder as people would type it."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
