"""Settings and limits, each with its default and the reason for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from searchkit.errors import ConfigurationError

# Comparing, planning or showing a much deeper tree could reach Python's recursion limit.
_MAX_QUERY_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Ranking:
    """How documents are scored: BM25 per field, added up with a weight per field.

    Args:
        k1: how soon further occurrences of a word stop counting, above 0. 1.2 is Lucene's value;
            whole news articles would take up to 2, single paragraphs 0.9.
        b: how much long documents are held back, 0 to 1. Whole articles rank best at 0.68 (0.6
            and 0.75 cost .002 to .005 nDCG@10), paragraphs at 0.45 to 0.6 (.001 to .003 more).
        rarity: how much more rare words count than common ones: the exponent of BM25's rarity
            (idf). At 1, BM25's own, one rare word that a good text lacks outweighs the rest of a
            long query: 0.8 finds articles by their titles .005 to .007 nDCG@10 better (0.6 to 0.9
            are alike), questions equally well.
        opening: so many words at the beginning of a text count half as much again, for texts say
            early what they are about; 0 for none. 40 to 120 words find articles by their titles
            .004 to .006 nDCG@10 better, and do no harm to paragraphs, which are all opening.
        title: weight of a word in the title beside 1 in the text. Titles are short, so that BM25
            itself already favours them. A first sentence that stands in for a missing title gets
            none: as much as 0.2 would cost .010 nDCG@10.
        exact: weight of the word in exactly the form that was asked, beside 1 for its stem. It
            tells ``schon`` from ``schön``, which share a stem, and puts ``Gipfel`` above
            ``Gipfeltreffen``.
        parts: weight of the parts of a compound that was asked for, beside 1 for the whole:
            ``Gipfeltreffen`` also finds ``Treffen``, far behind.
        stop_words: weight of stop words in questions, where they only hold the sentence together;
            elsewhere they count like other words, for leaving them out of titles does harm.
    """

    k1: float = 1.2
    b: float = 0.65
    rarity: float = 0.8
    opening: int = 60
    title: float = 0.3
    exact: float = 0.35
    parts: float = 0.4
    stop_words: float = 0.3


@dataclass(frozen=True, slots=True)
class Correction:
    """When a word is taken for mistyped, and what for. Costs are those of typing errors: 1 is a
    letter for any other, common slips cost less (``searchkit.text.edit_distance``).

    Args:
        rare_documents: words in at most so many documents may be mistyped; what more documents have
            is right.
        beside_rare: weight of a correction beside 1 for the word as typed, where that occurs. Where
            it does not, the correction counts in full.
        cost: how far a correction may lie in a word of five letters or more: one error that also
            hits the first letter, or two slips of the commonest kinds. In shorter words 1.
        two_errors_cost: the same in long words, where a frequent word is meant: room for two slips.
            At 2.0 hardly more errors are corrected, but 16 more of 1,000 words new to the index.
        two_errors_letters: words are long from so many letters on.
        two_errors_count: words are frequent from so many occurrences on.
        known_cost: how far a correction may lie from a word that itself occurs: rare words are
            mostly right, so that hardly more than two swapped letters are corrected.
        known_ratio: how much more frequent it must be than a word that itself occurs.
        frequency: what a word e times as frequent may cost more. Small, for rare words are
            mistyped as well.
    """

    rare_documents: int = 2
    beside_rare: float = 0.5
    cost: float = 1.3
    two_errors_cost: float = 1.5
    two_errors_letters: int = 8
    two_errors_count: int = 50
    known_cost: float = 0.6
    known_ratio: float = 20.0
    frequency: float = 0.1


@dataclass(frozen=True, slots=True)
class Highlighting:
    """What found words are worth when passages are chosen, times the rarity of the word.

    Args:
        part: the part of a compound (``Gipfel`` in ``Gipfeltreffen``) beside 1 for the word itself.
        asked_part: the part of a compound that was asked for (``Treffen``, asked for
            ``Gipfeltreffen``), beside 1 for the compound.
    """

    part: float = 0.5
    asked_part: float = 0.3


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Bounds on the text of one query. What lies beyond is left out and noted, or, in strict
    parsing, an error.

    Args:
        length: code points, from 0; what is longer is cut.
        words: words, those of phrases and values included, from 0; further ones are left out.
        depth: parentheses inside one another, 0 to 50; deeper ones are ignored.
        phrase_words: words of one phrase, from 1; further ones are left out.
        pattern: characters of a word with wildcards, from 1; a longer one is left out, as no word
            is so long, and every word of the index is held against it.
        patterns: words with wildcards or ``~`` behind them, from 0; further wildcards are left out,
            further ``~`` ignored, as each of them stands for so many words.

    Raises:
        ConfigurationError: a limit is out of its range.

    >>> QueryLimits(depth=5).length
    10000
    """

    length: int = 10_000
    words: int = 256
    depth: int = 50
    phrase_words: int = 100
    pattern: int = 100
    patterns: int = 10

    def __post_init__(self) -> None:
        from_0 = (self.length, self.words, self.depth, self.patterns)
        if min(*from_0, self.phrase_words - 1, self.pattern - 1) < 0:
            raise ConfigurationError(f"{self} has a limit below its range", "choose a larger one")
        if self.depth > _MAX_QUERY_DEPTH:
            raise ConfigurationError(
                f"queries cannot nest {self.depth} deep",
                f"choose a depth of 0 to {_MAX_QUERY_DEPTH}",
            )


