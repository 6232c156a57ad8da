"""What holds of every rendering, whatever the text."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searchkit.markup.ansi import marked_ansi
from searchkit.markup.escape import terminal_safe
from searchkit.markup.html import escaped_html, marked_html
from searchkit.markup.spans import clipped
from searchkit.model import Hit, SearchResult, Snippet, Span
from searchkit.render.json import json_text, result_object
from searchkit.render.style import Style
from searchkit.render.text import result_text
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


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text with spans in order, none touching another."""
    text = draw(TEXTS)
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


@given(marked(), WIDTHS)
def test_text_output_is_harmless(case: tuple[str, list[Span]], width: int) -> None:
    text, spans = case
    hit = Hit(text, text, None, 1.0, (Snippet(text, tuple(spans)),))
    assert is_harmless(
        result_text(SearchResult("", (hit,), 1, {}, (), None, 0.1), Style(width=width))
    )
