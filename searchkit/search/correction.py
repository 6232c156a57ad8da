"""Mistyped words of a query: asked for as typed, and as probably meant, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from searchkit.config import Correction
from searchkit.engine.port import EngineReader
from searchkit.query.parser import ParsedQuery
from searchkit.query.plan import EXACT, TEXT, TITLE
from searchkit.query.tree import Bool, Boost, Field, Node, Phrase, Word, combine
from searchkit.text.fold import fold_exact
from searchkit.text.growing import IntArray
from searchkit.text.lexicon import Lexicon

if TYPE_CHECKING:
    from searchkit.text.spelling import Speller

Typed: TypeAlias = Word | Phrase

_TEXT_FIELDS = (None, TITLE, TEXT)


@dataclass(frozen=True, slots=True)
class CorrectedQuery:
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
        weights: when a word is in doubt, and what its correction counts.
        is_late: whether the time is over, and further words stay as they are.
    """

    def __init__(
        self,
        reader: EngineReader,
        lexicon: Lexicon,
        open_speller: Callable[[], Speller],
        weights: Correction,
        is_late: Callable[[], bool],
    ) -> None:
        self._weights = weights
        self._reader = reader
        self._lexicon = lexicon
        self._open_speller = open_speller
        self._is_late = is_late

    def correct(self, parsed: ParsedQuery) -> CorrectedQuery:
        """The query with a correction beside every word that seems mistyped."""
        corrected: dict[Typed, Typed] = {}
        replacements: dict[Typed, Node] = {}
        rare: set[Typed] = set()
        for typed in dict.fromkeys(_words(parsed.tree)):
            if self._is_late():
                break
            meant, documents = self._meant(typed.text)
            if meant == typed.text:
                replacements[typed] = replace(typed, text=self._respelt(typed.text))
                continue
            other = corrected[typed] = replace(typed, text=meant)
            weighed: Node = other
            if documents:
                rare.add(typed)
                weighed = Boost(other, self._weights.beside_rare)
            replacements[typed] = combine(should=(typed, weighed))
        tree = _replaced(parsed.tree, replacements)
        if not corrected:
            return CorrectedQuery(tree)
        notes = tuple(
            f"'{_bare(typed.text)}' is in {'few' if typed in rare else 'no'} documents; "
            f"'{_bare(meant.text)}' was searched as well"
            for typed, meant in corrected.items()
        )
        return CorrectedQuery(tree, notes, _rewritten(parsed, corrected))

    def _meant(self, text: str) -> tuple[str, int]:
        """A word or phrase as it was probably meant, each word of it by itself, and in how many
        documents the mistyped word is.
        """
        words = self._lexicon.analyse(text)
        rare = rarest = self._weights.rare_documents
        for number in reversed(range(len(words))):
            documents = self._documents(words.forms[number : number + 1])
            form = self._lexicon.forms[int(words.forms[number])]
            # One number is not another one mistyped.
            is_right = documents > rare or self._lexicon.is_whole(form)
            meant = None if is_right else self._suggested(form)
            if meant is not None:
                text = text[: words.starts[number]] + meant + text[words.ends[number] :]
                rarest = min(rarest, documents)
        return text, rarest

    def _respelt(self, text: str) -> str:
        """A word or phrase with umlauts as the documents write them: ``Präsident`` for
        ``Praesident`` or ``Prasident``. Their stems are one, so that the same documents are found;
        but the exact form counts for the ranking, and compounds are split only as they are written.
        """
        words = self._lexicon.analyse(text)
        for number in reversed(range(len(words))):
            form = self._lexicon.forms[int(words.forms[number])]
            folded = fold_exact(form)
            if self._reader.document_frequency(EXACT[TEXT], folded):
                continue
            found = self._open_speller().suggest(folded, limit=3)
            same = [s.word for s in found if _plain_letters(s.word) == _plain_letters(folded)]
            if same:
                word = _in_case_of(form, same[0])
                text = text[: words.starts[number]] + word + text[words.ends[number] :]
        return text

    def _documents(self, form: IntArray) -> int:
        """In how many documents a word is, in any inflection; many for a compound of known parts,
        which is a word even where no document has it.
        """
        stem = self._lexicon.terms[int(self._lexicon.stems(form)[0])]
        found = max(self._reader.document_frequency(name, stem) for name in (TEXT, TITLE))
        if not found and len(self._lexicon.parts(form).terms):
            return self._weights.rare_documents + 1
        return found

    def _suggested(self, form: str) -> str | None:
        speller, folded = self._open_speller(), fold_exact(form)
        # A word that came after the words were last counted is no error.
        if not speller.occurs(folded) and self._reader.document_frequency(EXACT[TEXT], folded):
            return None
        found = speller.suggest(folded, known=self._lexicon.is_known_word)
        if not found:
            return None
        word = found[0].word
        if not self._reader.document_frequency(EXACT[TEXT], fold_exact(word)):
            return None
        if _plain_letters(word) == _plain_letters(folded):
            return None  # the same word with its umlauts written otherwise
        return _in_case_of(form, word)


def _words(root: Node) -> Iterator[Typed]:
    """The words and phrases that are searched in texts as they are, without wildcards or
    forgiveness. What looks like a field that does not exist is no word to correct.
    """
    todo: list[tuple[Node, str | None]] = [(root, None)]
    while todo:
        node, field = todo.pop()
        if isinstance(node, Bool):
            children = (*node.must, *node.should, *node.must_not)
            todo.extend((child, field) for child in reversed(children))
        elif isinstance(node, Boost):
            todo.append((node.child, field))
        elif isinstance(node, Field):
            todo.append((node.child, node.name))
        elif field not in _TEXT_FIELDS:
            continue
        elif isinstance(node, Phrase) or (isinstance(node, Word) and _is_plain(node)):
            yield node


def _is_plain(word: Word) -> bool:
    return not word.fuzzy and not word.exact and ":" not in word.text


def _plain_letters(word: str) -> str:
    """A word with umlauts as plain vowels and ``ß`` as ``ss``, however they were written."""
    word = word.replace("ß", "ss")
    for umlaut, digraph, vowel in (("ä", "ae", "a"), ("ö", "oe", "o"), ("ü", "ue", "u")):
        word = word.replace(umlaut, vowel).replace(digraph, vowel)
    return word


def _in_case_of(form: str, word: str) -> str:
    """A lower-case word with a capital where the form typed has one."""
    return word[:1].upper() + word[1:] if form[:1].isupper() else word


def _bare(text: str) -> str:
    """A word without the punctuation around it."""
    return text.strip(" .,;:!?„“”\"'()")


def _replaced(node: Node, words: Mapping[Typed, Node]) -> Node:
    """The tree with some words replaced; its depth is bounded by the parser."""
    if isinstance(node, Word | Phrase):
        return words.get(node, node)
    if isinstance(node, Bool):
        must, should, must_not = (
            tuple(_replaced(child, words) for child in children)
            for children in (node.must, node.should, node.must_not)
        )
        return Bool(must, should, must_not)
    if isinstance(node, Boost | Field):
        return replace(node, child=_replaced(node.child, words))
    return node


def _rewritten(parsed: ParsedQuery, corrected: dict[Typed, Typed]) -> str:
    """The query as typed but for the corrected words."""
    text, places = parsed.text, []
    for word in _words(parsed.tree):
        if word in corrected:
            places.append((*word.span, corrected[word].text))
    for start, end, meant in sorted(places, reverse=True):
        text = text[:start] + meant + text[end:]
    return text
