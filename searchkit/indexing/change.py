"""One change of an index: begun at the first difference, committed whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import TracebackType

from searchkit.config import Settings
from searchkit.corpus import FileState
from searchkit.engine.port import EngineWriter, IndexDocument
from searchkit.engine.whoosh import create_writer, open_writer
from searchkit.store import Draft, Generation, IndexFolder, Manifest

#: The file of a generation that tells what the files of the sources looked like.
CORPUS_FILE = "corpus.json"


class Change:
    """A context manager that gathers writes and deletions; without any it leaves no trace.

    Args:
        folder: the index.
        basis: the generation to start from; ``None`` for an empty one.
        settings: for the time to wait for another writer.
    """

    def __init__(self, folder: IndexFolder, basis: Generation | None, settings: Settings) -> None:
        self._folder = folder
        self._basis = basis
        self._settings = settings
        self._draft: Draft | None = None
        self._writer: EngineWriter | None = None

    def __enter__(self) -> Change:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Whatever was not committed is undone, for Ctrl-C too."""
        if self._writer:
            self._writer.abort()
        if self._draft:
            self._draft.abort()

    @property
    def begun(self) -> bool:
        """Whether anything differs so far."""
        return self._draft is not None

    def write(self, document: IndexDocument) -> None:
        """Add or replace a document."""
        self._open().write([document])

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents."""
        if ids:
            self._open().delete(ids)

    def commit(self, manifest: Manifest, states: Sequence[FileState]) -> None:
        """Make the change the next generation."""
        self._open().commit()
        self._writer = None
        assert self._draft is not None
        rows = [state.to_list() for state in states]
        self._draft.write_text(CORPUS_FILE, json.dumps(rows, ensure_ascii=True))
        draft, self._draft = self._draft, None
        draft.commit(manifest)

    def _open(self) -> EngineWriter:
        if self._writer is None:
            timeout_s = self._settings.limits.lock_timeout_s
            self._draft = self._folder.begin(self._basis, timeout_s)
            make = open_writer if self._basis else create_writer
            self._writer = make(self._draft.generation.folder)
        return self._writer


def read_states(generation: Generation) -> list[FileState]:
    """What the files of the sources looked like when a generation was made."""
    try:
        rows = json.loads((generation.folder / CORPUS_FILE).read_text(encoding="ascii"))
        return [FileState.from_list(row) for row in rows]
    except (OSError, ValueError, TypeError):
        return []  # unknown: the sources then count as changed


def content_of(states: Sequence[FileState]) -> Mapping[str, str]:
    """Digests by path: what must be equal for two states of the files to be the same."""
    return {state.path: state.digest for state in states}
