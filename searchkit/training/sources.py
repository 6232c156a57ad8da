"""What the seed lexicon is made from: parliamentary records, a frequency list, a noun list."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchkit.errors import ConfigurationError

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE_SENTENCE = re.compile(r"(?<=[^\W\d_,;] )[^\W\d_]+(?!-)")
_AFTER_TITLE = re.compile(
    r"(?:Herrn?|Frau|Kollegen?|Kollegin|Dr\.|Minister(?:in)?|Abgeordneten?|Präsident|Kanzlerin|"
    r"Staatssekretär(?:in)?) (?:Dr\. )?((?:[A-ZÄÖÜ][a-zäöüßé]+ )?[A-ZÄÖÜ][a-zäöüßé]+)"
)
_NAME_SHARE = 0.3
_MIN_NAME_USES = 3

_NAMES = {"Toponym", "Vorname", "Nachname"}
_NOT_NOUNS = {"Abkürzung", "Affix", "Buchstabe", "Suffix", "Gebundenes Lexem"}


@dataclass(frozen=True, slots=True)
class Records:
    """Word counts of the Bundestag's records, by folded word.

    Attributes:
        per_million: occurrences in a million words.
        uses: occurrences inside a sentence, where a capital means something.
        capitals: those of them with a capital.
        names: words that mostly follow a title.
    """

    per_million: dict[str, float]
    uses: dict[str, int]
    capitals: dict[str, int]
    names: set[str]


@dataclass(frozen=True, slots=True)
class Nouns:
    """German nouns, folded.

    Attributes:
        genders: lemma -> its genders (``m``, ``f``, ``n``).
        lemmas: inflected form -> lemmas it is a form of.
        names: forms of first names, surnames and place names.
        places: place names.
    """

    genders: dict[str, set[str]]
    lemmas: dict[str, set[str]]
    names: set[str]
    places: set[str]


def fold(word: str) -> str:
    """The spelling under which the lexicon keeps a word.

    >>> fold("Straßenbäume")
    'strassenbaeume'
    """
    return word.lower().translate(_WRITTEN_OUT)


def read_records(path: Path) -> Records:
    """Counts the words of an xz-compressed text, one paragraph a line; takes a minute."""
    words: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    for line in _lines(path):
        words.update(_WORD.findall(line))
        inside.update(_INSIDE_SENTENCE.findall(line))
        for named in _AFTER_TITLE.findall(line):
            titled.update(named.split())
    scale = 1e6 / sum(words.values())
    uses: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    per_million: dict[str, float] = {}
    for word, count in words.items():
        per_million[fold(word)] = per_million.get(fold(word), 0.0) + count * scale
    for word, count in inside.items():
        uses[fold(word)] += count
        capitals[fold(word)] += count if word[0].isupper() else 0
    names = {
        fold(word)
        for word, count in titled.items()
        if count >= max(_MIN_NAME_USES, _NAME_SHARE * words[word])
    }
    return Records(per_million, uses, capitals, names)


def read_frequencies() -> dict[str, float]:
    """Occurrences in a million words of general German, by folded word, from ``wordfreq``."""
    try:
        import wordfreq  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise _missing("wordfreq") from error
    frequencies: dict[str, float] = {}
    for word, share in wordfreq.get_frequency_dict("de", "best").items():
        if word.isalpha():
            frequencies[fold(word)] = frequencies.get(fold(word), 0.0) + share * 1e6
    return frequencies


def read_nouns() -> Nouns:
    """The nouns of the German Wiktionary, from ``german-nouns``."""
    try:
        from german_nouns.config import (  # type: ignore[import-not-found, unused-ignore]
            CSV_FILE_PATH,
        )
    except ImportError as error:
        raise _missing("german-nouns") from error
    nouns = Nouns({}, {}, set(), set())
    with Path(CSV_FILE_PATH).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _add_noun(nouns, row)
    return nouns


def _add_noun(nouns: Nouns, row: dict[str, Any]) -> None:
    kinds = set(row["pos"].split(","))
    lemma = row["lemma"]
    if "Wortverbindung" in kinds or not lemma.isalpha():
        return
    forms = {
        fold(form)
        for column, form in row.items()
        if column != "pos" and not column.startswith("genus") and form and form.isalpha()
    }
    if kinds & _NAMES:
        nouns.names.update(forms)
        if "Toponym" in kinds:
            nouns.places.add(fold(lemma))
    elif not kinds & _NOT_NOUNS and lemma[0].isupper() and not lemma.isupper():
        genders = {text for column, text in row.items() if column.startswith("genus") and text}
        nouns.genders.setdefault(fold(lemma), set()).update(genders)
        for form in forms:
            nouns.lemmas.setdefault(form, set()).add(fold(lemma))


def _lines(path: Path) -> Iterator[str]:
    import lzma

    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from file


def _missing(package: str) -> ConfigurationError:
    return ConfigurationError(
        f"the seed lexicon cannot be built without {package}",
        "run: pip install wordfreq german-nouns",
    )
