"""Random German texts and queries from a seed: the queries as trees and as people type them."""

from __future__ import annotations

import random

from searchkit import Document

_STEMS = """
    Gipfel Treffen Präsident Minister Regierung Umfrage Prozent Washington Helsinki Moskau
    Berlin Energie Markt Handel Sicherheit Frieden Krise Straße Wasser Brücke Zeitung Bericht
    Vertrag Reise Verhandlung Grenze Wahl Partei Gericht Urteil Schule Kirche Turm Garten Fluss
    Insel Küste
    """.split()
_SMALL = """
    der die das und in von mit nach zu ein neue große alte kleine schnell sagte war
    """.split()
_RANGES = [(None, "2017"), ("2018-07-16", None), ("2018-07-01", "2018-07-15"), ("2017", "2018-07")]
_ENDINGS = ["", "", "", "e", "en", "s", "er"]


def words(rng: random.Random, count: int) -> list[str]:
    """Words with a few very common and many rare ones, some inflected."""
    found = []
    for _ in range(count):
        if rng.random() < 0.4:
            found.append(rng.choice(_SMALL))
        else:
            stem = _STEMS[min(int(rng.expovariate(0.08)), len(_STEMS) - 1)]
            found.append(stem + rng.choice(_ENDINGS))
    return found


def documents(rng: random.Random, count: int) -> list[Document]:
    """Documents of very different lengths, some without a date."""
    return [
        Document(
            id=f"d{number:03}",
            title=" ".join(words(rng, rng.randint(1, 8))),
            # 1 to 400 words, short ones as often as long ones.
            text=" ".join(words(rng, int(400 ** rng.random()))),
            date=rng.choice([None, "2017", "2018-07", "2018-07-16", "2019-01-02"]),
            metadata={"source": rng.choice(["dpa", "afp", "taz"]), "pages": rng.randint(1, 9)},
        )
        for number in range(count)
    ]


def query(rng: random.Random, depth: int = 3) -> tuple[tuple, str]:
    """A query for the reference, and its text."""
    kinds = ["word"] * 6 + ["phrase", "near", "prefix", "wildcard", "fuzzy", "exact"]
    kinds += ["dates", "value", "numbers"]
    if depth:
        kinds += ["or"] * 6 + ["and"] * 5 + ["not"] * 2 + ["must"] * 2 + ["in"] * 2 + ["boost"] * 2
    kind = rng.choice(kinds)
    if kind in ("or", "and", "not", "must"):
        return _combined(rng, kind, depth)
    if kind in ("in", "boost"):
        return _wrapped(rng, kind, depth)
    return _leaf(rng, kind)


def _leaf(rng: random.Random, kind: str) -> tuple[tuple, str]:
    word = words(rng, 1)[0]
    if kind == "phrase":
        terms = words(rng, rng.randint(2, 3))
        return ("phrase", terms), f'"{" ".join(terms)}"'
    if kind == "near":
        terms, slop = words(rng, rng.randint(2, 3)), rng.randint(1, 5)
        return ("near", terms, slop), f'"{" ".join(terms)}"~{slop}'
    if kind == "prefix":
        return ("prefix", word[:4]), f"{word[:4]}*"
    if kind == "wildcard":
        pattern = word[0] + "?" + word[2:4] + "*"
        return ("wildcard", pattern), pattern
    if kind == "fuzzy":
        edits = rng.randint(1, 2)
        return ("fuzzy", word, edits), f"{word}~{edits}"
    if kind == "dates":
        first, last = rng.choice(_RANGES)
        return ("dates", first, last), f"datum:{first or ''}..{last or ''}"
    if kind == "exact":
        return ("exact", word), f"={word}"
    if kind == "numbers":
        low = rng.randint(1, 9)
        high = rng.randint(low, 9)
        text = rng.choice([f"[{low} TO {high}]", f"{low}..{high}"])
        return ("numbers", "pages", low, high), f"pages:{text}"
    if kind == "value":
        source = rng.choice(["dpa", "afp", "taz"])
        return ("value", "source", source), f"source:{source}"
    return ("word", word), word


def _wrapped(rng: random.Random, kind: str, depth: int) -> tuple[tuple, str]:
    tree, text = query(rng, depth - 1)
    if kind == "boost":
        factor = rng.choice([0.5, 2, 2.5])
        return ("boost", tree, factor), f"({text})^{factor}"
    field, name = rng.choice([("title", "titel"), ("text", "text")])
    return ("in", field, tree), f"{name}:({text})"


def _combined(rng: random.Random, kind: str, depth: int) -> tuple[tuple, str]:
    trees, texts = zip(*(query(rng, depth - 1) for _ in range(rng.randint(2, 4))), strict=True)
    grouped = [f"({text})" for text in texts]
    if kind == "and":
        return ("and", *trees), " AND ".join(grouped)
    if kind == "not":
        return ("not", trees[0], trees[1]), f"+{grouped[0]} -{grouped[1]}"
    if kind == "must":
        return ("must", *trees), f"+{grouped[0]} " + " ".join(grouped[1:])
    return ("or", *trees), " ".join(grouped)
