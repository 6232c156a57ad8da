"""Numbers with their units, as people read them."""

from __future__ import annotations


def count_text(number: int, singular: str, plural: str = "") -> str:
    """A number and what it counts; the plural is the singular with an s unless given.

    >>> count_text(1, "document"), count_text(20621, "document"), count_text(0, "reply", "replies")
    ('1 document', '20,621 documents', '0 replies')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def size_text(size_bytes: float) -> str:
    """A number of bytes in decimal units.

    >>> size_text(820), size_text(1_234_567)
    ('820 B', '1.2 MB')
    """
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 999.95:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"


def duration_text(seconds: float) -> str:
    """A time span, as precisely as it matters.

    >>> duration_text(0.0042), duration_text(0.2), duration_text(3.14), duration_text(75)
    ('4.2 ms', '200 ms', '3.1 s', '1 min 15 s')
    """
    if seconds < 0.9995:
        return f"{seconds * 1000:.{1 if seconds < 0.01 else 0}f} ms"
    if seconds < 59.5:
        return f"{seconds:.{1 if seconds < 9.95 else 0}f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
