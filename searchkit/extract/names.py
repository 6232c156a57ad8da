"""The name a mention stands for: endings and titles cut off, aliases and compounds undone.

Works on the text of one mention alone, whatever extractor found it. What needs the rest of the
document (surnames, ambiguous names) is in ``searchkit.extract.resolve``.
"""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.extract.lists import (
    FIRST,
    NOUN,
    ROLE,
    SURNAME,
    TAIL,
    UNSURE_NAME,
    lists,
)
from searchkit.extract.writing import (
    in_small_letters,
    is_in_capitals,
    shown_only,
    without_nickname,
    without_unclosed,
)

# An s in one of these belongs to the name: Thomas, Paris, Argos, Markus, Voss, Rhys.
_OWN_S = ("as", "is", "os", "us", "ss", "ys", "ß", "x", "z")
_APOSTROPHES = "'’`´"
# What adjectives end in that names of organisations begin with, their own endings, and those they
# have in a dictionary by the gender of what they belong to.
_ADJECTIVES = ("isch", "lich", "eutsch", "ational", "egional", "entral", "ozial")
_SHORTEST_ADJECTIVE = 5  # longer than Fisch(er)
_ADJECTIVE_ENDINGS = ("en", "em", "er", "es", "e")
_GENDERS = (("masculine-heads", "er"), ("neuter-heads", "es"), ("feminine-heads", "e"))
_OUTER = " \t\n\r.,;:!?\"'’`´„“”»«‚‘()[]|#@*"
_STREETS = ("traße", "trasse", "latz", "llee", "eg", "asse", "amm", "fer", "ing")
# What has a number for its name.
_NUMBERED = ("bundesstraße", "Bundesstraße", "Autobahn", "Terminal", "Halle", "Tor", "Block")
_OUTER_OF_PERSONS = _OUTER.replace(".", "")


def canonical_name(span_text: str, label: str) -> str:
    """The name of what a mention names.

    Persons lose titles and a genitive ending; listed places and organisations get the name they
    are listed under; of a compound such as ``G20-Gipfel`` the name is left.

    Args:
        span_text: the mention as it stands in the text.
        label: ``PER``, ``LOC`` or ``ORG``; under any other, only blanks, symbols at the ends and
            what does not show are cut.

    >>> canonical_name("Präsident Putins", "PER")
    'Putin'
    >>> canonical_name("Russlands", "LOC"), canonical_name("Paris", "LOC")
    ('Russland', 'Paris')
    >>> canonical_name("G20-Gipfel", "ORG")
    'G20'
    """
    name = shown_only(span_text)
    if label == "PER":
        return _person(name) or name
    if label in ("LOC", "ORG"):
        # What a cut tail leaves may end in a blank: "Angela -Staaten".
        return _listed_or_plain(name, label).strip() or name
    return name


@lru_cache(maxsize=1 << 15)
def role_kind(word: str) -> int:
    """``TITLE``, ``ROLE`` or 0: what kind of title a word before a name is.

    >>> from searchkit.extract.lists import ROLE
    >>> role_kind("Verteidigungsminister") == ROLE
    True
    """
    known = lists()
    lower = word.lower()
    kind = known.roles.get(lower, 0)
    if not kind and lower[-1:] == "n":  # "den Künstlern", "den Regisseuren"
        kind = known.roles.get(lower[:-1], 0) or known.roles.get(lower.removesuffix("en"), 0)
    if not kind and len(lower) > 6 and known.role_ends.end(lower):
        return ROLE
    return kind


def is_first_name(word: str) -> bool:
    """Whether a word is a listed first name."""
    return bool(lists().kinds.get(word, 0) & FIRST)


def is_name(word: str) -> bool:
    """Whether a word is a listed first name or surname, and hardly ever anything else."""
    kinds = lists().kinds.get(word, 0)
    return bool(kinds & (FIRST | SURNAME)) and not kinds & UNSURE_NAME


def is_compound_tail(word: str) -> bool:
    """Whether a word, last in a hyphenated compound, leaves the name to what stands before it."""
    return bool(lists().kinds.get(word, 0) & (TAIL | NOUN)) or bool(role_kind(word) & ROLE)


def without_genitive(word: str) -> str:
    """A word of a person's name without its genitive ending; unchanged where the s is its own.

    >>> [without_genitive(w) for w in ("Putins", "Jens", "Thomas", "Fritz'", "Merkel")]
    ['Putin', 'Jens', 'Thomas', 'Fritz', 'Merkel']
    """
    if word[-1:] in _APOSTROPHES:
        return word.rstrip(_APOSTROPHES)
    if len(word) > 3 and word[-2] in _APOSTROPHES and word[-1] in "sS":
        return word[:-2]
    if len(word) < 4 or not word.endswith("s") or word in lists().final_s:
        return word
    stem = word[:-1]
    if is_name(word):
        return word
    if is_name(stem):
        return stem
    return word if word.endswith(_OWN_S) else stem


