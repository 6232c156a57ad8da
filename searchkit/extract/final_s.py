"""Whose the s at the end of a name is, as the text around it tells: the name's, or a genitive's."""

from __future__ import annotations

from searchkit.extract.lists import group, lists
from searchkit.extract.memory import Named
from searchkit.extract.names import is_name, role_kind

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


def with_s_as_elsewhere(named: list[Named]) -> list[Named]:
    """Decide by the document which final s is an ending: ``Obamas`` beside ``Obama`` is.

    The name of one mention is a guess where it ends in s. An unlisted full name that the document
    writes several times and always with the s keeps it; one it writes without as well loses it.
    """
    doubtful = [each for each in named if each[1][-1] == "s" or each[2][-1] == "s"]
    if not doubtful:
        return named
    persons = [each for each in doubtful if each[0] == "PER"]
    changed = _changed_persons(persons, named) if persons else {}
    if len(persons) < len(doubtful):
        changed |= _changed_others(doubtful, named)
    if not changed:
        return named
    return [
        (label, form, changed.get((label, name), name), spans) for label, form, name, spans in named
    ]


def _changed_others(doubtful: list[Named], named: list[Named]) -> dict[tuple[str, str], str]:
    """The names of places and organisations that the document writes without their s as well."""
    with_s = {(label, name) for label, _, name, _ in doubtful if label != "PER" and name[-1] == "s"}
    others = {(label, name) for label, _, name, _ in named} if with_s else set()
    return {(label, name): name[:-1] for label, name in with_s if (label, name[:-1]) in others}


def _changed_persons(doubtful: list[Named], named: list[Named]) -> dict[tuple[str, str], str]:
    """The names of persons that get or lose an s, of those whose name or words end in one."""
    with_s = [name for _, _, name, _ in doubtful if name[-1] == "s"]
    keeping = [
        name
        for _, form, name, _ in doubtful
        if form[-1] == "s" and " " in name and not is_name(last_word(name))
    ]
    if not with_s and not keeping:
        return {}
    written: dict[str, list[Named]] = {}
    for person in named:
        if person[0] == "PER":
            written.setdefault(person[2], []).append(person)
    changed = {name: name[:-1] for name in with_s if name[:-1] in written}
    if keeping := _keeping_s(keeping, written):
        # "Knieps" beside "Franz Knieps", which was found to keep its s.
        kept = {last_word(name) for name in keeping}
        alone = [name for name in written if name in kept and _always_with_s(name, written[name])]
        changed |= {name: f"{name}s" for name in (*keeping, *alone)}
    return {("PER", name): other for name, other in changed.items()}


def _keeping_s(candidates: list[str], written: dict[str, list[Named]]) -> list[str]:
    """Full names whose surname the document writes several times, always with an s.

    Args:
        candidates: full names, unlisted.
        written: of every person's name its mentions.
    """
    if not candidates:
        return []
    by_surname: dict[str, list[Named]] = {}
    for name, found in written.items():
        by_surname.setdefault(last_word(name), []).extend(found)
    several = {s for s, found in by_surname.items() if sum(len(spans) for *_, spans in found) > 1}
    return [
        name
        for name in candidates
        if last_word(name) in several
        and _always_with_s(last_word(name), by_surname[last_word(name)])
    ]


def _always_with_s(name: str, found: list[Named]) -> bool:
    """Whether all of some mentions end in a name and an s."""
    with_s = f"{name}s"
    return all(form.endswith(with_s) for _, form, _, _ in found)


def _key(label: str, name: str) -> tuple[str, str]:
    """What mentions have their s in common by: persons the surname, others the name."""
    return label, last_word(name) if label == "PER" else name


def _is_cut(form: str, name: str) -> bool:
    """Whether the name is the mention without its s, and no list knows it like that."""
    return form.endswith(f"{name}s") and not lists().kinds.get(last_word(name), 0)


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
    if before[-1].lower() in group("no-genitive"):
        return True
    # "sagt Rohndes", "Minister Rohndes"; but "Minister Lampukistans", "Sprecherin Quells"
    role = before[-1].rpartition("-")[2]
    is_led = role_kind(role) and not role.lower().endswith(lists().words["relations"])
    return label == "PER" and bool(is_led or before[-1] in group("saying"))


def _goes_on(text: str, end: int, groups: tuple[str, ...]) -> bool:
    """Whether the word behind a name is of some groups or, where any will do, no adjective."""
    words = text[end : end + _REACH].split(None, 1)
    word = words[0].rstrip(".,:;") if words else ""
    if any(word in group(name) for name in groups):
        return True
    if groups is not _NO_POSSESSION:
        return False
    # What is somebody's may begin with an adjective only.
    is_plain = word.islower() and word.isalpha()
    return word[:1] in _DASHES or (is_plain and not word.endswith(_ADJECTIVE_ENDINGS))


def last_word(name: str) -> str:
    """The last word of a name: of a person, the surname.

    >>> last_word("Ursula von der Leyen"), last_word("Leyen")
    ('Leyen', 'Leyen')
    """
    return name.rpartition(" ")[2]
