"""The passages of a text that show best why it was found.

Whole sentences where they fit; of those the ones with the most and rarest words of the query.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchkit.markup.spans import Span
from searchkit.model import Snippet
from searchkit.search.highlight import Marked
from searchkit.text.sentences import sentence_spans

ELLIPSIS = "…"

#: Passages of one text, at most; a further one must show a word that the others lack.
MAX_SNIPPETS = 3

# What a second occurrence of a word is worth beside the first, and how much the share of an
# unmarked rest counts: just enough to choose among equals.
_REPEATED = 0.05
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Passage:
    """A piece of the text, and what it shows.

    Args:
        start, end: in the text.
        first, last: the marks inside, as a half-open range into ``Marked``.
    """

    start: int
    end: int
    first: int
    last: int


def make_snippets(text: str, marked: Marked, length: int) -> tuple[Snippet, ...]:
    """Choose passages, the best first.

    Args:
        text: of the document.
        marked: the found words.
        length: of a passage in code points, at most.

    Returns:
        One to three passages, or the beginning of the text where nothing is marked; none for an
        empty text.
    """
    sentences = sentence_spans(text)
    if not sentences:
        return ()
    if not marked.spans:
        return (_beginning(text, sentences, length),)
    passages = list(_passages(text, sentences, marked.spans, length))
    chosen = _choose(passages, marked)
    return tuple(_snippet(text, sentences, passage, marked.spans) for passage in chosen)


def best_passages(text: str, marked: Marked, length: int) -> list[tuple[int, int, float]]:
    """All passages with a found word in them, none overlapping another, the best first.

    Args:
        text, marked, length: as for ``make_snippets``.

    Returns:
        Start, end and worth of each: every found word once, by its rarity, and a little for
        repetitions. The beginning of the text, worth nothing, where nothing is marked.
    """
    sentences = sentence_spans(text)
    if not sentences:
        return []
    if not marked.spans:
        beginning = _beginning(text, sentences, length)
        return [(beginning.offset, beginning.offset + len(beginning.text.rstrip(ELLIPSIS)), 0.0)]
    found = [
        (_worth(passage, marked, set()), passage)
        for passage in _passages(text, sentences, marked.spans, length)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].start))
    chosen: list[tuple[int, int, float]] = []
    for worth, passage in found:
        if all(passage.end <= start or passage.start >= end for start, end, _ in chosen):
            chosen.append((passage.start, passage.end, worth))
    return chosen


def _passages(
    text: str, sentences: Sequence[Span], spans: Sequence[Span], length: int
) -> Iterator[_Passage]:
    """Every run of whole sentences that begins with a marked one and fits; where a single
    sentence does not fit, every window in it that begins at a mark.
    """
    starts = [start for start, _ in spans]
    for number, (start, end) in enumerate(sentences):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last:
            continue
        if end - start > length:
            yield from _windows(text, (start, end), spans, range(first, last), length)
            continue
        for _, following in sentences[number + 1 :]:
            if following - start > length:
                break
            end = following
        yield _Passage(start, end, first, bisect_left(starts, end))


def _windows(
    text: str, sentence: Span, spans: Sequence[Span], marks: range, length: int
) -> Iterator[_Passage]:
    """Pieces of a long sentence, cut at blanks, with some words before the first mark."""
    for mark in marks:
        start, end = _cut(text, sentence, spans[mark], length)
        last = mark
        while last < marks.stop and spans[last][1] <= end:
            last += 1
        first = mark
        while first > marks.start and spans[first - 1][0] >= start:
            first -= 1
        yield _Passage(start, end, first, max(last, mark + 1))


def _cut(text: str, sentence: Span, mark: Span, length: int) -> Span:
    """A window of a sentence around a mark, its ends at blanks where there are any near."""
    begin = max(sentence[0], min(mark[0] - length // 4, sentence[1] - length))
    if begin > sentence[0]:
        blank = _BLANK.search(text, begin, mark[0])
        begin = blank.end() if blank else begin
    end = min(sentence[1], max(begin + length, mark[1]))
    if end < sentence[1]:
        after = max(mark[1], begin)
        blanks = [m.start() for m in _BLANK.finditer(text, after, end + 1)]
        end = blanks[-1] if blanks else end
    return begin, max(end, mark[1])


def _choose(passages: Sequence[_Passage], marked: Marked) -> list[_Passage]:
    """The best passage, then others as long as they show a word not yet shown."""
    shown: set[int] = set()
    chosen: list[_Passage] = []
    while len(chosen) < MAX_SNIPPETS:
        free = [p for p in passages if all(p.end <= c.start or p.start >= c.end for c in chosen)]
        best = max(free, key=lambda p: _worth(p, marked, shown), default=None)
        if best is None:
            break
        kinds = set(marked.kinds[best.first : best.last])
        if chosen and kinds <= shown:
            break
        chosen.append(best)
        shown |= kinds
    return chosen


def _worth(passage: _Passage, marked: Marked, shown: set[int]) -> float:
    """Each new word by its rarity, once; a little for repetitions."""
    inside = slice(passage.first, passage.last)
    worth: dict[int, float] = {}
    for kind, weight in zip(marked.kinds[inside], marked.weights[inside], strict=True):
        worth[kind] = max(worth.get(kind, 0.0), weight)
    new = sum(weight for kind, weight in worth.items() if kind not in shown)
    return new + _REPEATED * min(sum(marked.weights[inside]), 10.0)


def _snippet(
    text: str, sentences: Sequence[Span], passage: _Passage, spans: Sequence[Span]
) -> Snippet:
    shown = _merged(
        [span for span in spans[passage.first : passage.last] if span[1] <= passage.end]
    )
    before = "" if any(passage.start == start for start, _ in sentences) else ELLIPSIS
    after = "" if any(passage.end == end for _, end in sentences) else ELLIPSIS
    shift = len(before) - passage.start
    return Snippet(
        before + text[passage.start : passage.end] + after,
        tuple((start + shift, end + shift) for start, end in shown),
        passage.start,
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans that overlap or touch made one; the two segments of a chain stay two."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _beginning(text: str, sentences: Sequence[Span], length: int) -> Snippet:
    start, end = sentences[0]
    for _, following in sentences[1:]:
        if following - start > length:
            break
        end = following
    if end - start <= length:
        return Snippet(text[start:end], (), start)
    start, end = _cut(text, (start, end), (start, start), length)
    return Snippet(text[start:end] + ELLIPSIS, (), start)
