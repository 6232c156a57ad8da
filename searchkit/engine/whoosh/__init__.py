"""Segments of arrays as a Whoosh index: storage, readers, searcher and writer for Whoosh's API."""
