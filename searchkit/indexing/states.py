"""What the files of the sources looked like when a generation was made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from searchkit.corpus.states import FileState
from searchkit.errors import StoreError
from searchkit.store.draft import Draft
from searchkit.store.generation import Generation
from searchkit.store.manifest import Manifest, hash_fault

_FILE = "corpus.json"


def write_states(draft: Draft, states: Sequence[FileState]) -> None:
    """Keep the states with the generation that is being made."""
    rows = [state.to_list() for state in states]
    draft.write_text(_FILE, json.dumps(rows, ensure_ascii=True))


def read_states(generation: Generation) -> list[FileState]:
    """The states kept with a generation; none where they are not as they were sealed, as if all had
    changed. Large ones are not looked at when the generation is opened.
    """
    file = generation.folder / _FILE
    try:
        if hash_fault(file, Manifest.read(generation.folder).files[_FILE]):
            return []
        rows = json.loads(file.read_text(encoding="ascii"))
        return [FileState.from_list(row) for row in rows]
    except (StoreError, OSError, ValueError, TypeError, KeyError):
        return []


def content_of(states: Sequence[FileState]) -> Mapping[str, str]:
    """Digests by path: what must be equal for two states of the files to be the same."""
    return {state.path: state.digest for state in states}
