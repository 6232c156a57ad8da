"""Absolute dates written in a German text: ``16. Juli 2018``, ``im Juli 2018``, ``16.7.2018``.

Every such date ends in a year (ISO dates begin with one), and years are rare: they are found first,
then the few words before each are read backwards. Relative dates ("am Dienstag") and days without a
year are left alone, for they need to know when the text was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from searchkit.dates import PartialDate, full_year
from searchkit.errors import DateInvalid
from searchkit.extract.date_words import MONTHS, ORDINALS
from searchkit.extract.lists import TITLE
from searchkit.extract.names import is_first_name, role_kind
from searchkit.markup.spans import Span
from searchkit.model import MENTIONED_DATE, Entity


class DateMention(NamedTuple):
    """A date in a text.

    Args:
        start, end: where it stands, without a preposition before it.
        value: what it says, to the year, month or day.
    """

    start: int
    end: int
    value: PartialDate


# Both begin with what is rare and look back afterwards: four times as fast as the other way round.
# One expression each for "1" and "2": what begins with a certain digit is found in a quarter of
# the time that one of two takes.
_YEARS = tuple(
    re.compile(
        rf"{first}\d{{3}}(?<!\d\d{{4}})"
        r"(?!\d|er\b|ern\b|[.,:]\d|\s?(?:Euro|Dollar|Prozent|€|%)|\s?v\.\s?(?:Chr|u)\.)"
    )
    for first in "12"
)
_SHORT = re.compile(r"\.(\d\d?)\.(\d\d)(?!\d|[.,:]\d)")
_SHORT_DAY = re.compile(r"(?<![\d.])(?<!\d,)(\d\d?)\Z")
_DAY_CUE = re.compile(r"\b(?:am|vom|zum|dem)[^\S\n]+\Z", re.IGNORECASE)
# Years of a season or a report ("2018/19"), and ranges of years.
_MORE_YEARS = re.compile(r"(?:\s?/|[–-])\s?\d")
_ISO_REST = re.compile(r"-(\d\d)-(\d\d)(?!\d|-\d)")
_BLANK_LINE = re.compile(r"\n\s*\n")
_GAP = r"[^\S\n]*"
_JOIN = (
    rf"{_GAP}(?:(?:bis|und|oder|sowie|auf)\b(?: (?:zum|im|am|den|dem|Anfang|Mitte|Ende))?|[-–—/,])"
    rf"{_GAP}\Z"
)
_RANGE = re.compile(r"\b(?:bis|auf)\b|[-–—]")
_MONTH = "|".join(sorted(MONTHS, key=lambda name: -len(name)))
_DAY_AND_MONTH = re.compile(rf"(?<![\d.])(?<!\d,)(\d{{1,2}})\.{_GAP}(\d{{1,2}})\.{_GAP}\Z")
# Only with nothing of a path, a file number or a chain around.
_SLASHED = re.compile(r"(?<![\w./-])(\d{1,2})/(\d{1,2})/\Z")
_NAMED_MONTH = re.compile(
    rf"\b({_MONTH})\b\.?(?:{_GAP},)?[^\S\n]+(?:des Jahres[^\S\n]+)?\Z", re.IGNORECASE
)
_DAY = re.compile(rf"(?<![\d.,:])(?<![^\W\d_]-)(\d{{1,2}})(?:\.|s?ten|s?te|(?=\s)){_GAP}\Z")
_LAST_WORD = re.compile(r"\b([^\W\d_]+)[^\S\n]+\Z")
# What may stand before a full date to share its month or year: "3. und", "30. April bis", "3.4.-".
_EARLIER_DAY = re.compile(rf"(?<![\d.,:])(\d{{1,2}})\.?{_JOIN}")
_EARLIER_MONTH = re.compile(rf"\b({_MONTH})\b\.?{_JOIN}", re.IGNORECASE)
_EARLIER_NUMBERS = re.compile(rf"(?<![\d.,])(\d{{1,2}})\.{_GAP}(\d{{1,2}})\.?{_JOIN}")
_YEAR_CUE = re.compile(
    r"\b(?:Jahr|Jahre|Jahres|Anfang|Mitte|Ende|Frühjahr|Frühling|Frühsommer|Sommer|Spätsommer"
    r"|Herbst|Winter)[^\S\n]+\Z"
)
_WORDS_BEFORE_YEAR = (
    *MONTHS,
    *"jahr jahre jahres anfang mitte ende frühling sommer herbst winter".split(),
)
_NUMBERED_MONTH = re.compile(
    rf"\b(?:im|seit|ab|bis|vom|von|Stand:?){_GAP}(0[1-9]|1[0-2])[./]\Z", re.IGNORECASE
)
# What follows one of these is a number of something else.
_NO_DATE = re.compile(
    r"(?:§+|\b(?:Art|Abs|Nr|Ziff|Kap|Az|Rn|Tz)\.|\b(?:Artikel|Nummer|Ziffer|Kapitel|Abschnitt"
    r"|Version|Release|Punkt|Aktenzeichen|Teil|Tabelle|Abbildung|Paragraf|Paragraph))\s*\Z",
    re.IGNORECASE,
)
_ACCEPTED_YEARS = range(1000, 2500)
_REACH = 64
_LONGEST_WORD = 12
_LONGEST_ORDINAL = 24
_NEAR = 40  # a month and all that may stand between it and what follows
_MOST_EARLIER = 6


def find_dates(text: str) -> list[DateMention]:
    """The absolute dates of a text.

    Args:
        text: any text; the time is linear in its length.

    Returns:
        Each date with what it says, in order, none overlapping another. Of "3. und 4. Mai 2018"
        both days are found; a bare year only after words such as "im Jahr" or "Ende".

    >>> find_dates("Am 16. Juli 2018, im Mai 2017 und seit dem 3.4.2016.")[0]
    DateMention(start=3, end=16, value='2018-07-16')
    >>> [date.value for date in find_dates("Am 16. Juli 2018, im Mai 2017 und seit dem 3.4.2016.")]
    ['2018-07-16', '2017-05', '2016-04-03']
    """
    found: list[DateMention] = []
    for match in chain.from_iterable(years.finditer(text) for years in _YEARS):
        if int(match[0]) in _ACCEPTED_YEARS:
            found += _ending_in(text, match.start(), match.end())
    found += _with_short_years(text)
    kept: list[DateMention] = []
    for date in sorted(found):
        if not kept or kept[-1].end <= date.start:
            kept.append(date)
    return kept


def date_entities(text: str) -> tuple[Entity, ...]:
    """The dates of a text as entities: each once, with all its mentions.

    Returns:
        By number of mentions, most first, then by where they are first named.

    >>> [(d.name, d.mentions) for d in date_entities("Im Mai 2018, am 3.5.2018, im Mai 2018.")]
    [('2018-05', ((3, 11), (29, 37))), ('2018-05-03', ((16, 24),))]
    """
    spans: dict[str, list[Span]] = {}
    for start, end, value in find_dates(text):
        spans.setdefault(str(value), []).append((start, end))
    found = [Entity(value, MENTIONED_DATE, tuple(places)) for value, places in spans.items()]
    return tuple(sorted(found, key=lambda date: (-len(date.mentions), date.mentions[0])))


def _ending_in(text: str, start: int, end: int) -> Iterator[DateMention]:
    """The date or dates whose year stands in a place."""
    year = int(text[start:end])
    iso = _ISO_REST.match(text, end)
    if iso and not text[max(0, start - 1) : start].strip("([\"'„ ,;:/"):
        yield from _mention(start, iso.end(), year, int(iso[1]), int(iso[2]))
        return
    before = text[max(0, start - _REACH) : start]
    if "\n" in before:
        before = _BLANK_LINE.split(before)[-1]
    offset = start - len(before)
    # What stands right before the year tells quickly which kinds of dates it can end, mostly none.
    last = before.rstrip()
    if last.endswith((".", "/")) and last[-2:-1].isdigit():
        if numeric := _DAY_AND_MONTH.search(before):
            yield from _numeric(before, numeric, offset, year, end)
        elif (slashed := _SLASHED.search(before)) and not text.startswith("/", end):
            yield from _numeric(before, slashed, offset, year, end)
        elif numbered := _NUMBERED_MONTH.search(before):
            yield from _mention(offset + numbered.start(1), end, year, int(numbered[1]))
    elif _ends_in_word(last):
        before = before.replace("\n", " ")  # lines are wrapped anywhere
        if named := _NAMED_MONTH.search(before, max(0, len(before) - _NEAR)):
            yield from _named(before, named, offset, year, end)
        elif _YEAR_CUE.search(before) and not _MORE_YEARS.match(text, end):
            yield from _mention(start, end, year)


def _ends_in_word(before: str) -> bool:
    """Whether some text ends in a word that a date may have before its year; quick to say no."""
    end = before.rstrip(",").rstrip().removesuffix(".")[-_LONGEST_WORD:]
    return end.casefold().endswith(_WORDS_BEFORE_YEAR)


def _numeric(
    before: str, match: re.Match[str], offset: int, year: int, end: int
) -> Iterator[DateMention]:
    if _NO_DATE.search(before, 0, match.start()):
        return
    day, month = int(match[1]), int(match[2])
    yield from _mention(offset + match.start(), end, year, month, day)
    stop = match.start()
    for _ in range(_MOST_EARLIER):
        later = month, day
        if pair := _EARLIER_NUMBERS.search(before, 0, stop):
            day, month = int(pair[1]), int(pair[2])
            earlier = pair
        elif single := _EARLIER_DAY.search(before, 0, stop):
            day, earlier = int(single[1]), single
            if not before[single.end(1) :].startswith("."):
                return
        else:
            return
        last = earlier.end(earlier.lastindex or 0)
        last += before.startswith(".", last)
        year -= _turns(before[last:stop], (month, day), later)
        yield from _mention(offset + earlier.start(), offset + last, year, month, day)
        stop = earlier.start()


def _named(
    before: str, match: re.Match[str], offset: int, year: int, end: int
) -> Iterator[DateMention]:
    month = MONTHS[match[1].lower()]
    stop = match.start()
    day = _day_before(before, stop)
    if day is None and _is_surname(before[:stop]):
        return
    if day:
        stop = day[1]
    yield from _mention(offset + stop, end, year, month, day[0] if day else None)
    yield from _earlier(before, stop, offset, year, (month, day[0] if day else 0))


def _earlier(
    before: str, stop: int, offset: int, year: int, later: tuple[int, int]
) -> Iterator[DateMention]:
    """Dates that share the year, or the month and year, of the one after them.

    Args:
        later: month and day of that one, 0 where it has no day.
    """
    for _ in range(_MOST_EARLIER):
        if named := _EARLIER_MONTH.search(before, max(0, stop - _NEAR), stop):
            found = _day_before(before, named.start())
            start, last = found[1] if found else named.start(), named.end(1)
            month, day = MONTHS[named[1].lower()], found[0] if found else 0
        elif later[1] and (single := _EARLIER_DAY.search(before, 0, stop)):
            start, last = single.start(), single.end(1)
            last += before.startswith(".", last)
            month, day = later[0], int(single[1])
        else:
            return
        year -= _turns(before[last:stop], (month, day), later)
        yield from _mention(offset + start, offset + last, year, month, day or None)
        stop, later = start, (month, day)


def _turns(join: str, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
    """Whether the year turns between two dates: ``27.12. bis 31.1.2021`` begins in 2020."""
    return earlier > (later[0], later[1] or 31) and bool(_RANGE.search(join))


def _day_before(before: str, stop: int) -> tuple[int, int] | None:
    """The day that ends at a place, and where it begins."""
    if match := _DAY.search(before, 0, stop):
        return int(match[1]), match.start()
    word = _LAST_WORD.search(before, max(0, stop - _LONGEST_ORDINAL), stop)
    if word and (day := ORDINALS.get(word[1].lower())):
        return day, word.start()
    return None


def _is_surname(before: str) -> bool:
    """Whether the word before a month makes it a name: ``Vanessa Mai``, ``Dr. August``."""
    words = before.split()
    if not words or not before.endswith((" ", "\xa0")):
        return False
    return is_first_name(words[-1]) or role_kind(words[-1]) == TITLE


def _with_short_years(text: str) -> Iterator[DateMention]:
    """``16.07.18``, as version numbers hardly ever are written, and ``am 3.4.18``."""
    for match in _SHORT.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        day = _SHORT_DAY.search(before)
        if not day or _NO_DATE.search(before, 0, day.start()):
            continue
        if len(day[1] + match[1]) == 4 or _DAY_CUE.search(before, 0, day.start()):
            year = full_year(int(match[2]))
            start = match.start() - len(day[1])
            yield from _mention(start, match.end(), year, int(match[1]), int(day[1]))


def _mention(
    start: int, end: int, year: int, month: int | None = None, day: int | None = None
) -> Iterator[DateMention]:
    """The mention, if the calendar has such a date."""
    value = _date(year, month, day)
    if value is not None:
        yield DateMention(start, end, value)


def _date(year: int, month: int | None, day: int | None) -> PartialDate | None:
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    try:
        return PartialDate.parse("-".join(parts))
    except DateInvalid:
        return None
