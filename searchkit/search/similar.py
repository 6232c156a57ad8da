"""More like this one: the documents that share the telling words of a document.

The words that tell a text from others are those that it has often and few others have (tf-idf, as
Salton & Buckley 1988 weigh the words of a text that is put as a query). There is no list of the
words of each document; one text is analysed in a moment.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.engine.port import EngineHit, EngineReader
from searchkit.model import SharedWord, StoredDocument
from searchkit.query.plan import TEXT, Boolean, Plan, Term
from searchkit.text.lexicon import Lexicon

# The telling words that are asked for. With more of them hits have more of the common words in
# common, and take longer.
_WORDS = 25
# Looked up to find these; most words of a long text tell nothing.
_CANDIDATES = 200
# Words of fewer letters tell nothing by themselves.
_SHORTEST = 3
# How soon further occurrences in the one text stop counting: its weight goes up to this much.
_SATURATION = 3.0


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word that tells a text from others.

    Args:
        word: as the text mostly writes it.
        term: its stem, which documents are asked for.
        weight: what it counts by its frequency in the text, from 1 to 3.
    """

    word: str
    term: str
    weight: float


def telling_words(
    document: StoredDocument, lexicon: Lexicon, reader: EngineReader
) -> tuple[TellingWord, ...]:
    """The words that tell a document from others, the strongest first.

    Args:
        document: with its text and title.
        lexicon: analyses them.
        reader: knows in how many documents a word is at most; in one, and it ties to no other.
    """
    # Rare words tell most, and long ones are mostly rare: no need to look all of them up.
    likely = sorted(
        _counted(document, lexicon), key=lambda w: (-w.weight * math.sqrt(len(w.term)), w.term)
    )[:_CANDIDATES]
    documents = reader.document_count()
    # To count the documents of a word takes as long as to search for it; what bounds their number
    # is known at once, and chooses nearly the same words.
    bounds = reader.frequency_bounds(TEXT, [word.term for word in likely])
    strength = {
        word: word.weight * math.log(1 + documents / bound)
        for word, bound in zip(likely, bounds, strict=True)
        if bound > 1
    }
    return tuple(sorted(strength, key=lambda w: (-strength[w], w.term))[:_WORDS])


def _counted(document: StoredDocument, lexicon: Lexicon) -> list[TellingWord]:
    """The words of a document that may tell something, by stem; one for all its forms."""
    # A stand-in title repeats the first sentence: as in other searches, it says a little more.
    words = lexicon.analyse(f"{document.title}\n{document.text}")
    forms, counts = np.unique(words.forms[~lexicon.is_stop(words.forms)], return_counts=True)
    totals: dict[str, int] = {}
    written: dict[str, tuple[int, str]] = {}  # the commonest form of each stem
    for number, stem_number, count in zip(
        forms.tolist(), lexicon.stems(forms).tolist(), counts.tolist(), strict=True
    ):
        stem, form = lexicon.terms[stem_number], (-count, lexicon.forms[number])
        totals[stem] = totals.get(stem, 0) + count
        written[stem] = min(written.get(stem, form), form)
    return [
        TellingWord(written[stem][1], stem, _weight(count))
        for stem, count in totals.items()
        if len(stem) >= _SHORTEST
    ]


def _weight(count: int) -> float:
    return _SATURATION * count / (count + _SATURATION - 1)


def similar_plan(words: Sequence[TellingWord]) -> Plan:
    """Documents with any of the words."""
    return Boolean(should=tuple(map(_word_plan, words)))


def _word_plan(word: TellingWord) -> Plan:
    # A word by itself, not one of many alternatives: the engine keeps what it found of each.
    return Boolean(should=(Term(TEXT, word.term, word.weight),))


def shared_words(
    words: Sequence[TellingWord], hits: Sequence[EngineHit], reader: EngineReader
) -> list[tuple[SharedWord, ...]]:
    """Which of the words each document has, the strongest first; their scores add up to its own.

    Args:
        words: what the documents were asked for.
        hits: the documents.
        reader: the engine that found them.
    """
    numbers = [hit.number for hit in hits]
    shared: dict[int, list[SharedWord]] = {number: [] for number in numbers}
    for word in words if hits else ():
        for number, score in reader.scores(_word_plan(word), numbers).items():
            shared[number].append(SharedWord(word.word, score))
    return [tuple(sorted(shared[n], key=lambda w: (-w.score, w.word))) for n in numbers]
