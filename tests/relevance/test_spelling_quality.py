"""Suggestions and completions on news: how often right, how often silent, how fast, how large.

The table is printed with ``-s``: ``pytest -m long -s tests/relevance/test_spelling_quality.py``.
Errors are invented by type (every word of five letters or more that occurs three times or more is
as likely) and by token (as likely as it is frequent). An error that makes another word of the
corpus, such as another inflection, counts as not corrected.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from searchkit.text.completion import Completer
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.fold import fold_exact
from searchkit.text.lexicon import Lexicon
from searchkit.text.spelling import Speller
from searchkit.text.stem import stem_words
from searchkit.text.word_counts import WordCounts

pytestmark = [pytest.mark.long, pytest.mark.corpus]

ERRORS_OF_A_KIND = 400
CORRECT_WORDS = 1000
_WORD = re.compile(r"[^\W\d_]+")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")


@dataclass(frozen=True, slots=True)
class News:
    """The words of nine tenths of the articles, and those of the tenth kept back, as written."""

    shown: Counter[str]
    held_out: Counter[str]

    def forms(self) -> Counter[str]:
        return _folded(self.shown + self.held_out)


def _folded(words: Counter[str]) -> Counter[str]:
    forms: Counter[str] = Counter()
    for word, count in words.items():
        forms[fold_exact(word)] += count
    return forms


@pytest.fixture(scope="module")
def news(shared: Path) -> News:
    parts = News(Counter(), Counter())
    with lzma.open(shared / "data" / "news" / "news-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            article = json.loads(line)
            part = parts.shown if number % 10 else parts.held_out
            part.update(_WORD.findall(article["title"] + " " + article["text"]))
    return parts


def _speller(forms: Counter[str]) -> Speller:
    return Speller(Speller.build(list(forms), np.array(list(forms.values()))))


def _beside(letter: str, source: random.Random) -> str:
    row = next(row for row in _ROWS if letter in row)
    place = row.index(letter)
    return source.choice(row[max(place - 1, 0) : place] + row[place + 1 : place + 2])


def _replace(word: str, at: int, length: int, by: str) -> str:
    return word[:at] + by + word[at + length :]


def _places(word: str, wanted: Callable[[int], bool]) -> list[int]:
    return [at for at in range(len(word)) if wanted(at)]


def mistype(kind: str, word: str, source: random.Random) -> str:
    """One error of a kind in a word; the word itself where it has no place for it."""
    wanted: dict[str, Callable[[int], bool]] = {
        "swap": lambda at: at > 0 and word[at] != word[at - 1],
        "key": lambda at: any(word[at] in row for row in _ROWS),
        "umlaut as ae": lambda at: word[at] in _UMLAUTS,
        "umlaut as a": lambda at: word[at] in _UMLAUTS,
        "ss as ß": lambda at: word[at : at + 2] == "ss",
        "missing e": lambda at: at > 0 and word[at] == "e",
    }
    places = _places(word, wanted.get(kind, lambda _: True))
    if not places:
        return word
    at = source.choice(places)
    if kind == "insert":
        return _replace(word, at, 0, source.choice("abcdefghijklmnopqrstuvwxyz"))
    if kind in {"delete", "missing e"}:
        return _replace(word, at, 1, "")
    if kind == "swap":
        return _replace(word, at - 1, 2, word[at] + word[at - 1])
    if kind == "key":
        return _replace(word, at, 1, _beside(word[at], source))
    if kind == "doubled":
        return _replace(word, at, 1, word[at] * 2)
    if kind == "ss as ß":
        return _replace(word, at, 2, "ß")
    return _replace(word, at, 1, _UMLAUTS[word[at]][: 2 if kind == "umlaut as ae" else 1])


KINDS = (
    *("insert", "delete", "swap", "key", "doubled"),
    *("umlaut as ae", "umlaut as a", "ss as ß", "missing e"),
)


def _errors(kind: str, forms: Counter[str], by_token: bool) -> list[tuple[str, str]]:
    """Pairs of the word meant and what was typed."""
    source = random.Random(f"{kind} {by_token}")
    pool = [form for form, count in forms.items() if count >= 3 and len(form) >= 5]
    weights = [forms[form] if by_token else 1 for form in pool]
    found: list[tuple[str, str]] = []
    while len(found) < ERRORS_OF_A_KIND:
        for word in source.choices(pool, weights, k=ERRORS_OF_A_KIND):
            typed = mistype(kind, word, source)
            if typed != word:
                found.append((word, typed))
    return found[:ERRORS_OF_A_KIND]


def _first_guess(speller: Speller, typed: str) -> str:
    """What would be searched: the first suggestion, or the word as typed."""
    return next((one.word for one in speller.suggest(typed)), fold_exact(typed))


@pytest.mark.parametrize(("by_token", "least"), [(False, 0.92), (True, 0.87)])
def test_the_first_guess_is_right(news: News, by_token: bool, least: float) -> None:
    forms = news.forms()
    speller = _speller(forms)
    rights, unseen = [], []
    for kind in KINDS:
        pairs = _errors(kind, forms, by_token)
        right = [_first_guess(speller, typed) == word for word, typed in pairs]
        no_word = [fold_exact(typed) not in forms for _, typed in pairs]
        print(f"\n{'tokens' if by_token else 'types':6} {kind:12} {np.mean(right):.3f}", end="")
        if kind != "ss as ß":  # the same word to the analysis: no error, nothing to correct
            rights += right
            unseen += [ok for ok, new in zip(right, no_word, strict=True) if new]
    print(f"\nall but ß {np.mean(rights):.3f}, of errors that make no word {np.mean(unseen):.3f}")
    assert np.mean(rights) >= least


def test_correct_words_are_left_alone(news: News) -> None:
    forms = news.forms()
    speller = _speller(forms)
    for lowest, highest in ((1, 1), (2, 2), (3, 10), (11, 10**9)):
        pool = [w for w, count in forms.items() if lowest <= count <= highest and len(w) >= 4]
        words = random.Random(lowest).sample(pool, CORRECT_WORDS)
        silent = np.mean([not speller.suggest(word) for word in words])
        print(f"\noccurring {lowest} to {highest} times: no suggestion for {silent:.3f}", end="")
        assert silent >= 0.98


def test_words_never_seen_are_mostly_left_alone(news: News) -> None:
    shown = _folded(news.shown)
    speller = _speller(shown)
    stems = set(stem_words(list(shown)))
    lexicon = Lexicon(CompoundSplitter(WordCounts.seed()))

    def is_right(form: str) -> bool:
        """As the correction of queries judges: an inflection, a word that ships, a compound."""
        known = stem_words([form])[0] in stems or lexicon.is_known_word(form)
        return known or len(lexicon.parts(lexicon.analyse(form).forms).terms) > 0

    new = [form for form in _folded(news.held_out) if form not in shown and len(form) >= 4]
    words = random.Random(1).sample(new, CORRECT_WORDS)
    alone = np.mean([not speller.suggest(word) for word in words])
    judged = np.mean([not speller.suggest(word, known=is_right) for word in words])
    print(f"\nnever seen: no suggestion for {alone:.3f}, for {judged:.3f} as queries are corrected")
    assert judged >= 0.91


def test_building_and_asking_are_fast_and_small(news: News) -> None:
    forms = news.forms()
    start = time.thread_time()
    arrays = Speller.build(list(forms), np.array(list(forms.values())))
    build_s = time.thread_time() - start
    size_bytes = sum(array.nbytes for array in arrays.values())
    speller = Speller(arrays)
    typed = [typed for kind in KINDS for _, typed in _errors(kind, forms, by_token=False)[:100]]
    typical_ms, slow_ms = _timed_ms(speller.suggest, typed)
    print(f"\nbuilt in {build_s:.1f} s, {size_bytes / 1e6:.1f} MB", end="")
    print(f"; a query {typical_ms:.2f} ms, one in twenty {slow_ms:.2f} ms or more")
    assert build_s < 2
    assert size_bytes < 6_000_000
    assert slow_ms < 5


def test_completing_is_fast(news: News) -> None:
    words = {word: count for word, count in news.shown.items() if count >= 3}
    start = time.thread_time()
    arrays = Completer.build(list(words), np.array(list(words.values())))
    build_s = time.thread_time() - start
    size_bytes = sum(array.nbytes for array in arrays.values())
    source = random.Random(1)
    prefixes = [word[: source.randint(1, 6)] for word in source.sample(sorted(words), 1000)]
    typical_ms, slow_ms = _timed_ms(Completer(arrays).complete, prefixes)
    print(f"\n{len(words)} completions built in {build_s:.1f} s, {size_bytes / 1e6:.1f} MB", end="")
    print(f"; a query {typical_ms:.2f} ms, one in twenty {slow_ms:.2f} ms or more")
    assert build_s < 2
    assert size_bytes < 3_000_000
    assert slow_ms < 2


def _timed_ms(ask: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """Median and 95th percentile of the processor's time."""
    times = []
    for text in texts:
        start = time.thread_time()
        ask(text)
        times.append((time.thread_time() - start) * 1000)
    return float(np.median(times)), float(np.quantile(times, 0.95))
