from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from searchkit.corpus.decode import decode, split_lines, utf8_blocks
from searchkit.corpus.json_lines import read_json_line
from searchkit.corpus.plain_text import read_markdown, read_seed_text
from searchkit.corpus.reader import Corpus

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["id", "text", "title", "date", "source"]) | st.text(max_size=4)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted(place % (len(data) + 1) for place in places)
    return [data[a:b] for a, b in zip([0, *ends], [*ends, len(data)], strict=True)]


@given(st.binary() | st.text(alphabet="ab\n").map(str.encode), st.lists(st.integers(0)))
def test_lines_do_not_depend_on_blocks(data: bytes, places: list[int]) -> None:
    lines = list(split_lines(cut(data, places), limit_bytes=3))
    expected = [line if len(line) <= 3 else None for line in data.split(b"\n")]
    assert lines == (expected if expected[-1] != b"" else expected[:-1])


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.lists(st.integers(0)))
def test_unicode_streams_become_utf_8(text: str, encoding: str, places: list[int]) -> None:
    text = "a" + text  # a byte order mark of its own is not the question here
    blocks = cut(text.encode(encoding), places)
    assert b"".join(utf8_blocks(blocks)) == text.encode()
    assert decode(text.encode(encoding)) == (text, "")


@given(st.binary())
def test_any_bytes_become_text(data: bytes) -> None:
    text, _ = decode(data)
    text.encode()


@given(
    st.text(alphabet=" \tdate0123456789-#\nä") | st.text(),
    st.sampled_from([read_seed_text, read_markdown]),
)
def test_no_text_is_too_odd_to_read(text: str, read: type) -> None:
    reading = read(text, "a")
    if reading.document is None:
        assert [remark.reason for remark in reading.remarks] == ["empty"]
    else:
        kept = reading.document.text
        assert kept == kept.strip() != ""
        assert kept in text


@given(st.dictionaries(names, json_values), st.booleans())
def test_every_json_line_is_read_or_refused(fields: dict[str, object], ascii_only: bool) -> None:
    reading = read_json_line(json.dumps(fields, ensure_ascii=ascii_only), "a:1")
    assert (reading.document is None) == any(remark.lost for remark in reading.remarks)
    if reading.document is not None:
        assert reading.document.text == str(fields["text"]).replace("\r", "\n").strip() or (
            "\r\n" in str(fields["text"])
        )
        assert set(reading.document.metadata) <= set(fields)


@given(st.lists(st.binary(max_size=30) | st.just(b'{"text": "a"}'), max_size=8))
def test_a_corpus_of_any_bytes_never_raises(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.jsonl", "b.txt", "c.md", "d.jsonl.gz", "e.jsonl.xz"):
            Path(folder, name).write_bytes(b"\n".join(lines))
        corpus = Corpus(folder)
        found = list(corpus.documents())
        assert len({item.document.id for item in found}) == len(found)
        assert corpus.read_bytes == corpus.size_bytes
        assert len(corpus.states) == 5
