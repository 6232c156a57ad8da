"""Documents into an index: what changed since last time, and the change itself."""

from searchkit.indexing.change import read_states
from searchkit.indexing.feed import Source
from searchkit.indexing.progress import Progress, ProgressCallback
from searchkit.indexing.update import Basis, IndexWriter

__all__ = ["Basis", "IndexWriter", "Progress", "ProgressCallback", "Source", "read_states"]
