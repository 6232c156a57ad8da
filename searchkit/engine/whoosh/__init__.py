"""The embedded engine: a Whoosh index, read as arrays."""
