"""One state of an index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import IndexCorrupt
from searchkit.store.manifest import REPAIR, Manifest, verify_sizes


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of an index: its number, 1 or more, and its folder."""

    number: int
    folder: Path


def open_manifest(generation: Generation) -> Manifest:
    """The manifest of a generation, whose files are there with the sizes it says.

    Raises:
        IndexCorrupt: it or they are damaged, or it is that of another generation.
        IndexTooOld, IndexTooNew: the files are of another format version.
    """
    manifest = Manifest.read(generation.folder)
    if manifest.number != generation.number:
        raise IndexCorrupt(
            f"{generation.folder} holds the manifest of generation {manifest.number}", REPAIR
        )
    verify_sizes(generation.folder, manifest)
    return manifest
