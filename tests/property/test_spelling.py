from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from searchkit.text.completion import Completer
from searchkit.text.edit_distance import letter_distances, typing_cost
from searchkit.text.fold import fold_exact
from searchkit.text.hash_set import HashSet, pack_hashes
from searchkit.text.neighbours import _counted, bits_apart, loose_codes, signatures
from searchkit.text.packed_texts import PackedTexts, pack_texts
from searchkit.text.spelling import Speller

letters = st.text("abeostuäöünm", min_size=1, max_size=9)
texts = st.text(min_size=1, max_size=12)
corpora = st.dictionaries(st.text("abeostuäöün", min_size=3, max_size=9), st.integers(1, 10**5))


def codes(word: str) -> NDArray[np.uint8]:
    return np.frombuffer(word.encode("latin-1"), np.uint8)


def plain_distance(left: str, right: str) -> int:
    """Optimal string alignment, written down as it is defined."""
    table = {(i, 0): i for i in range(len(left) + 1)} | {(0, j): j for j in range(len(right) + 1)}
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            choices = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                choices.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(choices)
    return table[len(left), len(right)]


@given(letters, st.lists(letters, min_size=1, max_size=8))
def test_letter_distances_are_those_of_the_definition(pattern: str, words: list[str]) -> None:
    rows = np.zeros((len(words), max(map(len, words))), np.uint8)
    for row, word in zip(rows, words, strict=True):
        row[: len(word)] = codes(word)
    lengths = np.array([len(word) for word in words])
    found = letter_distances(codes(pattern), rows, lengths)
    assert found.tolist() == [plain_distance(pattern, word) for word in words]


@given(letters, letters)
def test_the_letters_of_a_word_bound_its_distance(left: str, right: str) -> None:
    one, other = signatures(codes(left + right), np.array([len(left), len(right)]))
    assert bits_apart(one, np.array([other]))[0] <= 2 * plain_distance(left, right)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1))
def test_bits_are_counted_with_any_numpy(numbers: list[int]) -> None:
    array = np.array(numbers, np.uint64)
    counts = [number.bit_count() for number in numbers]
    assert _counted(array).tolist() == counts == bits_apart(np.uint64(0), array).tolist()


@given(st.sets(st.integers(0, 2**32 - 1), max_size=200), st.integers(0, 2**32 - 1))
def test_hashes_put_in_are_in(hashes: set[int], other: int) -> None:
    packed = HashSet(*pack_hashes(np.array(sorted(hashes), np.uint32)))
    assert all(one in packed for one in hashes)
    same_beginning = any(one >> 16 == other >> 16 for one in hashes)
    assert same_beginning or other not in packed


@given(st.lists(st.text(), max_size=80))
def test_packed_texts_are_read_as_they_were(many: list[str]) -> None:
    packed = PackedTexts(*pack_texts(many))
    assert [packed[number] for number in range(len(many))] == many


@given(letters, letters)
def test_costs_lie_between_nothing_and_the_plain_distance(typed: str, meant: str) -> None:
    cost = typing_cost(typed, meant)
    assert (cost == 0) == (typed == meant)
    assert cost <= plain_distance(typed, meant) + 0.3


@given(corpora, texts | letters, st.integers(1, 5))
def test_suggestions_are_other_words_of_the_corpus(
    corpus: dict[str, int], word: str, limit: int
) -> None:
    speller = Speller(Speller.build(list(corpus), np.array(list(corpus.values()), np.int64)))
    found = speller.suggest(word, limit)
    assert len(found) <= limit
    assert all(corpus[one.word] == one.count for one in found)
    assert fold_exact(word) not in {one.word for one in found}


@given(st.text("bcdfglmnrst", min_size=4, max_size=12), st.data())
def test_a_word_with_a_letter_lost_is_found_again(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + word[place + 1 :]
    assume(all(loose_codes([one])[0].tobytes() == one.encode() for one in (word, typed)))
    speller = Speller(Speller.build([word, "unruhe"], np.array([7, 9])))
    assert [one.word for one in speller.suggest(typed)] == [word]


@given(st.lists(texts, unique=True, max_size=8))
def test_every_word_completes_itself(words: list[str]) -> None:
    completer = Completer(Completer.build(words, np.ones(len(words), np.int64)))
    for word in words:
        if word == " ".join(word.split()):
            assert word in [found for found, _ in completer.complete(word, limit=8)]
