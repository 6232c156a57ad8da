"""Texts that somebody might leave in a corpus to do harm: indexed, or skipped with a reason."""

from __future__ import annotations

import json
import random

import pytest

from searchkit import CorpusLimits, Limits, Settings, SourceEmpty, build_index
from tests.hostile.indexing import MEMORY_BYTES, index_apart

GIPFEL = "Der Gipfel in Köln begann."


def built(folder, tmp_path, **options):
    """The index of a folder, without looking for names."""
    settings = Settings(extractor="none", **options)
    return build_index(folder, tmp_path / "index", settings=settings)


@pytest.fixture
def folder(tmp_path):
    """A corpus with one harmless text."""
    found = tmp_path / "corpus"
    found.mkdir()
    (found / "gut.txt").write_text("Alles in Ordnung.")
    return found


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (b"\xff\xfe\x80 " + GIPFEL.encode("cp1252"), "decoding"),
        (GIPFEL.encode() + b" \xc3\x28 \xe2\x82", "decoding"),
        (GIPFEL.encode() + b" \xed\xa0\x80 \xf4\x90\x80\x80 \xc0\xaf", "decoding"),
        (b"\xef\xbb\xbf" + GIPFEL.encode() + b"\xff", "decoding"),
        (GIPFEL.encode("utf-16"), ""),
        (b"\xfe\xff" + GIPFEL.encode("utf-16-be"), ""),
        (GIPFEL.encode("utf-16") + b"\x00", "decoding"),
        (b"\xff\xfe" + GIPFEL.encode("utf-16-le") + b"\x00\xd8", "decoding"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_broken_encodings_are_read_as_well_as_can_be(folder, tmp_path, content, remark, name):
    if content.startswith(b"\xff\xfe\x80"):
        content = content[2:]  # that would be the mark of UTF-16
    (folder / name).write_bytes(content)
    index = built(folder, tmp_path)
    assert [hit.id for hit in index.search("Gipfel").hits] == ["a"]
    assert [p.reason for p in index.last_update.problems] == ([remark] if remark else [])
    index.get("a").text.encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (" \u2003\u3000\x1c\n".encode(), "empty"),
        (b"\0", "nul-byte"),
        (b"Der Gipfel\0 begann.", "nul-byte"),
        (GIPFEL.encode("utf-16-le"), "nul-byte"),
        (GIPFEL.encode("utf-32"), "nul-byte"),
        (b"\0" * 1_000_000, "nul-byte"),
    ],
)
def test_what_holds_no_text_is_left_out_with_its_reason(folder, tmp_path, content, reason):
    (folder / "a.txt").write_bytes(content)
    index = built(folder, tmp_path)
    assert index.stats().documents == 1
    problems = index.last_update.problems
    assert [(p.reason, p.lost, p.path) for p in problems] == [(reason, True, str(folder / "a.txt"))]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz", "a.txt"])
def test_a_corpus_of_nothing_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(SourceEmpty):
        built(tmp_path / name, tmp_path)


def test_a_hundred_megabytes_in_one_line_are_skipped_unread(folder, tmp_path):
    line = b'{"text": "' + b"Gipfel " * 14_000_000 + b'"}\n'
    (folder / "a.jsonl").write_bytes(line + json.dumps({"text": GIPFEL}).encode())
    (folder / "b.txt").write_bytes(line)
    outcome = index_apart(folder, tmp_path / "index")
    assert (outcome.added, outcome.found) == (2, 1)
    assert outcome.lost == ("too-large", "too-large")
    assert outcome.memory_bytes < MEMORY_BYTES / 2


def test_ten_megabytes_are_skipped_and_five_without_a_blank_are_not(folder, tmp_path):
    (folder / "a.txt").write_text("Gipfel " + "x" * 5_000_000)
    (folder / "b.txt").write_text("Gipfel " + "x" * 10_000_000)
    outcome = index_apart(folder, tmp_path / "index")
    assert (outcome.added, outcome.found, outcome.lost) == (2, 1, ("too-large",))
    assert outcome.memory_bytes < MEMORY_BYTES


