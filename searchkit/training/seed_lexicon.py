"""Makes the seed lexicon: which words make up compounds, learned from open sources.

    pip install wordfreq german-nouns
    python -m searchkit.training.seed_lexicon --bundestag bundestag.txt.xz --out seed_lexicon.npz

A first lexicon gives every noun a cost by its frequency and every linking element its inflection
allows. With it the splitter takes apart some 270,000 nouns; how often a word then turned up as a
modifier (and with which link) or as a head gives the costs of the next round, and so on for a few
rounds (hard expectation maximisation). Between the rounds, what betrays itself is barred: a noun
whose gender is not that of its head, an adjective or verb. Only what bears on a split is kept.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from searchkit.text.compound_fold import fold_words, hash_words
from searchkit.text.compound_rules import (
    LINKS,
    MIN_HEAD_CAPITAL_SHARE,
    MIN_PART_LETTERS,
    MIN_WORD_LETTERS,
    S_ENDINGS,
    SHORT_PARTS,
    SplitCosts,
)
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.word_counts import NAME_HEAD, NO_PART, NOUN, WHOLE, WordCounts, cost_steps
from searchkit.training.part_lists import (
    EXTRA_HEADS,
    EXTRA_MODIFIERS,
    NAME_HEADS,
    NEVER_HEADS,
    NEVER_MODIFIERS,
    NEVER_SPLIT,
)
from searchkit.training.sources import (
    Nouns,
    Records,
    read_frequencies,
    read_nouns,
    read_records,
)

_ROUNDS = 5
_LEARNING = SplitCosts(base=12.0, letter=1.6, names=True)
"""Stricter than at run time, so that the rounds learn from what is certain."""
_ANY = SplitCosts(base=60.0, names=True)
"""Finds whatever could be split at all, to know which guards are needed."""
_FREE = SplitCosts(names=True)
"""Splits as at run time where nothing is known of the whole, to know which wholes matter."""

_MIN_PART_PER_MILLION = 0.02
_MIN_KEPT_PER_MILLION = 1.0
_MIN_WHOLE_PER_MILLION = 2.0
_NAME_ENDS = tuple(NAME_HEADS)
_MIN_PLACE_PER_MILLION = 5.0
_MIN_USES = 5
_DERIVED = (
    *("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "ion", "ionen"),
    *("taet", "ismus"),
)


@dataclass(slots=True)
class _Entry:
    """What may be done with one word, while the lexicon is learned."""

    links: int = 0
    head: bool = False
    flags: int = 0
    modifier_cost: float = 0.0
    head_cost: float = 0.0


@dataclass(slots=True)
class _Uses:
    """How often each word was used as what in one round's splits."""

    modifiers: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    split: set[str] = field(default_factory=set)
    mismatched: set[str] = field(default_factory=set)


