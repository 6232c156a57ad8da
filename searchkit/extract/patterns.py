"""How names are built: each rule looks at one word of a run and those after it.

A rule returns the mention that begins at that word and how many words it takes, or ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchkit.extract.lists import (
    AREA_HEAD,
    CLUB_HEAD,
    COMPANY_END,
    COUNTRY,
    FIRST,
    INSTITUTION_HEAD,
    NOUN,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    SURNAME,
    UNSURE_NAME,
    UNSURE_PLACE,
    lists,
)
from searchkit.extract.names import is_compound_tail, role_kind
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import PARTICLES, Word, previous_word
from searchkit.extract.shapes import (
    STREET_WORDS,
    is_acronym,
    is_acronym_cue,
    is_cue,
    is_institution,
    is_named_institution,
    is_place_like,
    is_quarter,
    is_street,
    is_surname_like,
)

Match = tuple[Mention, int]

_NUMERAL = re.compile(r"[ \xa0](?:[IVX]{2,}|[IVX]\.)(?!\w)\.?")
_MORE_COMPANY = re.compile(r"(?: & Co\.?)?(?: (?:KGaA|KG|AG|SE|OHG)\b)?")
_CLUB_NUMBER = re.compile(r" \d{2,4}(?!\w|[.,]\d)")
# More first names and initials than anybody has; keeps the time linear on lists of them.
_MOST_GIVEN = 8
_LISTED = PLACE | ORGANISATION
# After these a "von" belongs to the name; after others it may lead to a place or person.
_BEFORE_VON = frozenset(
    ("Herr", "Herrn", "Frau", "Dr", "Prof", "Graf", "Gräfin", "Baron", "Freiherr", "Freifrau")
)
# Compounds with these name a currency or a people, not the state.
_NO_HEAD = ("Dollar", "Dollars", "Cent", "Amerikaner", "Amerikanern", "Amerikanerin")


def person(text: str, words: Sequence[Word], i: int) -> Match | None:
    """A first name, what belongs to it and a surname; or a surname that stands alone."""
    first = words[i]
    if first.kinds & FIRST:
        return _named(text, words, i)
    if _is_initial(text, first):
        j = i
        while j < min(i + _MOST_GIVEN, len(words)) and _is_initial(text, words[j]):
            j += 1
        if j < len(words) and words[j].kinds & SURNAME:
            return _mention(text, words, i, j + 1, "PER")
        return None
    if not first.kinds & SURNAME or first.kinds & (UNSURE_NAME | _LISTED):
        return None
    # After an unknown word it may be the surname of somebody else.
    if i and _is_unknown(words[i - 1]) and is_surname_like(*words[i - 1][2:]):
        return None
    return _mention(text, words, i, i + 1, "PER")


def _named(text: str, words: Sequence[Word], i: int) -> Match | None:
    j = i + 1
    end = min(i + _MOST_GIVEN, len(words))
    while j < end and (_is_given(words[j]) or _is_initial(text, words[j])):
        j += 1
    last = _surname(words, j)
    if last:
        return _mention(text, words, i, last, "PER")
    if j - i > 1 and not _is_initial(text, words[j - 1]):
        return _mention(text, words, i, j, "PER")
    return _mention(text, words, i, i + 1, "PER") if _stands_alone(words, i) else None


def _is_given(word: Word) -> bool:
    return bool(word.kinds & FIRST) and not word.kinds & NOUN


def _stands_alone(words: Sequence[Word], i: int) -> bool:
    """Whether a lone first name is one: no part of a name that the rules do not understand."""
    word = words[i]
    if word.kinds & (UNSURE_NAME | NOUN | _LISTED) or len(word.text) < 3:
        return False
    if i + 1 < len(words) and not words[i + 1].kinds & _LISTED:
        return False
    return not i or bool(words[i - 1].kinds) or bool(role_kind(words[i - 1].text))


def _surname(words: Sequence[Word], j: int) -> int:
    """Where a surname that begins at a word ends; 0 where none does."""
    while j < len(words) and words[j].text.lower() in PARTICLES:
        j += 1
    if j == len(words) or not is_surname_like(words[j].text, words[j].kinds):
        return 0
    last = j + 1
    # A second surname: "García Márquez".
    if last < len(words) and words[last].kinds & SURNAME and not words[j].kinds & PLACE:
        last += 1
    return last


def titled(text: str, words: Sequence[Word], i: int) -> Match | None:
    """The name after ``Frau``, ``Dr.``, ``Kanzlerin``; the title is no part of it."""
    kind = role_kind(words[i - 1].text.rpartition("-")[2]) if i else 0
    word = words[i]
    if not kind:
        return None
    if word.text[0].islower():
        return _titled_particle(text, words, i)
    if word.kinds & (PLACE | UNSURE_PLACE) or role_kind(word.text):
        return None
    if not is_surname_like(word.text, word.kinds):
        return None
    last = _surname(words, i + 1) or i + 1
    if words[last - 1].kinds & PLACE:
        return None
    return _mention(text, words, i, last, "PER")


def _titled_particle(text: str, words: Sequence[Word], i: int) -> Match | None:
    """``Frau von Quast``; but not ``Tochter von Angela Merkel``, ``Frau zu Boden``."""
    last = _surname(words, i)
    if not last or words[i].text == "zu" or words[last - 1].kinds & (PLACE | UNSURE_PLACE):
        return None
    if last > i + 1:
        addressed = words[i - 1].text in _BEFORE_VON and not words[i + 1].kinds & FIRST
        known = words[i + 1].text.islower() and words[last - 1].kinds & SURNAME
        if not addressed and not known:
            return None
    return _mention(text, words, i, last, "PER")


def organisation(text: str, words: Sequence[Word], i: int) -> Match | None:
    """A company up to its ``GmbH``, a club, a university of a town."""
    word = words[i]
    if i + 1 < len(words):
        company = _company(words, i)
        if company:
            return _mention(text, words, i, company, "ORG", _MORE_COMPANY)
        follower = words[i + 1].kinds
        if word.kinds & CLUB_HEAD and not follower & NOUN:
            wide = 3 if follower & PLACE_HEAD and i + 2 < len(words) else 2
            return _mention(text, words, i, i + wide, "ORG", _CLUB_NUMBER)
        if follower & (PLACE | UNSURE_PLACE) and (
            word.kinds & INSTITUTION_HEAD or is_institution(word.text)
        ):
            return _mention(text, words, i, i + 2, "ORG")
    if is_named_institution(word.text):
        return _mention(text, words, i, i + 1, "ORG")
    return None


def _company(words: Sequence[Word], i: int) -> int:
    """Where a company's name ends that begins at a word; 0 where none does."""
    if words[i].kinds & NOUN or role_kind(words[i].text):
        return 0
    for j in range(i + 1, min(i + 5, len(words))):
        if words[j].kinds & COMPANY_END:
            return j + 1
        if words[j].kinds & NOUN or words[j].text.islower():
            break
    return 0


