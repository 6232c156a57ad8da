"""Whose the s at the end of a name is, as the words around it tell: the name's, or a genitive's."""

from __future__ import annotations

from functools import cache

from searchkit.extract.lists import lists
from searchkit.extract.memory import Named
from searchkit.extract.names import role_kind

_REACH = 40
_MARKS = frozenset(".,;:!?)(")
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
# Kinds of words that no possession begins with.
_NO_POSSESSION = ("no-possession", "saying", "finite-verbs")
_FULL_STOPS = frozenset(".?!:")
_DASHES = frozenset("(–—")
_APOSTROPHES = ("'", "’")


def with_own_s(text: str, named: list[Named]) -> list[Named]:
    """Mentions whose names have their s back, where it cannot be an ending.

    Nothing is whose in ``sagt Jason Rhoades.``, ``in Lichtenfels,``, ``Annelies’ Hut``; and who is
    called ``Annelies Quell`` is ``Annelies`` for short.

    Args:
        text: the whole document.
        named: its mentions; a name lacks the s that its mention has where that was taken for an
            ending.

    >>> with_own_s("Das sagt Ole Rohndes.", [("PER", "Ole Rohndes", "Ole Rohnde", [(9, 20)])])
    [('PER', 'Ole Rohndes', 'Ole Rohndes', [(9, 20)])]
    """
    cut = [each for each in named if each[1][-1] == "s" and _is_cut(each[1], each[2])]
    if not cut:
        return named
    firsts = {name.partition(" ")[0] for label, _, name, _ in named if label == "PER"}
    own = {
        _key(label, name)
        for label, form, name, spans in cut
        if form in firsts or any(_is_no_genitive(text, label, *span) for span in spans)
    }
    # Where the document has the name without its s as well, that was an ending.
    own -= {_key(label, name) for label, form, name, _ in named if not form.endswith(f"{name}s")}
    if not own:
        return named
    return [
        (label, form, f"{name}s" if _key(label, name) in own else name, spans)
        for label, form, name, spans in named
    ]


def _key(label: str, name: str) -> tuple[str, str]:
    """What mentions have their s in common by: persons the surname, others the name."""
    return label, name.rpartition(" ")[2] if label == "PER" else name


def _is_cut(form: str, name: str) -> bool:
    """Whether the name is the mention without its s, and no list knows it like that."""
    return form.endswith(f"{name}s") and not lists().kinds.get(name.rpartition(" ")[2], 0)


def _is_no_genitive(text: str, label: str, start: int, end: int) -> bool:
    """Whether a name cannot be whose something is where it stands."""
    after = text[end : end + 2]
    if after[:1] in _APOSTROPHES and not after[1:].isalnum():
        return True  # "Annelies’ Hut": the genitive of a name in s
    if not (after[:1] in _MARKS or (after[:1] == " " and _goes_on(text, end, _NO_POSSESSION))):
        return False
    before = text[max(0, start - _REACH) : start].split()
    opens = not before or (before[-1][-1] in _FULL_STOPS and not role_kind(before[-1]))
    if label == "PER" and opens:
        return _goes_on(text, end, ("saying", "finite-verbs"))  # "Rohndes sagt"
    if not before or text[start - 1] not in " \xa0\n":
        return False
    if before[-1].lower() in _group("no-genitive"):
        return True
    # "sagt Rohndes", "Minister Rohndes"; but "Minister Lampukistans", "Sprecherin Quells"
    role = before[-1].rpartition("-")[2]
    is_led = role_kind(role) and not role.lower().endswith(lists().words["relations"])
    return label == "PER" and bool(is_led or before[-1] in _group("saying"))


def _goes_on(text: str, end: int, groups: tuple[str, ...]) -> bool:
    """Whether the word behind a name is of some groups or, where any will do, no adjective."""
    words = text[end : end + _REACH].split(None, 1)
    word = words[0].rstrip(".,:;") if words else ""
    if any(word in _group(group) for group in groups):
        return True
    if groups is not _NO_POSSESSION:
        return False
    # What is somebody's may begin with an adjective only.
    is_plain = word.islower() and word.isalpha()
    return word[:1] in _DASHES or (is_plain and not word.endswith(_ADJECTIVE_ENDINGS))


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(lists().words[name])
