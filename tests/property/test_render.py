"""What holds of every rendering, whatever the text."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searchkit.markup.ansi import marked_ansi
from searchkit.markup.escape import terminal_safe
from searchkit.markup.html import escaped_html, marked_html
from searchkit.markup.spans import Span, clipped
from searchkit.model import (
    Completion,
    Entity,
    Facet,
    FacetCount,
    Hit,
    SearchResult,
    SharedWord,
    SimilarHit,
    Snippet,
    StoredDocument,
)
from searchkit.render.csv import csv_text, hits_table
from searchkit.render.json import (
    completions_object,
    document_object,
    facets_object,
    json_text,
    result_messages,
    result_object,
    results_object,
    similar_object,
)
from searchkit.render.style import Style
from searchkit.render.text import document_text, result_text, rows_text, similar_text
from searchkit.render.wrap import columns, line_spans, shortened

# Surrogates, controls, overrides, markup and German letters, each often enough to meet.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("äöüß<>&\"' \n\t\r\x1b\x9b\u202e\u200b\u2028\ud800東"),
    ),
    max_size=60,
)
WIDTHS = st.integers(1, 90)
# Text of which much is markup, whole or torn.
MARKUP = st.lists(
    st.sampled_from(
        [
            *"<>&\"'/=!-?[];# \n\0\x1b\x9b\u202e\u2028\ud800",
            *("<mark>", "</mark>", "<mark onclick=x()>", "<script>", "</script>", "<img src=x"),
            *("<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE", "<?php", "&lt;", "&lt", "&#60;"),
            *("&#x3c", "&#0;", "&amp;lt;", "</", "<a href='", "style", "Gipfel", "ä", "\u017f"),
            *("\x1b[2J", "\x1b]8;;file:///x\x1b\\", "\x1b]0;x\x07", "\r", "\u0085", "\u200b"),
        ]
    ),
    max_size=25,
).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text with spans in order, none touching another."""
    text = draw(st.one_of(TEXTS, MARKUP))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


def is_harmless(text: str) -> bool:
    """Whether no character steers, reorders or fails to encode; judged by its category."""
    return all(
        char in "\n\t\u00ad" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        for char in text
    ) and not any(unicodedata.bidirectional(char) in BIDIRECTIONAL for char in text)


BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(TEXTS)
def test_safe_text_is_harmless_keeps_its_length_and_stays_as_it_is(text: str) -> None:
    safe = terminal_safe(text)
    assert is_harmless(safe)
    assert len(safe) == len(text)
    assert terminal_safe(safe) == safe


@given(marked())
def test_html_without_marks_is_the_escaped_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    rendered = marked_html(text, spans)
    assert rendered.replace("<mark>", "").replace("</mark>", "") == escaped_html(text)
    assert html.unescape(escaped_html(text)) == terminal_safe(text)
    words = re.findall("<mark>(.*?)</mark>", rendered, re.DOTALL)
    assert [html.unescape(word) for word in words] == [terminal_safe(text[s:e]) for s, e in spans]


