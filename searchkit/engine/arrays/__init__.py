"""Segments as arrays: built from form numbers, merged, mapped, read."""
