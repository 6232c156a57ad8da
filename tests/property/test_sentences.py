from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searchkit.corpus.titles import TITLE_LENGTH, derive_title
from searchkit.text.sentences import sentence_spans

pieces = st.sampled_from(
    [*'abA1.!?…"“„»«)([]*_- \n\r\t\x85\u2028\u00a0\x1c', "Dr.", "z. B.", "16. ", "Die ", "Putin"]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=60).map("".join))


@given(texts)
def test_spans_cover_every_letter_once(text: str) -> None:
    spans = sentence_spans(text)
    covered = {place for start, end in spans for place in range(start, end)}
    assert covered >= {place for place, char in enumerate(text) if not char.isspace()}
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(texts)
def test_no_span_is_empty_or_has_blanks_around(text: str) -> None:
    for start, end in sentence_spans(text):
        assert start < end
        assert text[start:end] == text[start:end].strip()


@given(texts, texts)
def test_a_line_break_makes_the_parts_independent(first: str, second: str) -> None:
    shift = len(first) + 1
    behind = [(start + shift, end + shift) for start, end in sentence_spans(second)]
    assert sentence_spans(f"{first}\n{second}") == sentence_spans(first) + behind


@given(texts.map(lambda text: text * 7))
def test_a_title_is_the_beginning_of_the_text(text: str) -> None:
    title = derive_title(text)
    assert len(title) <= TITLE_LENGTH
    assert bool(title) == bool(text.strip())
    assert "\n" not in title
    assert " ".join(text.split()).startswith(title.removesuffix("…"))
