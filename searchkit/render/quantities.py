"""Numbers with their units, as people read them."""

from __future__ import annotations

from searchkit.render.conventions import NEUTRAL, Conventions


def count_text(
    number: int, singular: str, plural: str = "", *, conventions: Conventions = NEUTRAL
) -> str:
    """A number and what it counts; the plural is the singular with an s unless given.

    >>> count_text(1, "document"), count_text(20621, "document"), count_text(0, "reply", "replies")
    ('1 document', '20,621 documents', '0 replies')
    """
    noun = singular if number == 1 else plural or singular + "s"
    return f"{conventions.number(number)} {noun}"


def size_text(size_bytes: float, conventions: Conventions = NEUTRAL) -> str:
    """A number of bytes in decimal units.

    >>> size_text(820), size_text(1_234_567)
    ('820 B', '1.2 MB')
    """
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 999.95:
            return f"{conventions.number(size, 0 if unit == 'B' else 1)} {unit}"
        size /= 1000
    return f"{conventions.number(size, 1)} GB"


def duration_text(seconds: float, conventions: Conventions = NEUTRAL) -> str:
    """A time span, as precisely as it matters.

    >>> duration_text(0.0042), duration_text(0.2), duration_text(3.14), duration_text(75)
    ('4.2 ms', '200 ms', '3.1 s', '1 min 15 s')
    """
    if seconds < 0.9995:
        return f"{conventions.number(seconds * 1000, 1 if seconds < 0.01 else 0)} ms"
    if seconds < 59.5:
        return f"{conventions.number(seconds, 1 if seconds < 9.95 else 0)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
