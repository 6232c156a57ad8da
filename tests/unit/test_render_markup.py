"""Passages as HTML, ANSI and plain text."""

from __future__ import annotations

import pytest

from searchkit.markup.ansi import bold, dim, marked_ansi
from searchkit.markup.escape import terminal_safe
from searchkit.markup.html import escaped_html, marked_html
from searchkit.markup.plain import plain_line
from searchkit.markup.spans import clipped, pieces
from searchkit.model import Snippet


@pytest.mark.parametrize(
    "code",
    [
        *(0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0x9D, 0x61C, 0x200B, 0x200D, 0x200E),
        *(0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xE0041),
        *(0xD800, 0xDFFF),
    ],
)
def test_every_dangerous_character_becomes_one_visible_one(code: int) -> None:
    assert terminal_safe(f"a{chr(code)}b") == "a\ufffdb"


def test_ordinary_german_text_is_left_alone() -> None:
    text = "„Größe“ – 20\u202f000\u00a0€, Bundes\u00adtag…\n\tŁódź 東京 👍🏽"
    assert terminal_safe(text) == text


def test_one_line_has_no_line_ends() -> None:
    assert plain_line("a\r\nb\tc") == "a  b c"


def test_html_escapes_everything_and_marks_only_the_spans() -> None:
    text = "<script>alert('x')</script> & \"Gipfel\""
    start = text.index("Gipfel")
    assert marked_html(text, [(start, start + 6)]) == (
        "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;<mark>Gipfel</mark>&quot;"
    )


def test_html_holds_no_control_and_no_override() -> None:
    assert escaped_html("a\x00\x1b\u202eb\ud800") == "a\ufffd\ufffd\ufffdb\ufffd"


def test_ansi_marks_exactly_the_spans() -> None:
    assert marked_ansi("Am Gipfel.", [(3, 9)]) == "Am \x1b[1;31mGipfel\x1b[0m."


def test_a_document_cannot_bring_its_own_escape_codes() -> None:
    hostile = "\x1b]0;x\x07"
    for rendered in (marked_ansi(hostile, [(0, 3)]), bold(hostile), dim(hostile)):
        assert "\x1b]" not in rendered
        assert "\x07" not in rendered


def test_snippets_render_themselves() -> None:
    snippet = Snippet("A<b", ((0, 1),))
    assert snippet.html() == "<mark>A</mark>&lt;b"
    assert snippet.ansi() == "\x1b[1;31mA\x1b[0m<b"


def test_spans_that_overlap_or_lie_outside_lose_nothing_of_the_text() -> None:
    cut = pieces("abcdef", [(1, 3), (2, 4), (4, 4), (5, 99)])
    assert cut == ["a", "bc", "", "d", "e", "f", ""]


def test_clipping_keeps_what_lies_inside() -> None:
    assert clipped([(0, 2), (3, 6), (8, 9)], 4, 8) == [(0, 2)]
