"""The index on disk: generations that never change, and one small file that names the current."""

from searchkit.store.folder import Draft, Generation, IndexFolder
from searchkit.store.manifest import FORMAT_VERSION, Manifest

__all__ = ["FORMAT_VERSION", "Draft", "Generation", "IndexFolder", "Manifest"]
