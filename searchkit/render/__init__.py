"""Whole answers as text for people and as JSON for programs; marks come from ``markup``."""
