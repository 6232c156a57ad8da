"""Forms that name both genders (``Bürger:innen``), and genitives with an apostrophe."""

from __future__ import annotations

import re

_GENDER = re.compile(r"(?:(?:[:*_]|/-?)(in|innen)|\((in|innen)\))$|(?<=[a-zäöüß])I(n|nnen)$")
_GENITIVE = re.compile(r"'s?$|'(?=[^']*$)")


def without_gender(form: str) -> str:
    """A form without the ending that names the other gender.

    >>> without_gender("Mitarbeiter:innen")
    'Mitarbeiter'
    """
    return _GENDER.sub("", form)


def plain_forms(form: str, lower: str) -> tuple[str, str | None]:
    """The word to stem, and of a form that names both genders the feminine: ``bürger`` and
    ``bürgerinnen`` for ``Bürger:innen``, ``autor`` and ``autorin`` for ``Autor:in``.

    Args:
        form: a word in normal form.
        lower: the same in lower case.

    >>> plain_forms("Bürger:innen", "bürger:innen"), plain_forms("Putin's", "putin's")
    (('bürger', 'bürgerinnen'), ('putin', None))
    """
    gender = _GENDER.search(form)
    if gender:
        base = lower[: gender.start()]
        return base, base + gender.group().strip(":*_/-()").lower()
    return (_without_genitive(lower) if "'" in lower else lower), None


def _without_genitive(word: str) -> str:
    return _GENITIVE.sub("", word) or word
