"""Tells whether a corpus is still what it was, without reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.corpus.files import open_file
from searchkit.corpus.names import escaped
from searchkit.corpus.states import FileState
from searchkit.corpus.walk import CorpusFile, Source, Sources, find_sources, walk
from searchkit.errors import CorpusError


def snapshot(sources: Sources) -> list[FileState]:
    """The state of every file of a corpus; reads them all.

    `searchkit.corpus.Corpus.states` gives the same without reading anything twice.

    Args:
        sources: paths of files or folders, or one such path.

    Returns:
        The states in the order in which `Corpus` reads the files.

    Raises:
        SourceNotFound: there is nothing at a path.
        CorpusError: what is there can be neither walked nor read.

    >>> [state.size_bytes for state in snapshot("seeds")]
    [2580]
    """
    return [
        FileState.of(file, file.size_bytes, file.mtime_ns, _digest(file))
        for file in _files(find_sources(sources))
    ]


def changed_since(states: Iterable[FileState], sources: Sources) -> bool:
    """Whether a corpus differs from what it was: files added, removed or with other bytes.

    Walks the folders and compares sizes and times; only a file of the same size and another time
    is read. A source that is gone counts as a change.

    Args:
        states: what the corpus was, in any order.
        sources: paths of files or folders, or one such path.

    >>> changed_since(snapshot("seeds"), "seeds"), changed_since([], "no/such/folder")
    (False, True)
    """
    before = {state.path: state for state in states}
    seen: set[str] = set()
    try:
        for file in _files(find_sources(sources)):
            path = escaped(file.path)
            if path not in before or _differs(file, before[path]):
                return True
            seen.add(path)
    except CorpusError:
        return True
    return len(seen) != len(before)


def _files(sources: Iterable[Source]) -> Iterator[CorpusFile]:
    for source in sources:
        yield from walk(source, lambda _reason, _path, _error: None)


def _differs(file: CorpusFile, state: FileState) -> bool:
    if file.size_bytes != state.size_bytes:
        return True
    if file.mtime_ns == state.mtime_ns and state.digest:
        return False
    # Not even readable then: changed only if it can be read now.
    return _digest(file) != state.digest


def _digest(file: CorpusFile) -> str:
    """The digest of a file as it is now; empty where it cannot be read."""
    try:
        with open_file(file) as raw:
            return raw.state().digest
    except OSError:
        return ""
