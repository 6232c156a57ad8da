"""What a capitalised word looks like: its form and what the lists say of it, no neighbours."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.extract.lists import (
    AREA_HEAD,
    COMMON,
    COMPANY_END,
    COUNTRY,
    FIRST,
    INSTITUTION_HEAD,
    NOUN,
    ORGANISATION,
    PLACE,
    ROLE,
    SURNAME,
    lists,
)
from searchkit.extract.names import is_compound_tail, role_kind

_NO_SURNAME = NOUN | COUNTRY | ORGANISATION | AREA_HEAD | COMPANY_END | INSTITUTION_HEAD
# Endings that make nouns of verbs and adjectives; surnames have them too rarely to matter.
_NOUN_ENDS = (
    "ung", "ungs", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion",
    "tionen", "tät", "täten", "ismus", "nisse", "nissen", "ierens", "liche", "lichen", "ische",
    "ischen",
)  # fmt: skip
# After "Potsdamer": a street or square.
STREET_WORDS = frozenset(("Straße", "Strasse", "Platz", "Allee"))
# Roles that are surnames as well.
_SURNAME_ROLES = frozenset(("Richter", "Marschall", "Hauptmann", "Oberst", "Major", "General"))


@lru_cache(maxsize=1 << 14)
def is_plain(word: str) -> bool:
    """Whether a word that stands alone can be nothing but a common noun."""
    known = lists()
    kinds = known.kinds.get(word)
    if kinds is None:
        if "-" in word or word.isupper() or word in known.longer:
            return False
        if word[-1] == "s" and word[:-1] in known.kinds:
            return False
        return not word.endswith(known.place_ends)
    return not kinds & ~COMMON and word not in known.longer


@lru_cache(maxsize=1 << 14)
def is_dull(word: str) -> bool:
    """Whether a word among others is plain and tells nothing about the words after it."""
    return is_plain(word) and not role_kind(word) and word not in STREET_WORDS


def is_surname_like(word: str, kinds: int) -> bool:
    """Whether a capitalised word after a first name or title may be a surname."""
    if kinds & NOUN and kinds & SURNAME:
        return True
    if kinds & _NO_SURNAME or len(word) < 2 or word[1:].isupper() or word.endswith(_NOUN_ENDS):
        return False
    if any(map(str.isdigit, word)):
        return False
    if word.endswith("s") and lists().kinds.get(word[:-1], 0) & (COUNTRY | ORGANISATION):
        return False
    if "-" in word and (is_compound_tail(word.rpartition("-")[2]) or word.split("-")[0].isupper()):
        return False
    return word in _SURNAME_ROLES or role_kind(word) != ROLE


def is_place_like(word: str) -> bool:
    """Whether an unlisted word is built like a German town: ``Wolfenhausen``."""
    known = lists()
    if len(word) <= 6 or not word.endswith(known.place_ends):
        return False
    return not word.endswith(known.words["no-place-ends"])


def is_quarter(word: str) -> bool:
    """``Köln-Deutz``: a listed place and an unlisted word."""
    head, _, tail = word.partition("-")
    kinds = lists().kinds.get
    return bool(kinds(head, 0) & PLACE) and tail[:1].isupper() and not kinds(tail, 0)


def is_acronym(word: str, kinds: int) -> bool:
    """Whether an unlisted word in capitals is likely to be an organisation."""
    if kinds or not 3 <= len(word) <= 5 or not word.isalpha() or not word.isupper():
        return False
    return not lists().kinds.get(word.capitalize(), 0) & NOUN  # "ALLES"


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(lists().words[name])


def is_cue(word: str) -> bool:
    """Whether a word leads to a place where nothing stands between: ``in``, ``nahe``."""
    return word in _group("place-cues")


def is_acronym_cue(word: str) -> bool:
    """Whether a word makes an acronym after it likely to be an organisation: ``die``."""
    return word in _group("acronym-cues")


def is_street(word: str) -> bool:
    """``Friedrich-Ebert-Straße``."""
    return "-" in word and word.endswith(lists().words["street-ends"])


def is_institution(word: str) -> bool:
    """``Kunsthalle``: with the name of a town after it, it is one organisation."""
    return len(word) > 8 and word.endswith(lists().words["institution-ends"])


def is_named_institution(word: str) -> bool:
    """``Konrad-Adenauer-Stiftung``: named after a person or a place, not after its subject."""
    if "-" not in word or not word.endswith(lists().words["named-ends"]):
        return False
    return bool(lists().kinds.get(word.split("-")[0], 0) & (FIRST | SURNAME))
