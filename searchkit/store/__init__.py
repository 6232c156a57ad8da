"""The index on disk: generations that never change, and one small file that names the current."""
