"""Whatever the text, analysis points at its words and never fails."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.fold import fold_exact
from searchkit.text.lexicon import Lexicon

LEXICON = Lexicon()
# Surrogates too: a program may hand over what no file can hold.
texts = st.text(st.characters()) | st.text(
    st.sampled_from("aäßéG20-:*_/' \n\u00ad\u0308\u2003ﬁ.,„“()innen"), max_size=60
)


@given(texts)
def test_offsets_point_at_the_words(text):
    words = LEXICON.analyse(text)
    previous = 0
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        assert previous <= start < end <= len(text)
        previous = end
        found = LEXICON.analyse(text[start:end])
        assert LEXICON.forms[form] in [LEXICON.forms[n] for n in found.forms]


@given(texts)
def test_no_term_is_empty(text):
    words = LEXICON.analyse(text)
    for numbers in (LEXICON.stems(words.forms), LEXICON.exact_terms(words.forms)):
        assert all(LEXICON.terms[n] for n in numbers)


@given(texts)
def test_a_fresh_lexicon_agrees(text):
    fresh = Lexicon()
    again, words = fresh.analyse(text), LEXICON.analyse(text)
    assert again.starts.tolist() == words.starts.tolist()
    assert [fresh.forms[n] for n in again.forms] == [LEXICON.forms[n] for n in words.forms]


@given(texts)
def test_joined_chains_reach_from_word_to_word(text):
    words = LEXICON.analyse(text)
    assert set(words.joined_starts.tolist()) <= set(words.starts.tolist())
    assert set(words.joined_ends.tolist()) <= set(words.ends.tolist())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_is_folding_once(word):
    once = fold_exact(word)
    assert fold_exact(once) == once
