"""How the words of several segments are mostly written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

#: Forms, the exact term of each, and how often each occurs.
CountedForms: TypeAlias = tuple[Sequence[str], Sequence[str], Sequence[int]]


def written_forms(segments: Sequence[CountedForms]) -> dict[str, int]:
    """The commonest form of every exact term, and how often all its forms occur.

    Of equally frequent forms the one in lower case counts, then that with a capital.

    >>> written_forms([(["Rom", "rom"], ["rom", "rom"], [2, 1]), (["rom"], ["rom"], [1])])
    {'rom': 4}
    """
    counts: dict[str, int] = {}
    exact_terms: dict[str, str] = {}
    for forms, terms, numbers in segments:
        exact_terms.update(zip(forms, terms, strict=True))
        for form, number in zip(forms, numbers, strict=True):
            counts[form] = counts.get(form, 0) + number
    totals: dict[str, int] = {}
    best: dict[str, str] = {}
    for form, count in counts.items():
        exact = exact_terms[form]
        totals[exact] = totals.get(exact, 0) + count
        other = best.setdefault(exact, form)
        if other is not form and _comes_before(form, other, exact, counts):
            best[exact] = form
    return {form: totals[exact] for exact, form in best.items()}


def _comes_before(form: str, other: str, exact: str, counts: dict[str, int]) -> bool:
    """Whether one of two forms of an exact term is rather shown than the other."""
    if counts[form] != counts[other]:
        return counts[form] > counts[other]
    capitalised = exact.capitalize()
    return (form != exact, form != capitalised, form) < (
        other != exact,
        other != capitalised,
        other,
    )
