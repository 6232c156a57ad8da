"""Entities by lists and rules.

One pass over the runs of capitalised words of a text. Words are looked up, never searched for, so
the time grows with the text and not with the lists. A trained tagger finds more; these rules need
no model and say nothing they have no reason for.
"""

from __future__ import annotations

from searchkit.extract.dates import DateMention, find_dates
from searchkit.extract.listed import listed_name
from searchkit.extract.lists import COMMON, COMPANY_END, Lists, lists
from searchkit.extract.names import canonical_name
from searchkit.extract.patterns import RULES, compound_heads, genitive, titled
from searchkit.extract.protocol import Mention
from searchkit.extract.runs import RUN, Word, split_run
from searchkit.extract.shapes import is_dull, lone_label
from searchkit.extract.versions import RULES as RULES_VERSION


class RuleExtractor:
    """Finds persons, places and organisations by lists and rules.

    >>> extractor = RuleExtractor()
    >>> extractor.extract("Kanzlerin Merkel besuchte die Lufthansa in Köln.")
    [(10, 16, 'PER'), (30, 39, 'ORG'), (43, 47, 'LOC')]
    """

    name, version = RULES_VERSION

    def canonical(self, span_text: str, label: str) -> str:
        """The name of what a mention names; see ``searchkit.extract.names``.

        >>> RuleExtractor().canonical("Präsident Putin", "PER")
        'Putin'
        """
        return canonical_name(span_text, label)

    def dates(self, text: str) -> list[DateMention]:
        """The absolute dates in a text; see ``searchkit.extract.dates``."""
        return find_dates(text)

    def extract(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping another.

        Args:
            text: a whole document or a part of one.
        """
        known = lists()
        found: list[Mention] = []
        for run in RUN.finditer(text):
            # Most runs are common nouns: leave as early as can be.
            if run.lastindex is None:
                label = lone_label(run[0])
                if label == "":
                    continue
            else:
                label = None
                if all(map(is_dull, run[0].split(" "))):
                    continue
            start, end = run.span()
            if found and start < found[-1][1]:
                start = found[-1][1]
            elif label:
                found.append((start, end, label))
                continue
            if start < end:
                _collect(known, text, split_run(known, text, start, end), found)
        return found


def _collect(known: Lists, text: str, words: list[Word], found: list[Mention]) -> None:
    """Append the mentions in one run."""
    dull = [is_dull(word.text) for word in words]
    company = any(word.kinds & COMPANY_END for word in words)
    i = 0
    while i < len(words):
        # A word matters by itself or by a neighbour; only the end of a company reaches further.
        if not company and all(dull[max(0, i - 1) : i + 2]):
            i += 1
            continue
        mentions, taken = _at(known, text, words, i)
        found += mentions
        i += taken
        while mentions and i < len(words) and words[i].start < mentions[-1][1]:
            i += 1


def _at(known: Lists, text: str, words: list[Word], i: int) -> tuple[list[Mention], int]:
    """The mentions that begin at a word, and how many words they take."""
    word = words[i]
    if word.text[0].islower():
        match = titled(text, words, i)
        return ([match[0]], match[1]) if match else ([], 1)
    if word.kinds and not word.kinds & ~COMMON and word.text not in known.longer:
        return [], 1
    if word.text in known.longer:
        listed = listed_name(text, word.start, word.text)
        if listed:
            return [listed], 1
    for rule in RULES:
        match = rule(text, words, i)
        if match:
            return [match[0]], match[1]
    if word.text.endswith("s") and not word.kinds:
        match = genitive(text, words, i, known.kinds.get(word.text[:-1], 0))
        if match:
            return [match[0]], 1
    return (compound_heads(word, known.kinds) if "-" in word.text else []), 1
