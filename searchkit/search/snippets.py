"""The passages of texts that show best why they were found.

Whole sentences where they fit; of those the ones with the most and rarest words of the query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from searchkit.markup.spans import Span
from searchkit.model import Snippet
from searchkit.search.highlight import Marks
from searchkit.text.sentences import sentences

ELLIPSIS = "…"

#: Passages of one text, at most; a further one must show a word that the others lack.
MAX_SNIPPETS = 3

# What a second occurrence of a word is worth beside the first, and up to how much in all.
_REPEATED = 0.05
_MOST_REPEATED = 10.0
# How much of a passage may lie between its first mark and its last: the sentence around the first
# mark begins before it.
_WINDOW = 0.75
# Marks of one text that are looked at for a second and third passage.
_MOST_MARKS = 500
_BLANK = re.compile(r"\s")
# Further apart than two texts can overlap.
_APART = 1 << 40


# A mark: where it begins and ends, and its kind.
_Row: TypeAlias = tuple[int, int, int]


class _Passage(NamedTuple):
    """A piece of a text: where it lies, and whether a sentence was cut at its ends."""

    start: int
    end: int
    cut_before: bool
    cut_after: bool


def make_snippets(
    texts: Sequence[str], marks: Marks, length: int, count: int = MAX_SNIPPETS
) -> list[tuple[Snippet, ...]]:
    """Choose passages of each text, the best first.

    Args:
        texts: of the documents of a page.
        marks: what was found in them.
        length: of a passage in code points, at most; a longer sentence is cut.
        count: passages of a text, at most; 1 or more.

    Returns:
        For each text one passage or more, or its beginning where nothing is marked; none for an
        empty text.
    """
    bounds = marks.documents.searchsorted(np.arange(len(texts) + 1, dtype=np.int32)).tolist()
    worth = _worth(marks, int(length * _WINDOW)).tolist()
    rows = list(zip(marks.starts.tolist(), marks.ends.tolist(), marks.kinds.tolist(), strict=True))
    return [
        _chosen(text, rows[begin:end], worth[begin:end], marks.worths, length, count)
        for text, begin, end in zip(texts, bounds, bounds[1:], strict=False)
    ]


def _worth(marks: Marks, window: int) -> NDArray[np.float64]:
    """What the marks of a text show together from each of them on, as far as a window reaches: each
    kind once by its rarity, less as a part; a little for repetitions.
    """
    count, kinds = len(marks), len(marks.worths)
    places = marks.documents.astype(np.int64) * _APART + marks.starts
    ends = places.searchsorted(places + window)
    # Whole words first, then parts.
    worths = np.array([*marks.worths, *(marks.part * worth for worth in marks.worths)])
    columns = marks.kinds + kinds * marks.is_part
    sums = np.zeros(count + 1)
    worths[columns].cumsum(out=sums[1:])
    # How often each was found before each mark.
    found = np.zeros((count + 1, 2 * kinds), dtype=np.int32)
    np.equal(columns[:, np.newaxis], np.arange(2 * kinds)).cumsum(0, np.int32, found[1:])
    shown = (found[ends] > found[:-1]) * worths
    best = np.add.reduce(np.maximum(shown[:, :kinds], shown[:, kinds:]), axis=1)
    repeated = np.minimum(sums[ends] - sums[:-1], _MOST_REPEATED)
    return np.asarray(best + _REPEATED * repeated)


def _chosen(
    text: str,
    rows: Sequence[_Row],
    worth: Sequence[float],
    worths: Sequence[float],
    length: int,
    count: int,
) -> tuple[Snippet, ...]:
    if not rows:
        return (_beginning(text, length),) if text and not text.isspace() else ()
    first = worth.index(max(worth))
    passages = [_passage(text, _extent(rows, first, int(length * _WINDOW)), length)]
    if count > 1:
        passages += _further(text, rows, passages[0], worths, length, count)
    return tuple([_snippet(text, rows, passage) for passage in passages])


def _extent(rows: Sequence[_Row], first: int, window: int) -> Span:
    """From a mark to the last in its window that shows another word than those before."""
    start, end, kind = rows[first]
    shown = {kind}
    for other, reach, kind in rows[first + 1 :]:
        if other >= start + window:
            break
        if kind not in shown:
            shown.add(kind)
            end = max(end, reach)
    # A word may be longer than any passage: there is no end to invisible characters in it.
    return start, min(end, start + 2 * window)


def _further(
    text: str,
    rows: Sequence[_Row],
    best: _Passage,
    worths: Sequence[float],
    length: int,
    count: int,
) -> list[_Passage]:
    """More passages as long as they show a word not yet shown, the rarest word first."""
    passages = [best]
    rows = rows[:_MOST_MARKS]
    shown = _kinds_in(rows, best)
    while len(passages) < count:
        free = [row for row in rows if row[2] not in shown]
        if not free:
            break
        start, end, kind = max(free, key=lambda row: worths[row[2]])
        passage = _passage(text, (start, end), length)
        shown.add(kind)
        if all(passage.end <= p.start or passage.start >= p.end for p in passages):
            passages.append(passage)
            shown |= _kinds_in(rows, passage)
    return passages[1:]


def _kinds_in(rows: Sequence[_Row], passage: _Passage) -> set[int]:
    return {kind for a, b, kind in rows if passage.start <= a and b <= passage.end}


def _passage(text: str, shown: Span, length: int) -> _Passage:
    """Whole sentences around what is to be shown, and those after it that fit; where they do not
    fit, a piece of them.

    Only the surroundings are read: what lies further off is in no passage.

    Args:
        text: the whole.
        shown: from the first mark to the last that the passage should have.
        length: see ``make_snippets``.
    """
    # Of a sentence that begins further off than this, only a piece would fit.
    begin = max(0, shown[0] - 2 * length // 3)
    end = min(len(text), max(shown[1], shown[0] + length) + 1)
    is_begun = begin == 0
    # Every line begins with a sentence: what stands before need not be read.
    line = text.rfind("\n", begin, shown[0]) + 1
    if line:
        is_begun = is_begun or not text[begin:line].isspace()
        begin = line
    found = sentences(text, begin, end)
    start, stop = next(found)
    while stop <= shown[0]:
        start, stop = next(found)
        is_begun = True
    while stop < shown[1]:
        stop = next(found)[1]
    following = next(found, None)
    # The first and the last that were read may go on beyond.
    is_ended = following is not None or end == len(text)
    if not is_begun:
        # It was read from amid a word.
        blank = _BLANK.search(text, start - 1, shown[0])
        start = blank.end() if blank else start
    if stop - start > length or not (is_begun and is_ended):
        first, reach = _cut(text, (start, stop), shown, length)
        return _Passage(first, reach, first > start or not is_begun, reach < stop or not is_ended)
    while following is not None and following[1] - start <= length:
        known, following = following[1], next(found, None)
        if following is not None or end == len(text):
            stop = known
    return _Passage(start, stop, False, False)


def _cut(text: str, sentence: Span, mark: Span, length: int) -> Span:
    """A window of a sentence around a mark, its ends at blanks where there are any near."""
    begin = max(sentence[0], min(mark[0] - length // 4, sentence[1] - length))
    if begin > sentence[0]:
        blank = _BLANK.search(text, begin, mark[0])
        begin = blank.end() if blank else begin
    end = min(sentence[1], max(begin + length, mark[1]))
    if end < sentence[1]:
        end = _last_blank(text, max(mark[1], begin), end)
    return begin, max(end, mark[1])


def _last_blank(text: str, begin: int, end: int) -> int:
    """The last blank from one place to another, both included; the end where there is none."""
    place = end
    while place >= begin and not text[place].isspace():
        place -= 1
    return place if place >= begin else end


def _snippet(text: str, rows: Sequence[_Row], passage: _Passage) -> Snippet:
    start, end, cut_before, cut_after = passage
    before = ELLIPSIS if cut_before else ""
    shift = len(before) - start
    inside = [(a + shift, b + shift) for a, b, _ in rows if start <= a and b <= end]
    shown = before + text[start:end] + (ELLIPSIS if cut_after else "")
    return Snippet(shown, tuple(merged_spans(inside)), start)


def merged_spans(spans: Sequence[Span]) -> list[Span]:
    """Ascending spans, those that overlap or touch made one; the two segments of a chain stay two.

    >>> merged_spans([(0, 3), (3, 5), (6, 9), (7, 8)])
    [(0, 5), (6, 9)]
    """
    merged: list[Span] = []
    reached = -1
    for start, end in spans:
        if start > reached:
            merged.append((start, end))
            reached = end
        elif end > reached:
            merged[-1] = (merged[-1][0], end)
            reached = end
    return merged


def _beginning(text: str, length: int) -> Snippet:
    start = len(text) - len(text.lstrip())
    return _snippet(text, (), _passage(text, (start, start + 1), length))
