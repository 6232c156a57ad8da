"""Several segments as one, without their deleted documents, array by array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.documents import document_arrays
from searchkit.engine.arrays.fields import CHAINS, WORD_FIELDS
from searchkit.engine.arrays.form_arrays import form_arrays
from searchkit.engine.arrays.form_columns import FormColumns
from searchkit.engine.arrays.gathering import place_arrays
from searchkit.engine.arrays.integers import Arrays, narrowest
from searchkit.engine.arrays.postings import (
    AllPlaces,
    FieldPostings,
    Layout,
    Occurrences,
    posting_arrays,
)
from searchkit.engine.arrays.segment import Segment
from searchkit.query.plan import TEXT

Mask = NDArray[np.bool_]


def merged_arrays(segments: Sequence[Segment], live: Sequence[Mask]) -> Arrays:
    """The arrays of a segment with the live documents of several, in their order.

    The result is what ``SegmentBuilder`` would make of the same documents.

    Args:
        segments: at least one.
        live: for each, which documents to keep.
    """
    pairs = list(zip(segments, live, strict=True))
    fields = [*WORD_FIELDS, *CHAINS.values()]
    kept = {
        field: [_kept(_postings(segment, field), mask) for segment, mask in pairs]
        for field in fields
    }
    used = [
        _used_forms([kept[field][n] for field in fields], len(segment.forms))
        for n, segment in enumerate(segments)
    ]
    arrays, ranks = form_arrays(
        [FormColumns.of_forms(s.forms).chosen(mask) for s, mask in zip(segments, used, strict=True)]
    )
    new_forms = [_spread(mask, rank) for mask, rank in zip(used, ranks, strict=True)]
    first_documents = np.cumsum([0, *(int(mask.sum()) for _, mask in pairs)]).tolist()
    for field in fields:
        arrays |= posting_arrays(field, _united(kept.pop(field), new_forms, first_documents))
    for field in WORD_FIELDS:
        lengths = [segment.lengths(field)[mask] for segment, mask in pairs]
        arrays[f"{field}.lengths"] = narrowest(np.concatenate(lengths), np.uint16, np.uint32)
    signatures = [segment.signatures[mask] for segment, mask in pairs]
    arrays["signatures"] = np.concatenate(signatures)
    rows = [row for segment, mask in pairs for row in segment.documents.rows(mask)]
    return arrays | _places(segments, live) | document_arrays(rows)


def _postings(segment: Segment, field: str) -> FieldPostings:
    return segment.words[field] if field in segment.words else segment.chains_of(field)


def _kept(postings: FieldPostings, live: Mask) -> AllPlaces:
    """The occurrences in live documents, the documents numbered anew."""
    found = postings.all()
    new_numbers = (np.cumsum(live) - 1).astype(np.int32)
    keep = live[found.documents]
    return AllPlaces(
        found.forms[keep],
        new_numbers[found.documents[keep]],
        found.positions[keep],
        None if found.widths is None else found.widths[keep],
    )


def _used_forms(found: Sequence[AllPlaces], forms: int) -> Mask:
    used = np.zeros(forms, dtype=np.bool_)
    for occurrences in found:
        used[occurrences.forms] = True
    return used


def _spread(used: Mask, ranks: NDArray[np.int32]) -> NDArray[np.int32]:
    """The new number of every form that is used."""
    numbers = np.zeros(len(used), dtype=np.int32)
    numbers[used] = ranks
    return numbers


def _united(
    found: Sequence[AllPlaces],
    new_forms: Sequence[NDArray[np.int32]],
    first_documents: Sequence[int],
) -> Occurrences:
    longest = 1 + max(int(each.positions.max(initial=0)) for each in found)
    layout = Layout.of(first_documents[-1], longest, max(map(len, new_forms)) * len(found))
    keys = [
        layout.packed(ranks[each.forms], each.documents + first, each.positions)
        for each, ranks, first in zip(found, new_forms, first_documents, strict=False)
    ]
    widths = [each.widths for each in found if each.widths is not None and len(each.forms)]
    return Occurrences(np.concatenate(keys), layout, np.concatenate(widths) if widths else None)


def _places(segments: Sequence[Segment], live: Sequence[Mask]) -> Arrays:
    gaps, odd_words, odd_lengths = [], [], []
    before = 0
    for segment, mask in zip(segments, live, strict=True):
        keep = np.repeat(mask, segment.lengths(TEXT))
        gaps.append(segment.gaps.slice(0, len(segment.gaps))[keep])
        odd = keep[segment.odd_words]
        new_words = np.cumsum(keep, dtype=np.int64) - 1 + before
        odd_words.append(new_words[segment.odd_words[odd]])
        odd_lengths.append(segment.odd_lengths[odd].astype(np.int32))
        before += int(keep.sum())
    return place_arrays(gaps, odd_words, odd_lengths)
