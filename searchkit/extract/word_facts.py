"""What lists and statistics say of single words, by the hash of the word: read once, then kept.

``python -m searchkit.training.word_facts`` makes the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.substrings import Hashes
from searchkit.text.hash_places import HashPlaces

_FILE = Path(__file__).parent / "data" / "word_facts.npz"
_KEY_BITS = np.uint64(32)

# What a word, in whatever case, can be; several at once.
FIRST_NAME = 1
RARE_FIRST_NAME = 2  # a first name somewhere in the world, and no German noun
SURNAME = 4
COMMON_NOUN = 8
CITY = 16
GERMAN_PLACE = 32  # a place in Germany, Austria or Switzerland, of whatever size
FOREIGN_PLACE = 64
TOPONYM = 128
COUNTRY = 256
ORGANISATION = 512
ROLE = 1024
NAME_OPENER = 2048  # "Universität", "Bad", "Landkreis"
COMPANY_END = 4096
MOSTLY_LOWER = 8192  # in three of four uses inside a sentence
PROPER_NAME = 16384
TITLE = 32768
FLAGS = 16


@dataclass(frozen=True, slots=True)
class WordFacts:
    """Facts by word and clusters by form, as parallel arrays.

    Attributes:
        words: upper halves of the hashes of words in lower case, ascending.
        flags: what each word can be; one entry more, 0, for unknown words.
        bands: how frequent it is and how often it has a capital, 0 for unknown words.
        forms: upper halves of the hashes of forms, case kept, ascending.
        clusters: the cluster of each form, from 1; one entry more, 0, for unknown forms.
        coarser: from each cluster to the larger one it belongs to, and to the largest.

    >>> facts = WordFacts.shipped()
    >>> len(facts.flags) == len(facts.words) + 1
    True
    """

    words: NDArray[np.uint32]
    flags: NDArray[np.uint16]
    bands: NDArray[np.uint8]
    forms: NDArray[np.uint32]
    clusters: NDArray[np.uint16]
    coarser: NDArray[np.uint16]
    _word_places: HashPlaces = field(init=False, repr=False, compare=False)
    _form_places: HashPlaces = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_word_places", HashPlaces(self.words))
        object.__setattr__(self, "_form_places", HashPlaces(self.forms))

    @staticmethod
    @cache
    def shipped() -> WordFacts:
        """The facts that ship with the package."""
        with np.load(_FILE, allow_pickle=False) as stored:
            return WordFacts.from_arrays(stored)

    @classmethod
    def from_arrays(cls, stored: Any) -> WordFacts:
        """The facts as ``to_arrays`` gave them."""
        return cls(
            np.cumsum(stored["word_steps"], dtype=np.uint32),
            np.append(stored["flags"], np.uint16(0)),
            np.append(stored["bands"], np.uint8(0)),
            np.cumsum(stored["form_steps"], dtype=np.uint32),
            np.append(stored["clusters"], np.uint16(0)),
            stored["coarser"],
        )

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The facts as they are stored: ascending numbers as steps, which pack better."""
        return {
            "word_steps": np.diff(self.words, prepend=np.uint32(0)),
            "flags": self.flags[:-1],
            "bands": self.bands[:-1],
            "form_steps": np.diff(self.forms, prepend=np.uint32(0)),
            "clusters": self.clusters[:-1],
            "coarser": self.coarser,
        }

    def find_words(self, hashes: Hashes) -> NDArray[np.int64]:
        """The place of each word in ``flags`` and ``bands``."""
        return self._word_places.find(short(hashes))

    def find_forms(self, hashes: Hashes) -> NDArray[np.int64]:
        """The place of each form in ``clusters``."""
        return self._form_places.find(short(hashes))


def short(hashes: Hashes) -> NDArray[np.uint32]:
    """The upper halves of hashes."""
    return np.asarray((hashes >> _KEY_BITS).astype(np.uint32))