def place(text: str, words: Sequence[Word], i: int) -> Match | None:
    """A place by what stands in it or before it: ``Bad``, ``-Straße``, ``in ...hausen``."""
    word = words[i]
    follower = words[i + 1] if i + 1 < len(words) else None
    if follower and word.kinds & PLACE_HEAD and not follower.kinds & NOUN:
        return _mention(text, words, i, i + 2, "LOC")
    if follower and word.text.endswith("er") and follower.text in STREET_WORDS:
        return _mention(text, words, i, i + 2, "LOC")
    if is_street(word.text):
        return _mention(text, words, i, i + 1, "LOC")
    built = word.kinds & UNSURE_PLACE or (not word.kinds and is_place_like(word.text))
    if (built or is_quarter(word.text)) and is_cue(previous_word(text, word.start)):
        return _mention(text, words, i, i + 1, "LOC")
    if not i or not words[i - 1].kinds & AREA_HEAD or word.kinds & ~(SURNAME | UNSURE_NAME):
        return None
    if not is_surname_like(word.text, word.kinds):
        return None
    double = follower is not None and _is_unknown(follower)  # Stadt Bnei Brak
    return _mention(text, words, i, i + 2 if double else i + 1, "LOC")


def _is_unknown(word: Word) -> bool:
    return not word.kinds and word.text[0].isupper() and not role_kind(word.text)


