"""Whatever the text, analysis points at its words and never fails."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.fold import fold_exact
from searchkit.text.lexicon import Lexicon
from searchkit.text.tokenise import tokenise_chunk, tokenise_chunks
from searchkit.text.word_patterns import WordPatterns

LEXICON = Lexicon()
PATTERNS = (r"[:*_/-]+\w+", r"[aä]?-\d+", r"\w+:")
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


@given(st.lists(texts, max_size=6))
def test_texts_together_are_analysed_as_each_alone(many):
    alone = [LEXICON.analyse(text) for text in many]
    for lexicon in (LEXICON, Lexicon()):
        for words, other in zip(lexicon.analyse_all(many), alone, strict=True):
            assert [lexicon.forms[n] for n in words.forms] == [
                LEXICON.forms[n] for n in other.forms
            ]
            assert words.starts.tolist() == other.starts.tolist()
            assert words.ends.tolist() == other.ends.tolist()
            assert words.joined_starts.tolist() == other.joined_starts.tolist()


@given(st.lists(texts, max_size=4), st.sampled_from([None, WordPatterns(PATTERNS)]))
def test_chunks_together_have_the_tokens_of_each_alone(many, patterns):
    chunks = [chunk for text in many for chunk in text.split()]
    columns = tokenise_chunks(chunks, patterns)
    alone = [tokenise_chunk(chunk, patterns) for chunk in chunks]
    assert list(zip(*columns[:4], strict=True)) == [token for tokens in alone for token in tokens]
    assert columns.counts.tolist() == [*map(len, alone)]


@given(texts)
def test_offsets_point_at_the_words_of_patterns(text):
    lexicon = Lexicon(word_patterns=PATTERNS)
    (words,) = lexicon.analyse_all([text])
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        found = lexicon.analyse(text[start:end])
        assert not lexicon.is_whole(lexicon.forms[form]) or form in found.forms
        assert any(map(str.isalnum, lexicon.forms[form]))


@given(texts)
def test_joined_chains_reach_from_word_to_word(text):
    words = LEXICON.analyse(text)
    assert set(words.joined_starts.tolist()) <= set(words.starts.tolist())
    assert set(words.joined_ends.tolist()) <= set(words.ends.tolist())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_is_folding_once(word):
    once = fold_exact(word)
    assert fold_exact(once) == once
