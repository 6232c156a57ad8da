"""Which persons, places and organisations a text names, and what they are called."""

from __future__ import annotations

from searchkit.extract.protocol import Extractor
from searchkit.extract.registry import default_extractor, make_extractor

__all__ = ["Extractor", "default_extractor", "make_extractor"]
