"""Mistyped words of a query: asked for as typed, and as probably meant, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from searchkit.engine.port import EngineReader
from searchkit.query.parser import ParsedQuery
from searchkit.query.plan import EXACT, TEXT, TITLE
from searchkit.query.tree import Bool, Boost, Field, Node, Word, combine
from searchkit.text.fold import fold_exact
from searchkit.text.growing import IntArray
from searchkit.text.lexicon import Lexicon
from searchkit.text.spelling import Speller

#: Words in at most so many documents may be mistyped; the speller has the last word.
RARE_DOCUMENTS = 2

#: Weight of a correction beside 1 for the word as typed where that occurs. Where it does not, the
#: correction counts in full.
_BESIDE_A_RARE_WORD = 0.5

_TEXT_FIELDS = (None, TITLE, TEXT)


@dataclass(frozen=True, slots=True)
class Correction:
    """A query with what was probably meant.

    Args:
        tree: asks for the words as typed and as corrected.
        notes: what was corrected, a line each.
        query: the query as it was probably meant; ``None`` where nothing was corrected.
    """

    tree: Node
    notes: tuple[str, ...] = ()
    query: str | None = None


class Corrector:
    """Corrects queries by the words of one index.

    Args:
        reader: tells in how many documents a word is.
        lexicon: analyses words.
        open_speller: opens what suggests words; called only where one is in doubt.
    """

    def __init__(
        self, reader: EngineReader, lexicon: Lexicon, open_speller: Callable[[], Speller]
    ) -> None:
        self._reader = reader
        self._lexicon = lexicon
        self._open_speller = open_speller

    def correct(self, parsed: ParsedQuery) -> Correction:
        """The query with a correction beside every word that seems mistyped."""
        corrected: dict[Word, Word] = {}
        rare: set[Word] = set()
        for word in dict.fromkeys(_words(parsed.tree)):
            meant, documents = self._meant(word.text)
            if meant != word.text:
                corrected[word] = replace(word, text=meant)
                if documents:
                    rare.add(word)
        if not corrected:
            return Correction(parsed.tree)
        notes = tuple(
            f"{word.text!r} is in {'few' if word in rare else 'no'} documents; "
            f"{meant.text!r} was searched as well"
            for word, meant in corrected.items()
        )
        tree = _with_corrections(parsed.tree, corrected, rare)
        return Correction(tree, notes, _rewritten(parsed, corrected))

    def _meant(self, text: str) -> tuple[str, int]:
        """A word as it was probably meant, each part of a hyphen chain by itself, and in how many
        documents the mistyped part is.
        """
        words = self._lexicon.analyse(text)
        rarest = RARE_DOCUMENTS
        for number in reversed(range(len(words))):
            documents = self._documents(words.forms[number : number + 1])
            form = self._lexicon.forms[int(words.forms[number])]
            meant = self._suggested(form) if documents <= RARE_DOCUMENTS else None
            if meant is not None:
                text = text[: words.starts[number]] + meant + text[words.ends[number] :]
                rarest = min(rarest, documents)
        return text, rarest

    def _documents(self, form: IntArray) -> int:
        """In how many documents a word is, in any inflection; of a compound that is in none, in how
        many its rarest part is.
        """
        terms = self._lexicon.terms
        stem = terms[int(self._lexicon.stems(form)[0])]
        found = max(self._reader.document_frequency(name, stem) for name in (TEXT, TITLE))
        parts = [terms[number] for number in self._lexicon.parts(form).terms.tolist()]
        if found or not parts:
            return found
        return min(self._reader.document_frequency(TEXT, part) for part in parts)

    def _suggested(self, form: str) -> str | None:
        found = self._open_speller().suggest(fold_exact(form))
        if not found or not self._reader.document_frequency(EXACT[TEXT], found[0].word):
            return None
        word = found[0].word
        return word[:1].upper() + word[1:] if form[:1].isupper() else word


def _words(root: Node) -> Iterator[Word]:
    """The words that are searched in texts as they are, without wildcards or forgiveness."""
    todo: list[tuple[Node, str | None]] = [(root, None)]
    while todo:
        node, field = todo.pop()
        if isinstance(node, Bool):
            todo.extend((child, field) for child in reversed((*node.must, *node.should)))
        elif isinstance(node, Boost):
            todo.append((node.child, field))
        elif isinstance(node, Field):
            todo.append((node.child, node.name))
        elif isinstance(node, Word) and field in _TEXT_FIELDS and not node.fuzzy and not node.exact:
            yield node


def _with_corrections(node: Node, corrected: dict[Word, Word], rare: set[Word]) -> Node:
    """The tree with both spellings of every corrected word; its depth is bounded by the parser."""
    if isinstance(node, Word):
        meant = corrected.get(node)
        if meant is None:
            return node
        weighed: Node = Boost(meant, _BESIDE_A_RARE_WORD) if node in rare else meant
        return combine(should=(node, weighed))
    if isinstance(node, Bool):
        must = tuple(_with_corrections(child, corrected, rare) for child in node.must)
        should = tuple(_with_corrections(child, corrected, rare) for child in node.should)
        return Bool(must, should, node.must_not)
    if isinstance(node, Boost | Field):
        return replace(node, child=_with_corrections(node.child, corrected, rare))
    return node


def _rewritten(parsed: ParsedQuery, corrected: dict[Word, Word]) -> str:
    """The query as typed but for the corrected words."""
    text, places = parsed.text, []
    for word in _words(parsed.tree):
        if word in corrected:
            places.append((*word.span, corrected[word].text))
    for start, end, meant in sorted(places, reverse=True):
        text = text[:start] + meant + text[end:]
    return text
