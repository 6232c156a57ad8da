"""The same documents in segments of Whoosh's own codec, as a judge of the arrays.

Terms, weights and positions are worked out here from the lexicon, document by document in plain
Python, and handed to Whoosh ready-made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from whoosh import formats
from whoosh.fields import ID, FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex

from searchkit.text.lexicon import AnalysedText, Lexicon
from tests.whoosh.texts import Fields


@dataclass
class Terms:
    """The terms of one field of one document: units, positions, and the length in words."""

    length: int
    units: Counter[str] = field(default_factory=Counter)
    positions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add_word(self, term: str, position: int) -> None:
        self.units[term] += 2
        self.positions[term].append(position)


def stem_terms(lexicon: Lexicon, words: AnalysedText) -> Terms:
    """A word counts two units, a part of it one, a hyphen chain written as one word one."""
    found = Terms(len(words))
    second = lexicon.second_stems(words.forms).tolist()
    for position, stem in enumerate(lexicon.stems(words.forms).tolist()):
        found.add_word(lexicon.terms[stem], position)
        if second[position] >= 0:
            found.add_word(lexicon.terms[second[position]], position)
    for part in lexicon.parts(words.forms).terms.tolist():
        found.units[lexicon.terms[part]] += 1
    chains = words.joined_forms
    for stem in lexicon.stems(chains).tolist() + lexicon.second_stems(chains).tolist():
        if stem >= 0:
            found.units[lexicon.terms[stem]] += 1
    return found


def exact_terms(lexicon: Lexicon, words: AnalysedText) -> Terms:
    found = Terms(len(words))
    for position, term in enumerate(lexicon.exact_terms(words.forms).tolist()):
        found.add_word(lexicon.terms[term], position)
    return found


class ReadyField(FieldType):
    """A field whose terms come ready-made."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=True)

    def index(self, value: Terms, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        # Whoosh takes the sum of frequencies as the length of the field.
        length = value.length
        for term, units in value.units.items():
            encoded = self.format.encode(value.positions.get(term, []))
            yield term.encode(), length, float(units), encoded
            length = 0


def stock_index(
    lexicon: Lexicon, *commits: list[Fields], delete: tuple[str, ...] = ()
) -> FileIndex:
    """An index of Whoosh's own codec with a segment for each commit."""
    words = {name: ReadyField() for name in ("text", "title", "text_exact", "title_exact")}
    schema = Schema(id=ID(stored=True, unique=True), source=ID(), **words)
    index = RamStorage().create_index(schema)
    for documents in commits:
        writer = index.writer()
        for fields in documents:
            writer.add_document(**stock_fields(lexicon, fields))
        writer.commit(merge=False)
    writer = index.writer()
    for document_id in delete:
        writer.delete_by_term("id", document_id)
    writer.commit(merge=False)
    return index


def stock_fields(lexicon: Lexicon, fields: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {name: fields[name] for name in ("id", "source") if name in fields}
    for name in ("text", "title"):
        if fields.get(name):
            words = lexicon.analyse(fields[name])
            found[name] = stem_terms(lexicon, words)
            found[f"{name}_exact"] = exact_terms(lexicon, words)
    return found