class Reader(HTMLParser):
    """Reads HTML as a browser might: text by itself, and everything that is none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("whole", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("declaration", data))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", data))


def read(source: str) -> Reader:
    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader


@given(marked())
def test_a_parser_finds_marks_in_html_and_nothing_else(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    read_back = read(Snippet(text, tuple(spans)).html())
    assert read_back.found == [("start", "mark", []), ("end", "mark")] * len(spans)
    assert read_back.text == terminal_safe(text)


@given(st.one_of(TEXTS, MARKUP))
def test_escaped_text_stays_within_its_attribute(text: str) -> None:
    for quote in "\"'":
        read_back = read(f"<p title={quote}{escaped_html(text)}{quote}>x</p>")
        assert read_back.found == [("start", "p", [("title", terminal_safe(text))]), ("end", "p")]
        assert read_back.text == "x"


@given(marked())
def test_ansi_without_codes_is_the_safe_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    rendered = marked_ansi(text, spans)
    assert rendered.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == terminal_safe(text)
    assert rendered.count("\x1b") == 2 * len(spans)


@given(marked(), TEXTS)
def test_json_is_valid_harmless_and_its_spans_fit(case: tuple[str, list[Span]], name: str) -> None:
    text, spans = case
    hit = Hit(name, text, None, 1.0, (Snippet(text, tuple(spans)),), {name: text})
    written = json_text(result_object(SearchResult(name, (hit,), 1, {name: []}, (), text, 0.1)))
    assert is_harmless(written)
    found = json.loads(written.encode("utf-8"))["hits"][0]["snippets"][0]
    assert len(found["text"]) == len(text)
    assert found["spans"] == [list(span) for span in spans]


@given(TEXTS, WIDTHS)
def test_wrapping_loses_only_blanks(text: str, width: int) -> None:
    lines = line_spans(text, width)
    joined = "".join(text[start:end] for start, end in lines)
    blanks = str.maketrans("", "", " \t\n")
    assert joined.translate(blanks) == text.translate(blanks)
    assert all(end <= start for (_, end), (start, _) in pairwise(lines))
    for start, end in lines:
        assert columns(text[start:end]) <= width or end - start == 1


@given(TEXTS, WIDTHS)
def test_shortened_text_fits(text: str, width: int) -> None:
    assert columns(shortened(text, width)) <= max(width, 3)


@given(marked(), WIDTHS)
def test_clipping_to_lines_keeps_every_marked_character(
    case: tuple[str, list[Span]], width: int
) -> None:
    text, spans = case
    inside = {place for start, end in spans for place in range(start, end)}
    for start, end in line_spans(text, width):
        kept = {start + at for s, e in clipped(spans, start, end) for at in range(s, e)}
        assert kept == {place for place in inside if start <= place < end}


CODES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[ -~]*\x1b\\")


def answer(text: str, spans: list[Span]) -> SearchResult:
    """An answer that says the same thing everywhere."""
    entity = Entity(text or "x", "person", ((0, len(text)),))
    hit = Hit(
        *(text, text, None, 1.0, (Snippet(text, tuple(spans)),)),
        metadata={text or "x": text, "source": text},
        entities=(entity,),
        hidden=2,
    )
    facets = {text: [FacetCount(text, 2)], "year": [FacetCount(text, 1)]}
    return SearchResult(text, (hit,), 1, facets, (text,), text, 0.1, next_cursor=text)


@given(marked(), WIDTHS)
def test_text_output_is_harmless(case: tuple[str, list[Span]], width: int) -> None:
    text, spans = case
    result = answer(text, spans)
    hit = result.hits[0]
    document = StoredDocument(text, text, text, None, hit.metadata, hit.entities)
    like = SimilarHit(text, text, None, 1.0, (SharedWord(text, 1.0),))
    for colour in (False, True):
        style = Style(width=width, colour=colour, links=colour, scores=True)
        for written in (
            result_text(result, style, address=lambda _: "file:///a%20b"),
            similar_text([like], style),
            rows_text([(text, text)], style),
            document_text(document, style),
            document_text(document, style, wrapped=False),
        ):
            assert is_harmless(CODES.sub("", written) if colour else written)


@given(marked())
def test_csv_is_harmless_and_has_one_line_a_row(case: tuple[str, list[Span]]) -> None:
    hits = answer(*case).hits
    written = csv_text(hits_table(hits))
    assert is_harmless(written)
    rows = list(csv.reader(io.StringIO(written), strict=True))
    assert len(rows) == 1 + len(hits) == len(written.splitlines())
    assert len(rows[0]) == len(rows[1])


@given(marked())
def test_every_object_is_valid_json_in_harmless_lines(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    result = answer(text, spans)
    hit = result.hits[0]
    facet = Facet(text, (FacetCount(text, 1),), 1, 1, 0)
    objects = [
        result_object(result),
        results_object([result, result]),
        *result_messages(result),
        document_object(StoredDocument(text, text, text, None, hit.metadata, hit.entities)),
        similar_object(text, [SimilarHit(text, text, None, 1.0, (SharedWord(text, 1.0),))]),
        facets_object([facet], text),
        completions_object(text, [Completion(text, 1)]),
    ]
    for value in objects:
        for indent in (2, None):
            written = json_text(value, indent=indent)
            assert is_harmless(written)
            assert json.loads(written.encode("utf-8")) == json.loads(json.dumps(value))
        assert len(written.splitlines()) == 1
