"""One name for what a document writes ``TRUMP`` in a headline and ``Trump`` below."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from searchkit.extract.final_s import last_word
from searchkit.extract.lists import lists
from searchkit.extract.memory import Named
from searchkit.extract.writing import is_in_capitals

_NAME = itemgetter(2)
_Value = tuple[str, str]
"""A label and a name."""


def with_case_as_elsewhere(named: list[Named]) -> list[Named]:
    """Mentions with the names that other mentions have, where these differ by case only.

    A name in capitals is what is written the same in small letters, whatever that is, or the person
    of that surname; what the lists have in capitals stays. Otherwise most mentions decide.

    Args:
        named: the mentions of a document.

    >>> trump = ("ORG", "TRUMP", "TRUMP", [(0, 5)])
    >>> with_case_as_elsewhere([trump, ("PER", "Ole Trump", "Ole Trump", [(9, 18)])])[0]
    ('PER', 'TRUMP', 'Trump', [(0, 5)])
    """
    # Asked of every document, and of most in vain.
    names = {*map(_NAME, named)}
    listed = lists().canonical["ORG"]
    capitals = {n for n in filter(str.isupper, names) if is_in_capitals(n) and n not in listed}
    changed = _by_surname(named, capitals) if capitals else {}
    if len({*map(str.lower, names)}) < len(names):
        changed |= _by_case(named)
    if not changed:
        return named
    result: list[Named] = []
    for label, form, name, spans in named:
        label, name = changed.get((label, name), (label, name))
        result.append((label, form, name, spans))
    return result


def _by_case(named: list[Named]) -> dict[_Value, _Value]:
    """What names become of which the document has another way to write them."""
    counts: Counter[_Value] = Counter()
    for label, _, name, spans in named:
        counts[label, name] += len(spans)
    alike: dict[str, list[_Value]] = {}
    for value in counts:
        alike.setdefault(value[1].lower(), []).append(value)
    changed: dict[_Value, _Value] = {}
    for values in alike.values():
        if len(values) == 1:
            continue
        best = min(values, key=lambda value: (_has_capitals(value[1]), -counts[value]))
        changed |= {value: best for value in values if _is_called(value, best)}
    return changed


def _is_called(value: _Value, best: _Value) -> bool:
    """Whether a value is another but for its case."""
    if value[1] == best[1] or _is_listed(value):
        return False
    return value[0] == best[0] or (_has_capitals(value[1]) and not _has_capitals(best[1]))


def _by_surname(named: list[Named], capitals: set[str]) -> dict[_Value, _Value]:
    """What names in capitals become that are surnames of persons named in full."""
    fulls = [name for label, _, name, _ in named if label == "PER" and " " in name]
    surnames = {last.upper(): last for last in map(last_word, fulls) if not last.isupper()}
    theirs = capitals & surnames.keys()
    if not theirs:
        return {}
    values = {(label, name) for label, _, name, _ in named if name in theirs and label != "LOC"}
    return {value: ("PER", surnames[value[1]]) for value in values}


def _is_listed(value: _Value) -> bool:
    return value[1] in lists().canonical[value[0]]


def _has_capitals(name: str) -> bool:
    return any(map(is_in_capitals, name.split(" ")))
