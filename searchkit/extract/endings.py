"""Many endings of words, asked about in the time of one."""

from __future__ import annotations

from collections.abc import Iterable

_KEY = 3  # letters; most words end in no three that one of some hundred endings does


class Endings:
    """Endings of words.

    Args:
        endings: none empty.

    >>> endings = Endings(["minister", "chef", "up"])
    >>> [endings.end(word) for word in ("rathauschef", "startup", "chefin")]
    [True, True, False]
    """

    __slots__ = ("_by_letters", "_short")

    def __init__(self, endings: Iterable[str]) -> None:
        self._by_letters: dict[str, tuple[str, ...]] = {}
        self._short: tuple[str, ...] = ()
        for ending in endings:
            if len(ending) < _KEY:
                self._short += (ending,)
            else:
                letters = ending[-_KEY:]
                self._by_letters[letters] = (*self._by_letters.get(letters, ()), ending)

    def end(self, word: str) -> bool:
        """Whether a word ends in one of them, as ``str.endswith`` with all of them says."""
        alike = self._by_letters.get(word[-_KEY:])
        return (alike is not None and word.endswith(alike)) or word.endswith(self._short)
