"""Searches of many threads, one after the other.

Python runs one thread at a time, but NumPy lets go of the interpreter in every call, some hundred
times a search. Where other threads wait for it, each time is a change of threads, and eight of
them answer half as many queries as one, in small indexes and in large ones. So whoever begins
waits until the search before has ended. One that takes long holds nobody up for more than a
moment: those that wait then go on beside it.
"""

from __future__ import annotations

import threading

# Some hundreds of short searches, or eight in 200,000 documents.
_LONGEST_WAIT_S = 0.25

# One for all indexes: they share the interpreter.
_ONE_AT_A_TIME = threading.Lock()


class Turn:
    """A context in which mostly no other search runs.

    >>> with Turn() as turn:
    ...     turn.is_alone
    True
    """

    __slots__ = ("is_alone",)

    def __enter__(self) -> Turn:
        self.is_alone = _ONE_AT_A_TIME.acquire(timeout=_LONGEST_WAIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_alone:
            _ONE_AT_A_TIME.release()