@dataclass(frozen=True, slots=True)
class CorpusLimits:
    """Bounds on what one file of a corpus may cost.

    Args:
        document_bytes: the longest text file, and the longest line of a JSON Lines file after
            unpacking, in bytes, from 1; anything longer is skipped without being loaded. Indexing
            a text takes some 50 times its size in memory, 350 times where no word comes twice; a
            Bible has 4 MB.
        problems: problems of one kind that are listed one by one for one file, from 1; the last one
            listed counts the rest.

    Raises:
        ConfigurationError: a limit is out of its range.

    >>> CorpusLimits().document_bytes
    5242880
    """

    document_bytes: int = 5 * 1024 * 1024
    problems: int = 1000

    def __post_init__(self) -> None:
        if min(self.document_bytes, self.problems) < 1:
            raise ConfigurationError(f"{self} has a limit below 1", "choose a larger one")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a stranger can send: all there are, but for those that the language of queries
    (``grammar_help``) and the format of the index bring along.

    Args:
        hits: documents on one page, at most.
        query: the text of one query.
        corpus: one file that is to be indexed.
        expansions: words or values that one prefix, wildcard or misspelt word stands for, at most;
            the most frequent are kept, and the answer says so.
        snippet_length: code points of a snippet, about; a whole sentence may not exceed it.
        timeout_s: seconds that one search may take, above 0; what was found by then is then the
            answer, marked as partial. Far more than any sensible query needs.
        lock_timeout_s: seconds to wait for another process that is writing.
    """

    hits: int = 1000
    query: QueryLimits = field(default_factory=QueryLimits)
    corpus: CorpusLimits = field(default_factory=CorpusLimits)
    expansions: int = 1000
    snippet_length: int = 240
    timeout_s: float = 10.0
    lock_timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen about an index and its searches.

    Args:
        extractor: what finds persons, places and organisations: ``default`` (a trained tagger),
            ``rules``, ``none``, ``spacy:MODEL``, ``flair:MODEL``, ``gliner:MODEL`` or
            ``python:MODULE:FACTORY``. With ``none`` dates in texts are not looked for either. It is
            part of what is indexed.
        compounds: whether the parts of compounds are indexed and asked for. Part of what is
            indexed.
        word_patterns: what stays one word besides what is one anyway, such as product numbers and
            hashtags: regular expressions without white space and without groups that capture, as
            ``[A-Z]-[0-9]+/[0-9]+`` and ``#\\w+``. A word fits one of them in any case, holds a
            letter or digit and has none beside it. It is found as it stands, not by its stem or
            parts, and never corrected. Every text is held against them: a pattern such as
            ``(?:a+)+`` can take for ever. Part of what is indexed.
        ranking: how documents are scored; may differ from search to search, as may the rest.
        correction: when words are taken for mistyped.
        highlighting: what found words are worth when passages are chosen.
        limits: what one call may ask for.

    Raises:
        ConfigurationError: a word pattern is none.

    >>> Settings(word_patterns=(r"#\\w+",)).extractor
    'default'
    """

    extractor: str = "default"
    compounds: bool = True
    word_patterns: tuple[str, ...] = ()
    ranking: Ranking = field(default_factory=Ranking)
    correction: Correction = field(default_factory=Correction)
    highlighting: Highlighting = field(default_factory=Highlighting)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if isinstance(self.word_patterns, str):
            raise ConfigurationError("word_patterns is one text", "give them as a tuple of texts")
        for pattern in self.word_patterns:
            _require_pattern(pattern)


def _require_pattern(pattern: str) -> None:
    fault = "has white space or is empty" if pattern.split() != [pattern] else ""
    try:
        # By itself, and as it will stand among others.
        groups = re.compile(pattern).groups + re.compile(f"(?i:{pattern})").groups
    except re.error as error:
        fault = f"is no regular expression: {error}"
    else:
        fault = fault or ("has a group that captures" if groups else "")
    if fault:
        raise ConfigurationError(
            f"the word pattern {pattern!r} {fault}",
            r"write it as in #\w+ or [A-Z]-[0-9]+(?:/[0-9]+)?",
        )
