"""Texts compressed with what they have in common, if they have anything."""

from __future__ import annotations

import random

import pytest

from searchkit import Document, build_index
from searchkit.engine.arrays.compression import TextCompressor
from searchkit.errors import IndexCorrupt


def words(count: int, seed: int = 1) -> bytes:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefgh", k=5)) for _ in range(count)).encode()


@pytest.mark.parametrize(
    "texts",
    [
        [words(500_000)],
        [words(250_000), words(250_000, 2)],
        [words(100_000, seed) for seed in range(5)],
        [b""] * 999 + [words(500_000)],
        [b"Der Gipfel " * 300] * 700,
    ],
    ids=["one", "two", "five", "one among empty ones", "all alike"],
)
def test_texts_of_which_little_can_be_learned(texts):
    compressor = TextCompressor.trained(texts)
    for text in texts[:3]:
        assert compressor.restore(compressor.compress(text)) == text


def test_what_many_texts_have_in_common_is_learned():
    common = [words(40, seed) for seed in range(30)]
    rng = random.Random(3)
    texts = [b"\n".join(rng.sample(common, 9)) for _ in range(1500)]
    trained, plain = TextCompressor.trained(texts), TextCompressor(None)
    assert trained.dictionary
    sizes = [len(each.compress(texts[0])) for each in (trained, plain)]
    assert sizes[0] < sizes[1] / 2
    assert trained.restore(trained.compress(texts[0])) == texts[0]


def test_an_index_of_one_large_document(tmp_path):
    text = "Der Gipfel in Helsinki dauerte lange. " * 60_000
    with build_index([Document("a", text)], tmp_path) as index:
        assert index.get("a").text == text


@pytest.mark.parametrize("damaged", [b"x", b"(\xb5/\xfd", b"\0" * 40])
def test_what_was_never_compressed_is_damage(damaged):
    with pytest.raises(IndexCorrupt):
        TextCompressor(None).restore(damaged)
