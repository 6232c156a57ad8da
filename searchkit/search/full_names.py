"""Short names across documents: ``Putin`` shown under ``Wladimir Putin`` where hardly anybody else
of that name is in the index.

Within a document short names were resolved when it was indexed. What is left are documents that
never say the full name. Decided from the counts of an index as it is, so that no update can
contradict it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SHARE = 0.95
_DOCUMENTS = 5


def full_names(counts: Mapping[str, int]) -> dict[str, str]:
    """The full name that each short name stands for.

    Args:
        counts: every person of an index, and how many documents name each.

    Returns:
        By short name, the one full name ending in it that holds 95 % of the documents with any
        such name, of which there are 5 at least. Other short names are left out.

    >>> full_names({"Putin": 3, "Wladimir Putin": 40, "Müller": 9, "Eva Müller": 5, "Jo Müller": 5})
    {'Putin': 'Wladimir Putin'}
    """
    bearers: dict[str, list[str]] = {}
    for name in counts:
        # No generator of endings: this is what a first look at a document waits for.
        place = name.find(" ")
        while place >= 0:
            if (short := name[place + 1 :]) in counts:
                bearers.setdefault(short, []).append(name)
            place = name.find(" ", place + 1)
    found: dict[str, str] = {}
    # The longer first: "von der Leyen" is settled before "Leyen", of which it is a bearer.
    for short in sorted(bearers, key=lambda name: (-name.count(" "), name)):
        documents: dict[str, int] = {}
        for name in bearers[short]:
            full = found.get(name, name)
            documents[full] = documents.get(full, 0) + counts[name]
        total, best = sum(documents.values()), max(documents, key=documents.__getitem__)
        if total >= _DOCUMENTS and documents[best] >= _SHARE * total:
            found[short] = best
    return found


def groups(full: Mapping[str, str], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Some full names with all that is shown under each, the full name first.

    Args:
        full: as ``full_names`` gives it.
        names: those whose groups are asked for; names of no group are left out.

    >>> groups({"Putin": "Wladimir Putin"}, ["Putin", "Angela Merkel"])
    {'Wladimir Putin': ('Wladimir Putin', 'Putin')}
    """
    wanted = dict.fromkeys(full[name] for name in names if name in full)
    if not wanted:
        return {}
    shorts: dict[str, list[str]] = {name: [] for name in wanted}
    for short, name in full.items():
        if name in wanted:
            shorts[name].append(short)
    return {name: (name, *sorted(found)) for name, found in shorts.items()}
