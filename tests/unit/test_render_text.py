"""Answers and documents as people read them."""

from __future__ import annotations

from searchkit.dates import PartialDate
from searchkit.model import Entity, FacetCount, Hit, SearchResult, Snippet, StoredDocument
from searchkit.render.progress import progress_line
from searchkit.render.quantities import count_text, duration_text, size_text
from searchkit.render.style import Style
from searchkit.render.text import document_text, result_text, rows_text
from searchkit.render.wrap import columns, line_spans, shortened

PASSAGE = "Nach dem Gipfel sprachen beide über den nächsten Gipfel."
SPANS = ((9, 15), (49, 55))


def result(*hits: Hit, total: int = 1, **facets: list[FacetCount]) -> SearchResult:
    return SearchResult("Gipfel", hits, total, facets, (), None, 1.0)


def hit(**changes: object) -> Hit:
    values: dict[str, object] = {
        "id": "a",
        "title": "Ein Titel",
        "date": PartialDate.parse("2018-07"),
        "score": 1.0,
        "snippets": (Snippet(PASSAGE, SPANS),),
    }
    return Hit(**{**values, **changes})  # type: ignore[arg-type]


def test_a_hit_in_full() -> None:
    assert result_text(result(hit()), Style(width=40), first_rank=11) == (
        "11. Ein Titel\n"
        "    2018-07  a\n"
        "      Nach dem Gipfel sprachen beide\n"
        "      über den nächsten Gipfel.\n"
    )


def test_colour_marks_words_on_both_sides_of_a_line_break() -> None:
    text = result_text(result(hit(snippets=(Snippet(PASSAGE, ((9, 24),)),))), Style(True, 20))
    assert text.startswith("1. \x1b[1mEin Titel\x1b[0m\n")
    assert "\x1b[1;31mGipfel\x1b[0m\n" in text
    assert "     \x1b[1;31msprachen\x1b[0m" in text


def test_several_passages_are_told_apart() -> None:
    two = hit(snippets=(Snippet("Eins."), Snippet("Zwei.")))
    assert result_text(result(two), Style()).endswith("   - Eins.\n   - Zwei.\n")


def test_a_hit_without_title_date_and_passage() -> None:
    bare = hit(title="", date=None, snippets=())
    assert result_text(result(bare), Style()) == "1. (no title)\n   a\n"


def test_no_line_is_wider_than_the_terminal() -> None:
    long = hit(title="Wort " * 40, snippets=(Snippet("Donaudampfschifffahrt" * 9),))
    facet = [FacetCount("Sehr lange Körperschaft " * 9, 12345)]
    text = result_text(result(long, organisation=facet), Style(width=50))
    assert max(map(columns, text.splitlines())) <= 50


def test_facets_are_aligned_with_their_counts() -> None:
    counts = [FacetCount("Wladimir Putin", 1200), FacetCount("東京", 3)]
    assert result_text(result(person=counts), Style()) == (
        "person\n  Wladimir Putin  1,200\n  東京                3\n"
    )


def test_many_values_are_cut_but_months_are_not() -> None:
    many = [FacetCount(f"v{number:02}", 1) for number in range(25)]
    text = result_text(result(person=many, month=many), Style())
    person, month = text.split("\n\n")
    assert "and 5 more" in person
    assert "v19" in person
    assert "v20" not in person
    assert "v24" in month


def test_an_empty_facet_says_so_and_an_empty_answer_says_nothing() -> None:
    assert result_text(result(person=[]), Style()) == "person\n  (no document has one)\n"
    assert result_text(result(total=0, person=[]), Style()) == ""


def test_hostile_values_never_reach_the_terminal() -> None:
    nasty = "\x1b[2J\u202e\r\n"
    bad = hit(id=nasty, title=nasty, snippets=(Snippet(nasty, ((0, 3),)),))
    text = result_text(result(bad, **{nasty: [FacetCount(nasty, 1)]}), Style())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\r" not in text


def test_a_document_in_full() -> None:
    entities = (
        Entity("Helsinki", "place", ((0, 1),)),
        Entity("Sauli Niinistö", "person", ((0, 1),)),
        Entity("Angela Merkel", "person", ((2, 3), (5, 6))),
    )
    date = PartialDate.parse("2018")
    text = "Erster\r\nZweiter\x1b[0m"
    document = StoredDocument("a", text, "Titel", date, {"source": "dpa", "pages": 3}, entities)
    assert document_text(document, Style()) == (
        "Titel\n\n"
        "id      a\n"
        "date    2018\n"
        "source  dpa\n"
        "pages   3\n"
        "person  Angela Merkel (2), Sauli Niinistö (1)\n"
        "place   Helsinki (1)\n\n"
        "Erster\nZweiter\ufffd[0m\n"
    )


def test_metadata_cannot_hide_what_searchkit_knows() -> None:
    metadata = {"id": "gefälscht", "person": "niemand"}
    entities = (Entity("Angela Merkel", "person", ((0, 1),)),)
    shown = document_text(StoredDocument("echt", "", "T", None, metadata, entities), Style())
    assert "id      echt\n" in shown
    assert "gefälscht" in shown
    assert "Angela Merkel (1)" in shown


def test_truth_values_are_written_as_filters_name_them() -> None:
    document = StoredDocument("a", "Text.", "T", None, {"ok": True, "paid": False})
    assert "\nok    true\npaid  false\n" in document_text(document, Style())


def test_the_text_of_a_document_is_wrapped_only_when_asked() -> None:
    document = StoredDocument("a", "Wort " * 30 + "\n\nEnde", "T", None, {})
    wrapped = document_text(document, Style(width=40))
    assert max(map(len, wrapped.splitlines())) <= 40
    assert "\n\nEnde\n" in wrapped
    assert "Wort " * 30 in document_text(document, Style(width=40), wrapped=False)


def test_rows_wrap_long_values_and_leave_empty_ones_out() -> None:
    text = rows_text([("fields", "year, month, person"), ("none", "")], Style(width=24))
    assert text == "fields  year, month,\n        person\n"


def test_lines_break_at_blanks_but_not_at_no_break_spaces() -> None:
    text = "100\u00a0km  und mehr"
    lines = [text[start:end] for start, end in line_spans(text, 8)]
    assert lines == ["100\u00a0km", "und mehr"]


def test_a_word_that_is_too_long_is_cut() -> None:
    text = "ab 東京都庁舎 c"
    assert [text[start:end] for start, end in line_spans(text, 5)] == ["ab", "東京", "都庁", "舎 c"]


def test_shortening_counts_columns() -> None:
    assert shortened("東京都", 5) == "東京…"
    assert shortened("kurz", 5) == "kurz"


def test_quantities() -> None:
    assert count_text(1, "text") == "1 text"
    assert count_text(2000, "text") == "2,000 texts"
    assert [size_text(size) for size in (0, 999, 1000, 2_500_000, 3e12)] == [
        *("0 B", "999 B", "1.0 kB", "2.5 MB", "3,000.0 GB"),
    ]
    assert [duration_text(span) for span in (0.00049, 0.9996, 59.99, 3599, 7260)] == [
        *("0.5 ms", "1.0 s", "1 min 0 s", "59 min 59 s", "2 h 1 min"),
    ]


def test_progress_without_sizes_has_no_bar() -> None:
    assert progress_line(3, 0, 0, 0.0) == "3 documents"


def test_progress_fits_the_terminal_and_never_overflows() -> None:
    line = progress_line(3, 9_000_000, 4_000_000, 1.0, width=30)
    assert line.startswith(f"[{'#' * 20}] 3")
    assert len(line) <= 30
