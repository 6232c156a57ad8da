"""What the lists say of single words that a tagger took for names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from searchkit.extract import lists as lists_of
from searchkit.extract.endings import Endings
from searchkit.extract.features import lower_hashes
from searchkit.extract.lists import lists
from searchkit.extract.word_facts import (
    CITY,
    COMMON_NOUN,
    COUNTRY,
    FIRST_NAME,
    FOREIGN_PLACE,
    GERMAN_PLACE,
    ORGANISATION,
    PROPER_NAME,
    RARE_FIRST_NAME,
    SURNAME,
    TOPONYM,
    WordFacts,
)

_PLACES = CITY | COUNTRY | TOPONYM | GERMAN_PLACE
_ORGANISATION_WORDS = lists_of.COMPANY_END | lists_of.CLUB_HEAD | lists_of.INSTITUTION_HEAD
_PERSONS = FIRST_NAME | RARE_FIRST_NAME | SURNAME
_NAMES = _PLACES | _PERSONS | ORGANISATION | FOREIGN_PLACE | PROPER_NAME
_BEFORE_ORGANISATIONS = ("Deutsch", "Europäisch")
# Different words kept with the answer; a few megabytes.
_REMEMBERED = 1 << 16
_MOST_LOOKED_UP = 1 << 17
_looked_up: dict[str, int] = {}


def is_known_name(word: str) -> bool:
    """Whether the lists know a word as a name of whatever kind, or it is an acronym.

    >>> is_known_name("Helsinkis"), is_known_name("GÜF"), is_known_name("Gönnerpose")
    (True, True, False)
    """
    return word.isupper() or bool(_facts(word) & _NAMES)


def is_place_only(word: str) -> bool:
    """Whether a word is known as a place and not as part of a person's name.

    >>> is_place_only("Bochum"), is_place_only("Jordan")
    (True, False)
    """
    facts = _facts(word)
    return bool(facts & _PLACES) and not facts & _PERSONS


def is_organisation_only(word: str) -> bool:
    """Whether a word is known as an organisation and not as a name of a person or place.

    >>> is_organisation_only("Pfizer"), is_organisation_only("Bayer")
    (True, False)
    """
    facts = _facts(word)
    return bool(facts & ORGANISATION) and not facts & (_PLACES | FIRST_NAME | SURNAME)


def is_unknown(word: str) -> bool:
    """Whether the lists know a word neither as a name nor as anything else.

    >>> is_unknown("Helsinkis"), is_unknown("Quellnigg")
    (False, True)
    """
    return not _facts(word) & (_NAMES & ~RARE_FIRST_NAME)


def is_noun(word: str) -> bool:
    """Whether a word is known as a common noun and as nothing else.

    >>> is_noun("Sozialist"), is_noun("Koch")
    (True, False)
    """
    facts = _facts(word)
    return bool(facts & COMMON_NOUN) and not facts & _NAMES


def is_no_name(name: str) -> bool:
    """Whether a name is, or begins or ends with, what looks like one and is none.

    >>> [is_no_name(name) for name in ("Corona", "Corona-Demo", "Sachen Corona", "Köln")]
    [True, True, True, False]
    """
    no_names = _no_names()
    name = name.lstrip("#@")
    if not any(map(str.isalnum, name)):
        return True
    if name in no_names or (name[-1] == "s" and name[:-1] in no_names):
        return True
    words = name.split()
    last = words[-1].rpartition("-")[2]
    return words[0].split("-")[0] in no_names or (last != name and last in no_names)


@lru_cache(_REMEMBERED)
def has_organisation_word(name: str) -> bool:
    """Whether a word of a name says that it is an organisation's.

    >>> has_organisation_word("Deutschen Städtetages"), has_organisation_word("Rote Karte")
    (True, False)
    """
    listed = lists()
    heads = _heads()
    if name.startswith(_BEFORE_ORGANISATIONS):
        return True
    for word in name.split():
        if listed.kinds.get(word, 0) & _ORGANISATION_WORDS or word in listed.canonical["ORG"]:
            return True
        lower = word.lower()
        if any(heads.end(lower.removesuffix(case)) for case in ("", "s", "es")):
            return True
    return False


@cache
def _heads() -> Endings:
    """What words of organisations end in."""
    words = lists().words
    groups = ("masculine", "neuter", "feminine", "plural")
    heads = [head for group in groups for head in words[f"{group}-heads"]]
    english = [word.lower() for word in words["organisation-ends"]]
    nouns = words["organisation-nouns"]
    return Endings([*heads, *nouns, *words["institution-ends"], *english])


@lru_cache(_REMEMBERED)
def is_no_organisation(name: str) -> bool:
    """Whether a name ends in what no organisation is: a law, a prize, a competition, a study; or
    is a word in capitals that is none, or what companies end in and no more.

    >>> is_no_organisation("Australian Open"), is_no_organisation("Deutscher Buchpreis")
    (True, True)
    >>> is_no_organisation("SUV"), is_no_organisation("BR")
    (True, False)
    """
    listed = lists()
    kinds = listed.kinds.get(name, 0) | listed.kinds.get(name.removesuffix("s"), 0)
    if kinds & (lists_of.NO_ACRONYM | lists_of.COMPANY_END):
        return name not in listed.canonical["ORG"] and name not in listed.words["acronyms-of-both"]
    return name.lower().endswith(listed.words["no-organisation-ends"])


def is_substance(word: str) -> bool:
    """Whether an unlisted word ends like remedies and other substances.

    >>> is_substance("Quellavir"), is_substance("Joaquin"), is_substance("Quellnigg")
    (True, False, False)
    """
    return word.endswith(lists().words["substance-ends"]) and len(word) > 6 and is_unknown(word)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in lists().words["no-names"])


def learn_words(words: Iterable[str]) -> None:
    """Look up many words at once, for asking about them one by one is slow.

    >>> learn_words(["Bochum", "Koch"])
    """
    new = [word for word in words if word not in _looked_up]
    if len(_looked_up) > _MOST_LOOKED_UP:
        _looked_up.clear()
    facts = WordFacts.shipped()
    found = facts.flags[facts.find_words(lower_hashes(new))]
    found |= facts.flags[facts.find_words(lower_hashes([word.removesuffix("s") for word in new]))]
    _looked_up.update(zip(new, found.tolist(), strict=True))


def _facts(word: str) -> int:
    """What the lists say of a word, with and without a final s."""
    found = _looked_up.get(word)
    if found is None:
        learn_words([word])
        found = _looked_up.get(word, 0)  # another thread may have cleared it
    return found
