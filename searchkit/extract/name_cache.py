"""The names that mentions stand for, remembered from document to document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from searchkit.extract.protocol import KINDS

# So many different mentions of one label are remembered; some megabytes.
_REMEMBERED = 1 << 16


class _Names(dict[str, str]):
    """From the words of mentions under one label to names; asking for a new one works it out."""

    __slots__ = ("_canonical", "_label")

    def __init__(self, canonical: Callable[[str, str], str], label: str) -> None:
        super().__init__()
        self._canonical = canonical
        self._label = label

    def __missing__(self, form: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        name = self[form] = " ".join(self._canonical(form, self._label).split()) or form
        return name


def remembered_names(canonical: Callable[[str, str], str]) -> Mapping[str, Mapping[str, str]]:
    """By label, from the words of any mention to the name it stands for, without idle blanks.

    Args:
        canonical: gives the name of a mention by its words and label; asked once about each while
            it is remembered.

    >>> names = remembered_names(lambda words, label: words.removesuffix("s"))
    >>> names["LOC"]["Roms"]
    'Rom'
    """
    return {label: _Names(canonical, label) for label in KINDS}
