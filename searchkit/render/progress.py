"""One line that says how far the indexing is."""

from __future__ import annotations

from searchkit.render.quantities import count_text, duration_text, size_text
from searchkit.render.wrap import shortened

_BAR_COLUMNS = 20


def progress_line(
    documents: int, read_bytes: int, size_bytes: int, elapsed_s: float, width: int = 80
) -> str:
    """How far the indexing is: documents, bytes, speed and time left.

    Args:
        documents: texts read so far.
        read_bytes: bytes of the corpus read so far.
        size_bytes: bytes of the corpus, 0 where nobody knows.
        elapsed_s: seconds since the start.
        width: columns of the terminal; the line is cut to it.

    >>> progress_line(120, 4_000_000, 8_000_000, 2.0)
    '[##########..........] 120 documents, 4.0 MB of 8.0 MB, 2.0 MB/s, 2.0 s left'
    """
    speed = read_bytes / elapsed_s if elapsed_s > 0 else 0.0
    parts = [count_text(documents, "document")]
    if size_bytes:
        parts.append(f"{size_text(read_bytes)} of {size_text(size_bytes)}")
    if speed:
        parts.append(f"{size_text(speed)}/s")
    if speed and size_bytes:
        left_s = max(1.0, (size_bytes - read_bytes) / speed)
        parts.append(f"{duration_text(left_s)} left")
    return shortened(_bar(read_bytes, size_bytes) + ", ".join(parts), width)


def _bar(read_bytes: int, size_bytes: int) -> str:
    if not size_bytes:
        return ""
    done = min(_BAR_COLUMNS, _BAR_COLUMNS * read_bytes // size_bytes)
    return f"[{'#' * done}{'.' * (_BAR_COLUMNS - done)}] "
