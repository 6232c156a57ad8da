"""Settings and limits, each with its default and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ranking:
    """How documents are scored: BM25 per field, added up with a weight per field.

    Args:
        k1: how soon further occurrences of a word stop counting, above 0. 1.2 is Lucene's value;
            whole news articles would take up to 2, single paragraphs 0.9.
        b: how much long documents are held back, 0 to 1. Whole articles rank best at 0.68 (0.6
            and 0.75 cost .002 to .005 nDCG@10), paragraphs at 0.45 to 0.6 (.001 to .003 more).
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
    title: float = 0.3
    exact: float = 0.35
    parts: float = 0.4
    stop_words: float = 0.3


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one call may ask for.

    Args:
        hits: documents on one page, at most.
        expansions: words that one prefix, wildcard or misspelt word stands for, at most; the
            most frequent are kept.
        snippet_length: code points of a snippet, about; a whole sentence may not exceed it.
        lock_timeout_s: seconds to wait for another process that is writing.
    """

    hits: int = 1000
    expansions: int = 1000
    snippet_length: int = 240
    lock_timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen about an index and its searches.

    Args:
        extractor: what finds persons, places and organisations: ``default`` (a trained tagger),
            ``rules``, ``none``, ``spacy:MODEL``, ``flair:MODEL``, ``gliner:MODEL`` or
            ``python:MODULE:FACTORY``. It is part of what is indexed.
        compounds: whether the parts of compounds are indexed and asked for. Part of what is
            indexed.
        ranking: how documents are scored; may differ from search to search.
        limits: what one call may ask for.
    """

    extractor: str = "default"
    compounds: bool = True
    ranking: Ranking = field(default_factory=Ranking)
    limits: Limits = field(default_factory=Limits)