def listed(text: str, words: Sequence[Word], i: int) -> Match | None:
    """A word that the lists know."""
    word = words[i]
    kinds = word.kinds
    if kinds & ORGANISATION:
        company = i + 1 < len(words) and words[i + 1].kinds & COMPANY_END
        return _mention(text, words, i, i + 2 if company else i + 1, "ORG")
    if kinds & PLACE and not _is_continued(words, i):
        return _mention(text, words, i, i + 1, "LOC")
    return None


def _is_continued(words: Sequence[Word], i: int) -> bool:
    """``Toronto Raptors``: a town that begins the name of something else."""
    return (
        not words[i].kinds & COUNTRY
        and i + 1 < len(words)
        and _is_unknown(words[i + 1])
        and "-" not in words[i + 1].text
    )


def acronym(text: str, words: Sequence[Word], i: int) -> Match | None:
    """An unlisted word in capitals, after an article or in brackets."""
    word = words[i]
    if not is_acronym(word.text, word.kinds):
        return None
    if i + 1 < len(words):
        if words[i + 1].kinds & (PLACE | UNSURE_PLACE):
            return _mention(text, words, i, i + 2, "ORG")
        if _is_unknown(words[i + 1]):
            return None
    if text[word.start - 1 : word.start] == "(" or is_acronym_cue(previous_word(text, word.start)):
        return _mention(text, words, i, i + 1, "ORG")
    return None


def genitive(text: str, words: Sequence[Word], i: int, stem_kinds: int) -> Match | None:
    """``Russlands``, ``Putins``: a listed word with an s."""
    if stem_kinds & ORGANISATION:
        return _mention(text, words, i, i + 1, "ORG")
    if stem_kinds & PLACE:
        return _mention(text, words, i, i + 1, "LOC")
    if stem_kinds & SURNAME and not stem_kinds & UNSURE_NAME:
        return _mention(text, words, i, i + 1, "PER")
    return None


def compound_heads(word: Word, kinds_of: dict[str, int]) -> list[Mention]:
    """Names inside a hyphenated compound: ``US-Präsident``, ``Putin-Trump-Gipfel``."""
    parts = word.text.split("-")
    # Of most chains no list knows a part.
    if not any(map(kinds_of.get, parts[:-1])) or parts[-1] in _NO_HEAD or parts[-1][:1].islower():
        return []
    found: list[Mention] = []
    start = word.start
    single = len(parts) == 2
    tail_known = is_compound_tail(parts[-1])
    # "Goethe-Institut", "Rosa-Luxemburg-Platz": not about whom it is named after.
    is_named_after = parts[-1].lower().endswith(lists().words["named-after"])
    if is_named_after and any(kinds_of.get(part, 0) & FIRST for part in parts[:-1]):
        return []
    for part in parts[:-1]:
        kinds = kinds_of.get(part, 0)
        if kinds & ORGANISATION:
            found.append((start, start + len(part), "ORG"))
        elif kinds & COUNTRY or (kinds & PLACE and tail_known and single):
            found.append((start, start + len(part), "LOC"))
        elif tail_known and kinds & SURNAME and not kinds & UNSURE_NAME and not is_named_after:
            found.append((start, start + len(part), "PER"))
        start += len(part) + 1
    return found


def _is_initial(text: str, word: Word) -> bool:
    return len(word.text) == 1 and text[word.end : word.end + 1] == "."


def _mention(
    text: str,
    words: Sequence[Word],
    first: int,
    after: int,
    label: str,
    more: re.Pattern[str] | None = None,
) -> Match:
    end = words[after - 1].end
    pattern = _NUMERAL if label == "PER" else more
    tail = pattern.match(text, end) if pattern else None
    return (words[first].start, tail.end() if tail else end, label), after - first


RULES = (organisation, person, titled, place, listed, acronym)
