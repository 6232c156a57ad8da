"""Finds the files of a corpus: in a stable order, no links followed, nothing special touched."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.corpus.names import (
    KNOWN_SUFFIXES,
    escaped,
    has_known_suffix,
    split_suffix,
    without_surrogates,
)
from searchkit.errors import CorpusError, SourceNotFound

Sources = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
# Called with the reason of a skip, the path as shown, and the error where there was one.
Skipped = Callable[[str, str, OSError | None], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder that was named as a source.

    Args:
        given: as it was named.
        absolute: absolute and normalised; links are left in it.
        is_folder: whether it is a folder or a link to one.
    """

    given: str
    absolute: str
    is_folder: bool

    def below(self, relative: str) -> str:
        """The path of a file below the folder, for opening; the source itself for a file."""
        return f"{self.absolute.rstrip(os.sep)}{os.sep}{relative}" if relative else self.absolute


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file that holds documents.

    Args:
        source: what it belongs to.
        relative: its path below the source with ``/``; empty where the source is this file.
        size_bytes: its size when it was found.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
    """

    source: Source
    relative: str
    size_bytes: int
    mtime_ns: int

    @property
    def path(self) -> str:
        """Where to open it."""
        return self.source.below(self.relative)

    @property
    def shown(self) -> str:
        """How to show it: the source as it was named, and the path below it."""
        return _shown(self.source, self.relative)

    @property
    def id(self) -> str:
        """Its path below the source without suffix; the name without suffix of a single file."""
        return without_surrogates(split_suffix(self._name)[0])

    @property
    def suffix(self) -> str:
        """Its suffix in lower case."""
        return split_suffix(self._name)[1]

    @property
    def _name(self) -> str:
        return self.relative or Path(self.source.absolute).name


def find_sources(sources: Sources) -> tuple[Source, ...]:
    """Check what was named as sources; one named twice counts once.

    Args:
        sources: paths of files or folders, or one such path.

    Raises:
        SourceNotFound: there is nothing at a path.
        CorpusError: what is there can be neither walked nor read.

    >>> [source.is_folder for source in find_sources(".")]
    [True]
    """
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    found: dict[str, Source] = {}
    for named in sources:
        source = _find_source(os.fspath(named))
        found.setdefault(source.absolute, source)
    return tuple(found.values())


def _find_source(given: str) -> Source:
    absolute = os.path.normpath(Path(given).absolute())
    try:
        mode = Path(absolute).stat().st_mode if given else 0
    except (OSError, ValueError):  # ValueError: a NUL in the path
        mode = 0
    if not mode:
        raise SourceNotFound(f"there is no file or folder {given!r}", _where_to_look(given))
    if stat.S_ISDIR(mode):
        _check_folder(given, absolute)
        return Source(given, absolute, is_folder=True)
    if not stat.S_ISREG(mode):
        raise CorpusError(
            f"{given!r} is a pipe, device or socket", "name a folder, or a file on disk"
        )
    if not split_suffix(Path(absolute).name)[1]:
        raise CorpusError(
            f"the name of {given!r} does not say what it holds",
            f"rename it to end in one of {KNOWN_SUFFIXES}",
        )
    return Source(given, absolute, is_folder=False)


def _where_to_look(given: str) -> str:
    if given and not Path(given).is_absolute():
        return f"check the spelling; the path begins at {str(Path.cwd())!r}"
    return "check the spelling of the path"


def _check_folder(given: str, absolute: str) -> None:
    try:
        os.scandir(absolute).close()
    except OSError as error:
        raise CorpusError(
            f"the folder {given!r} cannot be read: {error.strerror}", "check its permissions"
        ) from error


def walk(source: Source, skipped: Skipped) -> Iterator[CorpusFile]:
    """Find the files of a source that hold documents.

    Hidden files and folders, links, pipes, devices, sockets and files of unknown suffix are
    passed over; what cannot be looked at, too.

    Args:
        source: where to look.
        skipped: told of everything passed over: ``hidden``, ``link``, ``special``, ``other`` or
            ``unreadable``.

    Returns:
        The files sorted by the parts of their paths, in order of code points.
    """
    if not source.is_folder:
        yield from _single_file(source, skipped)
        return
    # A stack in place of recursion, as folders may lie deeper than Python's calls may go.
    pending = _listing(source, "", skipped)
    while pending:
        relative, entry = pending.pop()
        try:
            kind = _kind(entry)
            if kind == "folder":
                pending += _listing(source, relative, skipped)
            elif kind == "file":
                status = entry.stat(follow_symlinks=False)
                yield CorpusFile(source, relative, status.st_size, status.st_mtime_ns)
            else:
                skipped(kind, _shown(source, relative), None)
        except OSError as error:
            skipped("unreadable", _shown(source, relative), error)


def _single_file(source: Source, skipped: Skipped) -> Iterator[CorpusFile]:
    try:
        status = Path(source.absolute).stat()
    except OSError as error:
        skipped("unreadable", _shown(source, ""), error)
    else:
        yield CorpusFile(source, "", status.st_size, status.st_mtime_ns)


def _listing(source: Source, folder: str, skipped: Skipped) -> list[tuple[str, os.DirEntry[str]]]:
    """What a folder holds, the first name last, as it goes on a stack."""
    prefix = f"{folder}/" if folder else ""
    try:
        with os.scandir(source.below(folder)) as entries:
            found = [(prefix + entry.name, entry) for entry in entries]
    except OSError as error:
        skipped("unreadable", _shown(source, folder), error)
        return []
    return sorted(found, key=lambda item: item[1].name, reverse=True)


def _kind(entry: os.DirEntry[str]) -> str:
    """``file``, ``folder``, or why the entry is passed over."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_file(follow_symlinks=False):
        return "file" if has_known_suffix(entry.name) else "other"
    if entry.is_symlink() or (sys.version_info >= (3, 12) and entry.is_junction()):
        return "link"
    return "folder" if entry.is_dir(follow_symlinks=False) else "special"


def _shown(source: Source, relative: str) -> str:
    return escaped(str(Path(source.given, relative)))