def _person(name: str) -> str:
    words = without_nickname(name.replace("#", "").strip(_OUTER_OF_PERSONS)).split()
    # "Hoffenheims Dr. Thomas Frölich"
    while titles := [n for n, word in enumerate(words[:-1]) if word in ("Dr.", "Prof.")]:
        words = " ".join(words[titles[-1] + 1 :]).strip(_OUTER_OF_PERSONS).split()
    del words[: _roles_before(words)]
    if not words:
        return ""
    if is_in_capitals(name) and is_first_name(words[0].title()):
        words = in_small_letters(" ".join(words)).split()
    words[-1] = without_genitive(_without_tail(words[-1]))
    # A full stop belongs to "Johannes Paul II." and "Martin V.", not to the end of a sentence.
    if not (len(words) > 1 and words[-1].rstrip(".").isupper()):
        words[-1] = words[-1].rstrip(".,;:")
    return " ".join(words)


def _roles_before(words: list[str]) -> int:
    """How many words before a name are titles and roles, and whose they are:
    ``Herrschings Rathauschef Schiller``.
    """
    count = 0
    while count < len(words) - 1 and role_kind(words[count].split("-")[-1]):
        count += 1
    if count or len(words) < 3 or words[0][-1] != "s" or is_first_name(words[0]):
        return count
    return 2 if role_kind(words[1].split("-")[-1]) == ROLE else 0


def _without_tail(word: str) -> str:
    """``Putin`` for ``Putin-Besuch``; double names stay."""
    head, _, tail = word.rpartition("-")
    return head if head and is_compound_tail(tail) else word


def _listed_or_plain(name: str, label: str) -> str:
    names = lists().canonical[label]
    if name in names:
        return names[name]
    name = without_unclosed(name.strip(_OUTER))
    if label == "ORG" and name in _short_names():
        return _short_names()[name]
    if is_in_capitals(name):
        small = in_small_letters(name)
        name = small if label == "LOC" or small in names else name
    for form in _readings(name):
        if form in names:
            return names[form]
    head, _, tail = name.rpartition("-")
    if head in names and is_compound_tail(tail):
        return names[head]
    if head and lists().kinds.get(tail, 0) & TAIL:
        return head
    return _plain_place(name) if label == "LOC" else _plain_organisation(name)


@cache
def _short_names() -> dict[str, str]:
    """What organisations are called that are common words as well."""
    pairs = (pair.replace("_", " ").partition("=")[::2] for pair in lists().words["short-names"])
    return dict(pairs)


def _readings(name: str) -> tuple[str, ...]:
    """The forms of a list that a mention may be: as it stands, without genitive s or es."""
    if name.endswith("es"):
        return name, name[:-1], name[:-2]
    return (name, name[:-1]) if name.endswith("s") else (name,)


def _plain_place(name: str) -> str:
    """An unlisted place without the s of its genitive, where that is sure enough, and without a
    number behind it: ``Brunnthal 14``.
    """
    before, _, number = name.rpartition(" ")
    is_numbered = before.endswith(_NUMBERED) or not (before.isalpha() or before.endswith(_STREETS))
    if number.isdigit() and len(before) > 3 and not is_numbered:
        return _listed_or_plain(before, "LOC")
    if " " in name or len(name) < 6 or not name.endswith("s") or name.endswith(_OWN_S):
        return name
    return name[:-1] if name[-2] in "bdfghklmnprt" else name


def _plain_organisation(name: str) -> str:
    """An unlisted organisation without the endings of case, where they are sure enough.

    >>> _plain_organisation("Deutschen Lehrerverbandes")
    'Deutscher Lehrerverband'
    """
    words = name.split(" ")
    adjectives = 0
    for n, word in enumerate(words):
        if word[:1].islower() and n:
            break  # what follows depends on the head: "für Verfassungsschutz"
        if n == adjectives and n + 1 < len(words) and adjective_stem(word):
            adjectives += 1
        words[n] = _without_case(word)
    if adjectives:
        ending = _nominative(words[adjectives].lower())
        for n in range(adjectives):
            words[n] = _declined(words[n], ending)
    return " ".join(words)


def adjective_stem(word: str) -> str:
    """``Deutsch`` of ``Deutschen``; empty where a word is no adjective that names begin with."""
    for ending in _ADJECTIVE_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word:
            is_long = len(stem) > _SHORTEST_ADJECTIVE
            is_one = (is_long and stem.endswith(_ADJECTIVES)) or stem in lists().words["adjectives"]
            return stem if is_one else ""
    return ""


def _nominative(head: str) -> str:
    """What an adjective before a head ends in, without an article; empty where nobody knows."""
    for group, ending in _GENDERS:
        if head.endswith(lists().words[group]):
            return ending
    return ""


def _declined(adjective: str, ending: str) -> str:
    if ending:
        return adjective_stem(adjective) + ending
    # As after an article, where the gender is not known: "Deutsche".
    return adjective.removesuffix("n") if adjective.endswith("en") else adjective


@lru_cache(maxsize=4096)
def _without_case(word: str) -> str:
    heads = lists().words["genitive-heads"]
    for ending in ("es", "s"):
        if word.endswith(ending) and word[: -len(ending)].lower().endswith(heads):
            return word[: -len(ending)]
    return word