def test_a_million_words_of_one_letter(folder, tmp_path):
    letters = random.Random(1).choices("abcdefghijklmnopqrstuvwxyzäöü", k=1_000_000)
    (folder / "a.txt").write_text("Gipfel " + " ".join(letters))
    outcome = index_apart(folder, tmp_path / "index")
    assert (outcome.added, outcome.found, outcome.lost) == (2, 1, ())
    assert outcome.memory_bytes < MEMORY_BYTES


FIVE_MEGABYTES = 5_000_000


def distinct_words(letters, length):
    """Words none of which comes twice, hardly any."""
    rng = random.Random(1)
    count = FIVE_MEGABYTES // (length + 1)
    return " ".join("".join(rng.choices(letters, k=length)).capitalize() for _ in range(count))


def repeated(piece):
    return piece * (FIVE_MEGABYTES // len(piece.encode()))


LARGE = {
    "words": (repeated, "Der Gipfel in Helsinki war ein Treffen. "),
    "letters": (distinct_words, "abcdefghijklmnopqrstuvwxyz", 1),
    "distinct long words": (distinct_words, "abcdefghijklmnopqrstuvwxyz", 50),
    "distinct numbers": (distinct_words, "0123456789", 10),
    "names": (repeated, "Angela Merkel und Donald Trump, Wladimir Putin in Berlin. "),
    "dates": (repeated, "16.7.2018 am 3. Mai 2017 bis gestern "),
    "chains": (repeated, "Gipfel-"),
    "lines": (repeated, "a\n"),
    "full stops": (repeated, "a."),
    "marks": (repeated, "!?"),
    "accents": (repeated, "e\u0301"),
    "markup": (repeated, "<script>alert('x')</script> "),
    "escapes": (repeated, "\x1b[2J\x9b"),
    "directions": (repeated, "\u202eGipfel\u2066 "),
    "compounds": (repeated, "donaudampfschifffahrt"),
    "titles": (repeated, "Dr. Prof. Nr. z. B. "),
    "Chinese": (repeated, "東京は"),
}


@pytest.mark.long
@pytest.mark.parametrize("made", LARGE.values(), ids=LARGE)
def test_five_megabytes_of_anything(folder, tmp_path, made):
    make, *arguments = made
    (folder / "a.txt").write_text(f"Gipfel {make(*arguments)}", encoding="utf-8")
    outcome = index_apart(folder, tmp_path / "index")
    print(f"{outcome.cpu_s:.1f} s, {outcome.memory_bytes / 1e6:.0f} MB")
    assert (outcome.added, outcome.found, outcome.lost) == (2, 1, ())
    assert outcome.memory_bytes < MEMORY_BYTES


@pytest.mark.parametrize("word", ["Dr.", "(Dr.", "Prof. ", "(", "Müller", "von", "I.", "der "])
def test_a_name_without_end_is_none(folder, tmp_path, word):
    (folder / "a.txt").write_text("Gipfel. " + f"{word} " * 5000 + "Merkel.", encoding="utf-8")
    index = build_index(folder, tmp_path / "index")
    assert index.search("Gipfel").total == 1
    assert all(len(value.value) <= 300 for value in index.facet("person").values)


@pytest.mark.long
def test_many_large_texts_take_no_more_than_a_few(folder, tmp_path):
    words = [f"Wort{n}" for n in range(50_000)]
    for number in range(20):
        text = " ".join(random.Random(number).choices(words, k=480_000))
        (folder / f"{number}.txt").write_text(f"Gipfel {text}")
    outcome = index_apart(folder, tmp_path / "index")
    print(f"{outcome.cpu_s:.1f} s, {outcome.memory_bytes / 1e6:.0f} MB")
    assert (outcome.added, outcome.found) == (21, 20)
    assert outcome.memory_bytes < MEMORY_BYTES


def test_the_limit_of_a_text_can_be_chosen(folder, tmp_path):
    (folder / "a.txt").write_text(GIPFEL * 100)
    index = built(folder, tmp_path, limits=Limits(corpus=CorpusLimits(document_bytes=1000)))
    assert [p.reason for p in index.last_update.problems] == ["too-large"]
    assert index.stats().documents == 1


def many_of_one_name(folder, count):
    for number in range(count):
        place = folder / f"{number // 100:03}" / f"{number % 100:02}"
        place.mkdir(parents=True)
        (place / "text.txt").write_text(f"Der Gipfel, Nummer {number}.")


def try_many_of_one_name(tmp_path, count):
    many_of_one_name(tmp_path / "corpus", count)
    index = built(tmp_path / "corpus", tmp_path)
    assert (index.stats().documents, index.last_update.problems) == (count, ())
    assert index.search("Gipfel").total == count
    assert index.get("003/21/text").text == "Der Gipfel, Nummer 321."


def test_a_thousand_files_of_one_name(tmp_path):
    try_many_of_one_name(tmp_path, 1000)


@pytest.mark.long
def test_ten_thousand_files_of_one_name(tmp_path):
    try_many_of_one_name(tmp_path, 10_000)


def test_one_name_in_two_sources_is_one_id(tmp_path):
    for number in range(2):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "text.txt").write_text(f"Der Gipfel, Nummer {number}.")
    index = built([tmp_path / "0", tmp_path / "1"], tmp_path)
    assert index.get("text").text == "Der Gipfel, Nummer 0."
    assert [p.reason for p in index.last_update.problems] == ["duplicate-id"]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": ["a"], "text": "x"}',
        '{"text": {"a": 1}}',
        '{"id": "' + "i" * 5000 + '", "text": "x"}',
        '{"text": "a\\u0000b"}',
        '{"id": "a\\u0000b", "text": "x"}',
        '{"text": "x", "m\\u0000": 1}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"text": NaN}',
        '{"text": "x", "text": null}',
        '"text"',
        "\x1b[2J",
    ],
    ids=lambda line: line[:20].encode("unicode_escape").decode(),
)
def test_lines_that_are_no_document_are_left_out_alone(folder, tmp_path, line):
    (folder / "a.jsonl").write_text(line + "\n" + json.dumps({"text": GIPFEL}) + "\n")
    index = built(folder, tmp_path)
    assert [(p.line, p.lost) for p in index.last_update.problems if p.reason != "no-id"] == [
        (1, True)
    ]
    assert index.search("Gipfel").total == 1
    assert all(p.message.isprintable() for p in index.last_update.problems)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "\ud800", "title": "\udfff", "text": "Gipfel \ud800", "quelle": "\udc00"},
        {"id": 10**4000, "text": "Gipfel"},
        {"text": "Gipfel", "zahl": 10**4000, "gross": 1.7e308, "wahr": True},
        {"text": "Gipfel", **{f"feld{n}": n for n in range(2000)}},
        {"text": "Gipfel", "title": "Titel " * 100_000},
        {"text": "Gipfel", "quelle": "lang " * 100_000},
        {"text": "Gipfel", "x" * 100_000: "y"},
        {"text": "Gipfel", "date": "2018" * 100_000},
        {"text": "Gipfel", "date": "9" * 5000},
        {"text": "Gipfel", "person": "Trump", "year": "1", "id:": "x", "text ": "y", " ": 1},
    ],
    ids=lambda fields: ",".join(map(str, fields))[:30].encode("unicode_escape").decode(),
)
def test_odd_fields_are_kept_or_left_out_and_never_in_the_way(folder, tmp_path, fields):
    (folder / "a.jsonl").write_text(json.dumps(fields))
    index = built(folder, tmp_path)
    found = index.search("Gipfel", facets=["source"] if "source" in index.stats().fields else [])
    assert found.total == 1
    index.get(found.hits[0].id).text.encode()
    for name in index.stats().fields[:20]:
        index.facet(name)
