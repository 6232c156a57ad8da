"""The forms of one segment, put in order and laid out as the arrays of ``Forms``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.form_columns import FormColumns
from searchkit.engine.arrays.forms import IntArray, form_kinds
from searchkit.engine.arrays.integers import Arrays, small_integer_arrays
from searchkit.engine.arrays.strings import line_arrays
from searchkit.text.numbering import ranked
from searchkit.text.word_forms import OTHER


def form_arrays(columns: Sequence[FormColumns]) -> tuple[Arrays, list[IntArray]]:
    """The forms of several sources as those of one segment.

    Returns:
        The arrays of ``Forms``; and for each source, the numbers its forms get.
    """
    exact_terms, exact_ranks = ranked([source.exact_terms for source in columns])
    others, other_ranks = ranked([source.others for source in columns])
    stems, stem_ranks = ranked([source.stems for source in columns])
    kinds = OTHER + len(others)
    keys = [
        ranks[source.exact].astype(np.int64) * kinds + _kinds(source, others_of_source)
        for source, ranks, others_of_source in zip(columns, exact_ranks, other_ranks, strict=True)
    ]
    unique, first, inverse = np.unique(np.concatenate(keys), return_index=True, return_inverse=True)
    bounds = np.cumsum([0, *map(len, keys)])
    numbers = [inverse[begin:end].astype(np.int32) for begin, end in pairwise(bounds.tolist())]
    exact, kind = np.divmod(unique, kinds)
    arrays = line_arrays("exact", exact_terms)
    counts = np.bincount(exact, minlength=len(exact_terms))
    arrays |= small_integer_arrays("exact.forms", counts, bits=4)
    arrays["form.case"] = np.minimum(kind, OTHER).astype(np.uint8)
    arrays["form.letters"] = np.concatenate([source.letters for source in columns])[first]
    arrays["form.parts"] = np.concatenate([source.part_counts for source in columns])[first]
    is_other = np.flatnonzero(kind >= OTHER)
    arrays["other.forms"] = is_other.astype(np.uint32)
    arrays |= line_arrays("other", [others[n] for n in (kind[is_other] - OTHER).tolist()])
    arrays |= line_arrays("stem", stems)
    arrays |= _stem_arrays(columns, stem_ranks, numbers, len(stems))
    arrays |= _part_arrays(columns, stem_ranks, numbers)
    return arrays, numbers


def _kinds(source: FormColumns, other_ranks: IntArray) -> NDArray[np.int64]:
    return form_kinds(source.cases, np.flatnonzero(source.cases == OTHER), other_ranks)


def _stem_arrays(
    columns: Sequence[FormColumns],
    ranks: Sequence[IntArray],
    numbers: Sequence[IntArray],
    count: int,
) -> Arrays:
    rows = np.concatenate(
        [
            (stem_ranks[source.stem_rows[:, 0]].astype(np.int64) << 32)
            | form_numbers[source.stem_rows[:, 1]]
            for source, stem_ranks, form_numbers in zip(columns, ranks, numbers, strict=True)
        ]
    )
    # Sorted by hand: np.unique() without further arrays goes by hashes first, which is slower.
    rows.sort()
    rows = rows[np.diff(rows, prepend=-1) != 0]
    counts = np.bincount(rows >> 32, minlength=count)
    return small_integer_arrays("stem.counts", counts, bits=4) | {
        "stem.forms": (rows & 0xFFFFFFFF).astype(np.uint32),
    }


def _part_arrays(
    columns: Sequence[FormColumns], ranks: Sequence[IntArray], numbers: Sequence[IntArray]
) -> Arrays:
    rows = np.concatenate(
        [
            np.stack(
                [
                    stem_ranks[source.part_rows[:, 0]],
                    form_numbers[source.part_rows[:, 1]],
                    source.part_rows[:, 2],
                    source.part_rows[:, 3],
                ],
                axis=1,
            )
            for source, stem_ranks, form_numbers in zip(columns, ranks, numbers, strict=True)
        ]
    )
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    if len(columns) > 1 and len(rows):
        rows = rows[np.concatenate([[True], (np.diff(rows[:, :3], axis=0) != 0).any(axis=1)])]
    stems, begin = np.unique(rows[:, 0], return_index=True)
    return {
        "part.stems": stems.astype(np.uint32),
        "part.begin": np.append(begin, len(rows)).astype(np.uint32),
        "part.forms": rows[:, 1].astype(np.uint32),
        # A form is at most as long as the splitter looks into, which fits.
        "part.starts": rows[:, 2].astype(np.uint8),
        "part.ends": rows[:, 3].astype(np.uint8),
    }
