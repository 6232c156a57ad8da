"""The words that dates are written with."""

from __future__ import annotations

MONTHS = {
    "jan": 1, "januar": 1, "jänner": 1, "jaenner": 1, "feb": 2, "februar": 2, "feber": 2,
    "mär": 3, "mrz": 3, "märz": 3, "maerz": 3, "apr": 4, "april": 4, "mai": 5,
    "jun": 6, "juni": 6, "jul": 7, "juli": 7, "aug": 8, "august": 8,
    "sep": 9, "sept": 9, "september": 9, "okt": 10, "oktober": 10,
    "nov": 11, "november": 11, "dez": 12, "dezember": 12,
}  # fmt: skip
"""From the names of months, in lower case, to their numbers."""

_UNITS = "ein zwei drei vier fünf sechs sieben acht neun".split()
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            *"erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft".split(),
            *(f"{unit}zehnt" for unit in "drei vier fünf sech sieb acht neun".split()),
            *(f"{units}zwanzigst" for units in ("", *(f"{unit}und" for unit in _UNITS))),
            *("dreißigst", "einunddreißigst"),
        ),
        1,
    )
    for word in (f"{words}e", f"{words}en", f"{words}er")
}
"""From ordinals for days, as they are declined, to their numbers."""
