"""GermEval 2014 sentences as pieces of running text with their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from searchkit.extract.pieces import cut_chunks

_CLOSING = tuple(".,;:!?)]}%»“”…'’")
_OPENING = ("(", "[", "{", "„", "«", "‚")
_TYPES = frozenset(("PER", "LOC", "ORG", "OTH"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the tagger sees it.

    Attributes:
        forms: its pieces.
        labels: one each: ``O``, or ``B-`` or ``I-`` and ``PER``, ``LOC``, ``ORG`` or ``OTH``.
    """

    forms: list[str]
    labels: list[str]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file: number, token, tag, inner tag; the inner ones are not used."""
    tokens: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#\t"):
            continue
        if line.strip():
            _, token, tag = line.split("\t")[:3]
            tokens.append(token)
            tags.append(tag)
        elif tokens:
            yield _sentence(tokens, tags)
            tokens, tags = [], []


def _sentence(tokens: list[str], tags: list[str]) -> Sentence:
    """The gold tokens joined to natural text and cut again, as texts to be tagged will be."""
    text, offsets = _joined(tokens)
    forms: list[str] = []
    labels: list[str] = []
    token = 0
    for form, start, _ in _pieces(text):
        while offsets[token][1] <= start:
            token += 1
        tag = tags[token]
        if tag[2:] not in _TYPES:
            tag = "O"
        elif start > offsets[token][0] and forms:
            tag = f"I-{tag[2:]}"
        forms.append(form)
        labels.append(tag)
    return Sentence(forms, labels)


def _joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens as running text, and where each stands in it."""
    parts: list[str] = []
    offsets: list[tuple[int, int]] = []
    end = 0
    for before, token in zip([_OPENING[0], *tokens], tokens, strict=False):
        spaced = not token.startswith(_CLOSING) and before not in _OPENING
        start = end + spaced
        end = start + len(token)
        parts += [" " * spaced, token]
        offsets.append((start, end))
    return "".join(parts), offsets


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    chunks = list(re.finditer(r"\S+", text))
    pieces = cut_chunks(chunk[0] for chunk in chunks)
    columns = iter(zip(pieces.forms, pieces.starts, pieces.ends, strict=True))
    for chunk, count in zip(chunks, pieces.counts, strict=True):
        for _ in range(count):
            form, start, end = next(columns)
            yield form, chunk.start() + start, chunk.start() + end
