"""The service: an index opened, asked, kept up to date."""

from searchkit.search.index import Index, build_index, open_index

__all__ = ["Index", "build_index", "open_index"]
