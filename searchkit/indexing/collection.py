"""Garbage collection while documents are indexed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the collector looks at the youngest again; Python's default is 700.
_OBJECTS = 200_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect cycles rarely.

    Indexing makes millions of objects and no cycles: at Python's default the collector looks
    through all of them again and again, which takes a tenth of the whole time.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
