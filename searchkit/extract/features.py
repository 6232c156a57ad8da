"""What a tagger knows of a form by itself: its letters, its shape, what the lists say of it.

Each form gets one number per template (``ends in -hausen``, ``is listed as a first name``), 0 where
the template does not apply. Every number serves at each of the offsets ``OFFSETS``: of the word
itself and of its neighbours. Training and tagging both call ``form_features``, so that they cannot
come to differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.substrings import Hashes, Letters, mixed
from searchkit.extract.word_facts import FLAGS, WordFacts, short
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.word_counts import WordCounts

OFFSETS = (-2, -1, 0, 1, 2)

_NEAR = frozenset(
    "word tail s2 s3 p3 shape sized-shape facts stem-facts cluster cluster-256 cluster-64 band "
    "noun capital-facts capital-band".split()
)
_FAR = frozenset("word shape facts cluster-256 cluster-64 band capital-facts capital-band".split())
_NONE = np.uint64(0)
_TABLE = 0x250  # beyond the Latin letters, case is not looked at
_MIN_COMPOUND = 8
_LONGEST = 64  # what is longer is no word; the powers that hashing keeps grow with the letters


def applies(template: str, offset: int) -> bool:
    """Whether what a template says of a neighbour at an offset counts for a word.

    >>> applies("s6", 0), applies("s6", 1), applies("word", -2)
    (True, False, True)
    """
    if offset == 0:
        return True
    is_flag = template.startswith("is-")
    if abs(offset) == 1:
        return is_flag or template in _NEAR
    return template in _FAR


def form_features(forms: Sequence[str], facts: WordFacts) -> dict[str, NDArray[np.uint32]]:
    """The numbers of many forms, by template.

    Args:
        forms: pieces as ``searchkit.extract.pieces`` cuts them, none empty.
        facts: what the lists say.

    >>> numbers = form_features(["Neuhausen", "Althausen"], WordFacts.shipped())
    >>> bool(numbers["s6"][0] == numbers["s6"][1]), bool(numbers["p3"][0] == numbers["p3"][1])
    (True, False)
    """
    features = {}
    for name, places, numbers in applying_features(forms, facts):
        features[name] = np.zeros(len(forms), np.uint32)
        features[name][places] = numbers
    return features


def applying_features(
    forms: Sequence[str], facts: WordFacts
) -> Iterator[tuple[str, NDArray[np.intp], NDArray[np.uint32]]]:
    """Of each template the places of the forms that it applies to, and their numbers."""
    for name, column in _columns(forms, facts).items():
        places = np.flatnonzero(column)
        yield name, places, short(mixed(column[places] + _salt(name)))


def _columns(forms: Sequence[str], facts: WordFacts) -> dict[str, Hashes]:
    """What each template says of forms, 0 where it does not apply."""
    forms = [form[:_LONGEST] for form in forms]
    letters = Letters.of(forms)
    lower = letters.mapped(_lower_table())
    columns = _affixes(lower)
    columns |= _hyphens(lower, facts)
    columns["shape"], is_capital = _shapes(letters)
    flags = _listed(lower, columns["word"], facts, columns)
    noun = _compounds(forms, is_capital)
    columns["noun"] = noun
    columns["sized-shape"] = _sized(columns["shape"], letters)
    columns["capital-band"] = np.where(is_capital, columns["band"] + np.uint64(1), _NONE)
    capital = is_capital.astype(np.uint64)
    known = flags.astype(np.uint64) * np.uint64(2) + noun
    columns["capital-facts"] = np.where(is_capital, known + np.uint64(1), _NONE)
    columns["unlisted-shape"] = np.where(
        flags == 0, columns["shape"] + noun + np.uint64(2) * capital, _NONE
    )
    columns |= _clusters(letters, facts)
    return columns


def lower_hashes(words: Sequence[str]) -> Hashes:
    """The hashes of words in lower case, as the facts are looked up by."""
    lower = Letters.of(words).mapped(_lower_table())
    return lower.hashes(lower.starts, lower.ends)


@cache
def _salt(name: str) -> np.uint64:
    letters = Letters.of([name])
    return np.uint64(letters.hashes(letters.starts, letters.ends)[0])


def _affixes(lower: Letters) -> dict[str, Hashes]:
    starts, ends = lower.starts, lower.ends
    length = ends - starts
    columns = {"word": lower.hashes(starts, ends)}
    for size in range(1, 7):
        longer = length > size
        columns[f"s{size}"] = np.where(
            longer, lower.hashes(np.maximum(ends - size, starts), ends), _NONE
        )
        if size < 6:
            columns[f"p{size}"] = np.where(
                longer, lower.hashes(starts, np.minimum(starts + size, ends)), _NONE
            )
    return columns


def _hyphens(lower: Letters, facts: WordFacts) -> dict[str, Hashes]:
    """The first and the last part of a hyphen chain, and what the lists say of them."""
    starts, ends = lower.starts, lower.ends
    hyphens = np.append(np.flatnonzero(lower.points == ord("-")), 0)
    first, after = np.searchsorted(hyphens[:-1], starts), np.searchsorted(hyphens[:-1], ends)
    chained = after > first
    head_end = np.where(chained, hyphens[first], starts)
    tail_start = np.where(chained, hyphens[np.maximum(after - 1, 0)] + 1, ends)
    head = lower.hashes(starts, head_end)
    tail = lower.hashes(tail_start, ends)
    long = ends - tail_start > 4
    return {
        "head": head,
        "tail": tail,
        "tail-s4": np.where(long, lower.hashes(np.maximum(ends - 4, tail_start), ends), _NONE),
        "head-facts": facts.flags[facts.find_words(head)].astype(np.uint64),
        "tail-facts": facts.flags[facts.find_words(tail)].astype(np.uint64),
    }


def _shapes(letters: Letters) -> tuple[Hashes, NDArray[np.bool_]]:
    """The kinds of letters with repetitions left out, ``Xx-Xx`` for ``Köln-Deutz``; capitals."""
    kinds = letters.mapped(_kind_table())
    kept = np.ones(len(kinds.points), dtype=np.bool_)
    kept[1:] = kinds.points[1:] != kinds.points[:-1]
    kept[kinds.starts] = True
    kept[kinds.ends] = True
    short_forms = kinds.only(kept)
    shape = short_forms.hashes(short_forms.starts, short_forms.ends)
    return shape, np.asarray(kinds.points[kinds.starts] == ord("X"))


def _sized(shape: Hashes, letters: Letters) -> Hashes:
    """The shape, together with the length of short forms."""
    length = np.minimum(letters.ends - letters.starts, 4).astype(np.uint64)
    return mixed(shape + length)


def _listed(
    lower: Letters, words: Hashes, facts: WordFacts, columns: dict[str, Hashes]
) -> NDArray[np.uint16]:
    """Add what the lists say of each word, and of it without a final s."""
    place = facts.find_words(words)
    flags = facts.flags[place]
    columns["facts"] = flags.astype(np.uint64)
    for bit in range(FLAGS):
        columns[f"is-{bit}"] = (flags >> bit & 1).astype(np.uint64)
    last = np.maximum(lower.ends - 1, lower.starts)
    with_s = (lower.points[last] == ord("s")) & (lower.ends - lower.starts > 3)
    stem = facts.flags[facts.find_words(lower.hashes(lower.starts, last))]
    columns["stem-facts"] = np.where(with_s, stem.astype(np.uint64) + np.uint64(1), _NONE)
    columns["band"] = facts.bands[place].astype(np.uint64)
    return flags


def _compounds(forms: Sequence[str], is_capital: NDArray[np.bool_]) -> Hashes:
    """1 for compounds of common nouns, 0 for others."""
    places = [
        n
        for n, (form, capital) in enumerate(zip(forms, is_capital.tolist(), strict=True))
        if capital and len(form) >= _MIN_COMPOUND and form.isalpha()
    ]
    nouns = np.zeros(len(forms), dtype=np.uint64)
    if places:
        split, _, _ = _splitter().split_array([forms[n] for n in places])
        nouns[np.asarray(places, dtype=np.int64)[split]] = 1
    return nouns


def _clusters(letters: Letters, facts: WordFacts) -> dict[str, Hashes]:
    found = facts.clusters[facts.find_forms(letters.hashes(letters.starts, letters.ends))]
    return {
        "cluster": found.astype(np.uint64),
        "cluster-256": facts.coarser[0][found].astype(np.uint64),
        "cluster-64": facts.coarser[1][found].astype(np.uint64),
    }


@cache
def _splitter() -> CompoundSplitter:
    return CompoundSplitter(WordCounts.seed())


@cache
def _lower_table() -> NDArray[np.uint32]:
    """From every Latin letter to its lower case, from every digit to 0."""
    lower = [ord(c) if len(c := chr(n).lower()) == 1 else n for n in range(_TABLE)]
    lower[ord("0") : ord("9") + 1] = [ord("0")] * 10
    return np.array(lower, dtype=np.uint32)


@cache
def _kind_table() -> NDArray[np.uint32]:
    """X for capitals, x for small letters, 0 for digits, other signs as they are."""
    letters = map(chr, range(_TABLE))
    kinds = [
        "X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c for c in letters
    ]
    return np.array([*map(ord, kinds)], dtype=np.uint32)