class SeedLearner:
    """Learns the seed lexicon from its sources.

    Args:
        records: counts of the parliamentary records.
        frequencies: occurrences in a million words of general German.
        nouns: the noun list.
    """

    def __init__(self, records: Records, frequencies: dict[str, float], nouns: Nouns) -> None:
        self.records = records
        self.frequencies = frequencies
        self.nouns = nouns
        names = nouns.names | (records.names - nouns.lemmas.keys())
        self.whole = {name for name in names if _plain(name) and len(name) >= MIN_WORD_LETTERS}
        self.whole |= NEVER_SPLIT
        self.whole |= {form for form in nouns.lemmas if nouns.lemmas[form] & NEVER_SPLIT}
        self.names = names
        self.entries = self._candidates()

    def learn(self) -> tuple[list[str], WordCounts]:
        """The words of the lexicon, sorted, and their statistics."""
        words = self._vocabulary()
        lower = [word for word in self.records.uses if _plain(word) and self._is_lower(word)]
        for word, entry in self.entries.items():
            entry.modifier_cost = entry.head_cost = self._first_cost(word)
        uses = _Uses()
        for number in range(_ROUNDS):
            splitter = CompoundSplitter(self._counts({*self.entries, *self.whole}), _LEARNING)
            uses = self._use(splitter, words)
            self.whole |= uses.mismatched | self._split_words(splitter, lower)
            self.whole |= {w for w in self.nouns.lemmas if self.nouns.lemmas[w] & uses.mismatched}
            print(f"round {number + 1}: {len(uses.split)} of {len(words)} nouns split")
            if number < _ROUNDS - 1:
                self._reckon(uses, keep_links=number < 2)
            if number:
                self._bar_compounds(splitter)
        return self._pruned(uses)

    def _candidates(self) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        for form in self.nouns.lemmas:
            if _fit(form) and (form in self.nouns.genders or self._per_million(form) > 0.005):
                entries[form] = self._noun(form)
        for lemma in self.nouns.genders:
            short = lemma[:-1]
            drops = lemma.endswith("e") and not lemma.endswith(("ie", "ee")) and lemma in entries
            if drops and entries[lemma].links and _fit(short) and short not in NEVER_MODIFIERS:
                entries.setdefault(short, _Entry()).links |= 1
        for word, count in self.records.uses.items():
            if word not in entries and self._is_derived_noun(word, count):
                entries[word] = _Entry(self._links(word), head=True, flags=NOUN)
        frequent = (p for p in self.nouns.places if self._per_million(p) >= _MIN_PLACE_PER_MILLION)
        for word in (EXTRA_MODIFIERS | EXTRA_HEADS | {*frequent}) - NEVER_MODIFIERS:
            if _fit(word):
                entries.setdefault(word, _Entry()).links |= 1
        for word in EXTRA_HEADS:
            entries[word].head = True
        for word in NAME_HEADS & entries.keys():
            entries[word].flags |= NAME_HEAD
        return entries

    def _no_part(self, word: str) -> _Entry:
        return _Entry(flags=NOUN if word in self.nouns.lemmas else 0)

    def _noun(self, form: str) -> _Entry:
        entry = _Entry(flags=NOUN)
        if self._per_million(form) <= _MIN_PART_PER_MILLION:
            return entry
        if self._capital_share(form) < MIN_HEAD_CAPITAL_SHARE:
            return entry
        entry.head = form not in NEVER_HEADS
        if form not in NEVER_MODIFIERS:
            if form in self.nouns.genders:
                entry.links = self._links(form)
            elif form.endswith(("er", "e", "en")):
                entry.links = 1
        return entry

    def _links(self, lemma: str) -> int:
        """The links a noun's inflection allows: of the longer ones those that end a form of it."""
        links = 0
        for bit, link in enumerate(LINKS):
            if link == "":
                allowed = not lemma.endswith(S_ENDINGS)
            elif link == "s":
                allowed = not lemma.endswith(("s", "x", "z", "sch", "e"))
                allowed |= lemma + "s" in self.nouns.lemmas
            else:
                allowed = lemma in self.nouns.lemmas.get(lemma + link, ())
            links |= allowed << bit
        return links

    def _first_cost(self, word: str) -> float:
        return 9 + 0.5 * math.log2(20000 / (min(self._per_million(word), 2000) + 0.3))

    def _per_million(self, word: str) -> float:
        return (self.records.per_million.get(word, 0) + self.frequencies.get(word, 0)) / 2

    def _part_count(self, word: str) -> float:
        """Occurrences in a million; a bound form (Schul-, Fahr-) has those of its full word."""
        entry = self.entries.get(word)
        bound = entry is not None and entry.links and not entry.flags & NOUN
        return max(map(self._per_million, (word, word + "e", word + "en") if bound else (word,)))

    def _capital_share(self, word: str) -> float:
        uses = self.records.uses.get(word, 0)
        if uses >= _MIN_USES:
            return self.records.capitals[word] / uses
        return 1.0 if word in self.nouns.lemmas else 0.5

    def _is_lower(self, word: str) -> bool:
        uses = self.records.uses[word]
        return uses >= 3 and self.records.capitals[word] < MIN_HEAD_CAPITAL_SHARE * uses

    def _is_derived_noun(self, word: str, uses: int) -> bool:
        return (
            uses >= 20
            and self.records.capitals[word] >= 0.9 * uses
            and len(word) >= 6
            and word.endswith(_DERIVED)
            and _plain(word)
            and word not in self.names
        )

    def _vocabulary(self) -> list[str]:
        """The nouns to learn from: of the records, of the list, and frequent words of neither."""
        words = {
            word
            for word, uses in self.records.uses.items()
            if self.records.capitals[word] >= 0.5 * uses
            and self.records.per_million.get(word, 0) > 0.08
        }
        words.update(
            form
            for form in self.nouns.lemmas
            if form in self.nouns.genders or self.frequencies.get(form, 0) > 0.01
        )
        words.update(
            word
            for word, count in self.frequencies.items()
            if count >= 0.03 and len(word) >= 10 and self.records.uses.get(word, 0) < 3
        )
        return sorted(word for word in words if _plain(word) and len(word) >= MIN_WORD_LETTERS)

    def _use(self, splitter: CompoundSplitter, words: Sequence[str]) -> _Uses:
        uses = _Uses()
        for word, spans in zip(words, splitter.split(words), strict=True):
            parts = [word[start:end] for start, end in spans]
            if not parts:
                continue
            if not self._agrees(word, parts[-1]):
                uses.mismatched.add(word)
                continue
            uses.split.add(word)
            uses.heads[parts[-1]] += 1
            for part, (_, end), (start, _) in zip(parts, spans, spans[1:], strict=False):
                uses.modifiers[part] += 1
                uses.links[part, word[end:start]] += 1
        return uses

    def _agrees(self, word: str, head: str) -> bool:
        """Whether a lemma's gender is its head's; a head that is no lemma has the wrong number."""
        genders = self.nouns.genders
        if not genders.get(word):
            return True
        return head in genders and (not genders[head] or bool(genders[head] & genders[word]))

    def _split_words(self, splitter: CompoundSplitter, words: Sequence[str]) -> set[str]:
        numbers = np.unique(splitter.split_array(words)[0]).tolist()
        return {words[number] for number in numbers}

    def _reckon(self, uses: _Uses, *, keep_links: bool) -> None:
        """Costs, and attested links, from the last round's uses."""
        modifier_total, head_total = uses.modifiers.total(), uses.heads.total()
        for word, entry in self.entries.items():
            prior = 0.15 + 0.02 * math.log2(1 + self._per_million(word))
            accident = max(0.0, 0.5 * (6 - len(word)))
            own, own_head = uses.modifiers[word], uses.heads[word]
            entry.modifier_cost = math.log2(modifier_total / (own + prior)) + accident
            entry.head_cost = math.log2(head_total / (own_head + prior)) + accident
            if own >= _MIN_USES and not keep_links:
                attested = [uses.links[word, link] >= max(1, 0.01 * own) for link in LINKS]
                entry.links &= sum(1 << bit for bit, seen in enumerate(attested) if seen)

    def _bar_compounds(self, splitter: CompoundSplitter) -> None:
        """What is itself split is no part: compounds are taken down to their smallest parts."""
        long = [word for word in self.entries if len(word) >= MIN_WORD_LETTERS]
        for word in self._split_words(splitter, long):
            self.entries[word].links = 0
            self.entries[word].head = False

    def _pruned(self, uses: _Uses) -> tuple[list[str], WordCounts]:
        """The parts in use, and the wholes that would be split if they were not known."""
        parts = {
            word
            for word, entry in self.entries.items()
            if (entry.links or entry.head)
            and (
                uses.modifiers[word]
                or uses.heads[word]
                or self._per_million(word) >= _MIN_KEPT_PER_MILLION
            )
        }
        guards = sorted(self.whole - parts)
        wholes = [
            word
            for word in {*self.nouns.lemmas, *self.frequencies}
            if _plain(word)
            and len(word) >= MIN_WORD_LETTERS
            and (
                self._per_million(word) >= _MIN_WHOLE_PER_MILLION
                or (word in self.nouns.lemmas and word.endswith(_NAME_ENDS))
            )
        ]
        kept_whole, self.whole = self.whole, set()
        needed = self._split_words(CompoundSplitter(self._counts(parts), _ANY), guards)
        plain = self._split_words(CompoundSplitter(self._counts(parts), _FREE), wholes)
        self.whole = kept_whole & (needed | parts)
        kept = parts | needed | plain
        return sorted(kept), self._counts(kept)

    def _counts(self, words: set[str]) -> WordCounts:
        ordered = sorted(words)
        entries = [self.entries.get(word) or self._no_part(word) for word in ordered]
        flags = [e.flags | WHOLE * (w in self.whole) for e, w in zip(entries, ordered, strict=True)]
        return WordCounts.from_words(
            ordered,
            counts=np.array([self._part_count(word) for word in ordered], np.float32),
            capitals=np.array([255 * self._capital_share(word) for word in ordered], np.uint8),
            flags=np.array(flags, np.uint8),
            links=np.array([entry.links for entry in entries], np.uint16),
            modifiers=cost_steps([e.modifier_cost if e.links else NO_PART for e in entries]),
            heads=cost_steps([e.head_cost if e.head else NO_PART for e in entries]),
        )


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _fit(word: str) -> bool:
    return _plain(word) and (len(word) >= MIN_PART_LETTERS or word in SHORT_PARTS)


def save(path: Path, words: Sequence[str], counts: WordCounts) -> None:
    """Writes the lexicon: its arrays, and beside them the words in the same order, for reading.

    Args:
        path: the ``.npz`` file.
        words: the words, in any order.
        counts: their statistics.
    """
    in_order = [words[at] for at in np.argsort(hash_words(fold_words(words)))]
    text = np.frombuffer("\n".join(in_order).encode(), np.uint8)
    arrays: dict[str, Any] = counts.to_arrays()
    np.savez_compressed(path, words=text, **arrays)


def main(arguments: Sequence[str] | None = None) -> None:
    """Builds the lexicon from the command line."""
    parser = argparse.ArgumentParser(description="Make the seed lexicon of compound parts.")
    parser.add_argument("--bundestag", type=Path, required=True, help="text, one paragraph a line")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    options = parser.parse_args(arguments)
    nouns, frequencies = read_nouns(), read_frequencies()
    learner = SeedLearner(read_records(options.bundestag), frequencies, nouns)
    words, counts = learner.learn()
    save(options.out, words, counts)
    print(f"{len(words)} words, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
