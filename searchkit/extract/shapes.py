"""What a capitalised word looks like: its form and what the lists say of it, no neighbours."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.extract.lists import (
    AFTER_OPENER,
    AREA_HEAD,
    CLUB_HEAD,
    COMMON,
    COMPANY_END,
    COUNTRY,
    FIRST,
    INSTITUTION_HEAD,
    NOUN,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    ROLE,
    SURNAME,
    UNSURE_NAME,
    UNSURE_PLACE,
    group,
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
# What makes a compound worth a look, and what says something only of the word after it.
_NAMES = FIRST | SURNAME | PLACE | UNSURE_PLACE | ORGANISATION | AFTER_OPENER
_HEADS = AREA_HEAD | PLACE_HEAD | CLUB_HEAD | INSTITUTION_HEAD | AFTER_OPENER | COMPANY_END
# Different words kept with their verdict; a few megabytes.
_REMEMBERED = 1 << 15
# What a word is that the lists know as one thing only.
_CERTAIN = {0: "", PLACE: "LOC", PLACE | COUNTRY: "LOC", ORGANISATION: "ORG", SURNAME: "PER"}
# After "Potsdamer": a street or square.
STREET_WORDS = frozenset(("Straße", "Strasse", "Platz", "Allee"))
# Roles that are surnames as well.
_SURNAME_ROLES = frozenset(("Richter", "Marschall", "Hauptmann", "Oberst", "Major", "General"))


def is_plain(word: str) -> bool:
    """Whether a word can be nothing but a common noun, unless its neighbours say otherwise."""
    known = lists()
    kinds = known.kinds.get(word)
    if kinds is not None:
        if kinds & ~COMMON or word in _open_ended():
            return False
        return bool(kinds & NOUN) or word not in known.longer
    if word.isupper() or word in known.longer or ("-" in word and _has_name(word)):
        return False
    if word[-1] == "s" and word[:-1] in known.kinds:
        return False
    return not word.endswith(known.place_ends)


def _has_name(compound: str) -> bool:
    kinds = lists().kinds.get
    return is_street(compound) or any(kinds(part, 0) & _NAMES for part in compound.split("-"))


@lru_cache(maxsize=_REMEMBERED)
def lone_label(word: str) -> str | None:
    """The label of a word with no capitalised one beside it.

    Empty where it is no name, ``None`` where the text around it or its parts must decide.
    """
    if is_plain(word):
        return ""
    if "-" in word or word in _open_ended():
        return None
    kinds = lists().kinds.get(word, 0)
    if not kinds and word[-1] == "s":
        kinds = lists().kinds.get(word[:-1], 0)
    elif not kinds:
        return None
    if kinds & UNSURE_NAME:
        kinds &= ~(FIRST | SURNAME | UNSURE_NAME)
    return _CERTAIN.get(kinds & ~(COMMON | _HEADS))


@cache
def _open_ended() -> frozenset[str]:
    """First words of listed names that a word without a capital can continue: ``Frankfurt am``."""
    return frozenset(
        first
        for first, forms in lists().longer.items()
        if any(not form[len(first) :].lstrip(" ")[:1].isupper() for form, _ in forms)
    )


@lru_cache(maxsize=_REMEMBERED)
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


def is_cue(word: str) -> bool:
    """Whether a word leads to a place where nothing stands between: ``in``, ``nahe``."""
    return word in group("place-cues")


def is_acronym_cue(word: str) -> bool:
    """Whether a word makes an acronym after it likely to be an organisation: ``die``."""
    return word in group("acronym-cues")


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
