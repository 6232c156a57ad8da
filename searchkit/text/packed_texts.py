"""Many short texts in one array of bytes, to be mapped from a file and read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BETWEEN = b"\xff"
"""Stands between texts; no byte of UTF-8."""

_TOGETHER = 32
"""Of so many texts only the first one's place is kept."""


def pack_texts(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """The bytes of some texts and where every 32nd begins, for ``PackedTexts``."""
    packed = [
        _BETWEEN.join(
            text.encode("utf-8", "surrogatepass") for text in texts[first : first + _TOGETHER]
        )
        for first in range(0, len(texts), _TOGETHER)
    ]
    starts = np.cumsum([0, *(len(group) + 1 for group in packed)]).astype(np.uint32)
    return np.frombuffer(_BETWEEN.join([*packed, b""]), np.uint8), starts


class PackedTexts:
    """Texts by number.

    Args:
        content, starts: what ``pack_texts`` returned.

    >>> PackedTexts(*pack_texts(["Gipfel", "", "Höhe"]))[2]
    'Höhe'
    """

    __slots__ = ("_content", "_starts")

    def __init__(self, content: NDArray[Any], starts: NDArray[Any]) -> None:
        self._content = content
        self._starts = starts

    def __getitem__(self, number: int) -> str:
        group, place = divmod(number, _TOGETHER)
        start, end = self._starts[group : group + 2].tolist()
        texts = self._content[start : end - 1].tobytes().split(_BETWEEN, place + 1)
        return texts[place].decode("utf-8", "surrogatepass")
