"""How long a search may take."""

from __future__ import annotations

import time

from searchkit.errors import QueryError


class Deadline:
    """When a search has to come to an end.

    Args:
        timeout_s: seconds from now, above 0; any longer than a century is as good as none.

    Raises:
        QueryError: it is no number above 0.

    >>> Deadline(60.0).is_past()
    False
    """

    def __init__(self, timeout_s: float) -> None:
        if not timeout_s > 0:  # not a number, either
            raise QueryError(f"timeout_s {timeout_s} is not above 0", "give the seconds to wait")
        self.timeout_s = timeout_s
        self.at = time.monotonic() + timeout_s

    def is_past(self) -> bool:
        """Whether the time is over; of ``time.monotonic``."""
        return time.monotonic() >= self.at

    def note(self) -> str:
        """What to say of a search that was cut short."""
        return f"the search took longer than {self.timeout_s:g} s; this is what was found by then"
