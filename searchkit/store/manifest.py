"""What a generation says of itself, and of every one of its files."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from searchkit.errors import IndexCorrupt, IndexTooNew, IndexTooOld

#: Grows with every change of the files that an older searchkit could not read.
FORMAT_VERSION = 6

NAME = "manifest.json"
REBUILD = "rebuild it: searchkit index --rebuild"
#: Where the generation before may help; the command says when it does not.
REPAIR = "go back to the state before: searchkit restore; or " + REBUILD

_DIGEST_BYTES = 16
# A longer one is not believed, and not read.
_LONGEST_BYTES = 1 << 26
# Files of arrays, which are verified when they are used.
_OF_ARRAYS = (".segment", ".arrays", ".deleted")
# Others as small as this are hashed on opening: that takes a quarter of a millisecond at most.
_HASHED_ON_OPENING = 1 << 18


class FileRecord(NamedTuple):
    """The size of a file, and the hash of its content in hexadecimal (BLAKE2b, 16 bytes)."""

    size_bytes: int
    digest: str

    @classmethod
    def of(cls, file: Path) -> FileRecord:
        """What a file is now.

        Raises:
            OSError: it cannot be read.
        """
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, _new_hash)
            return cls(opened.tell(), found.hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a generation.

    Args:
        settings: what the stored terms depend on, by name; compared on opening.
        built: a name of its own for every build from nothing, kept by updates.
        sources: absolute paths of what was indexed.
        uncounted: documents changed since the words were last counted for suggestions.
        number: of the generation; set when it is sealed.
        files: every file of the generation but this one; set when it is sealed.
        format_version: of the files.
    """

    settings: Mapping[str, str]
    built: str
    sources: tuple[str, ...] = ()
    uncounted: int = 0
    number: int = 0
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION

    @property
    def size_bytes(self) -> int:
        """The size of all files."""
        return sum(record.size_bytes for record in self.files.values())

    def to_json(self) -> str:
        """The manifest as the text of its file, sealed with the hash of what it says."""
        content = asdict(self)
        return json.dumps(content | {"seal": _seal(content)}, ensure_ascii=True, indent=1) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a generation's folder; see ``verify_sizes`` for the files.

        Raises:
            IndexCorrupt: it is missing, unreadable or not as it was sealed.
            IndexTooOld, IndexTooNew: the files are of another format version.
        """
        try:
            found = json.loads(_content(folder / NAME))
            _require_format(int(found["format_version"]))
            seal = found.pop("seal")
            if seal != _seal(found):
                raise ValueError("seal")
            return _manifest(found)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _corrupt(folder) from error


def verify_sizes(folder: Path, manifest: Manifest) -> None:
    """Whether the files of a generation are there, with their sizes, and no others; small ones
    that hold no arrays are read. Links are refused: what they lead to is not the index's.

    Raises:
        IndexCorrupt: names the first that is not as it should be.
    """
    for name, fault in size_faults(folder, manifest).items():
        raise IndexCorrupt(f"{name} in {folder} {fault}", REPAIR)


def size_faults(folder: Path, manifest: Manifest) -> dict[str, str]:
    """What ``verify_sizes`` finds wrong: a few words for each file, by name."""
    try:
        found = {e.name: e.stat(follow_symlinks=False) for e in os.scandir(folder)}
    except OSError:
        return {folder.name: "cannot be read"}
    faults = {}
    for name, record in manifest.files.items():
        state = found.pop(name, None)
        if state is None:
            faults[name] = "is missing"
        elif not stat.S_ISREG(state.st_mode):
            faults[name] = "is not a regular file"
        elif state.st_size != record.size_bytes:
            faults[name] = f"has {state.st_size} bytes instead of {record.size_bytes}"
        elif record.size_bytes <= _HASHED_ON_OPENING and not name.endswith(_OF_ARRAYS):
            faults |= hash_fault(folder / name, record)
    others = [name for name in found if name != NAME and not name.startswith(".")]
    return faults | dict.fromkeys(others, "is no part of the index")


def hash_fault(file: Path, record: FileRecord) -> dict[str, str]:
    """What is wrong with the content of a file, by its name; nothing where all is well."""
    try:
        return {} if FileRecord.of(file) == record else {file.name: "is damaged"}
    except OSError as error:
        return {file.name: f"cannot be read: {(error.strerror or str(error)).lower()}"}


def _new_hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_DIGEST_BYTES)


def _seal(content: Mapping[str, Any]) -> str:
    """The hash of what a manifest says, however its file is laid out."""
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    return hashlib.blake2b(text.encode("ascii"), digest_size=_DIGEST_BYTES).hexdigest()


def _content(file: Path) -> str:
    state = file.lstat()
    if not stat.S_ISREG(state.st_mode) or state.st_size > _LONGEST_BYTES:
        raise ValueError("no manifest")
    return file.read_text(encoding="ascii")


def _require_format(version: int) -> None:
    says = f"the index has format {version}, this searchkit reads {FORMAT_VERSION}"
    if version > FORMAT_VERSION:
        raise IndexTooNew(says, "update searchkit, or " + REBUILD)
    if version < FORMAT_VERSION:
        raise IndexTooOld(says, REBUILD)


def _manifest(found: Mapping[str, Any]) -> Manifest:
    return Manifest(
        settings={str(name): str(value) for name, value in found["settings"].items()},
        built=str(found["built"]),
        sources=tuple(map(str, found["sources"])),
        uncounted=int(found["uncounted"]),
        number=int(found["number"]),
        files={_file_name(n): FileRecord(int(r[0]), str(r[1])) for n, r in found["files"].items()},
        format_version=int(found["format_version"]),
    )


def _file_name(name: str) -> str:
    """A name that stays in the folder of the generation."""
    if name != Path(name).name:
        raise ValueError(name)
    return name


def _corrupt(folder: Path) -> IndexCorrupt:
    return IndexCorrupt(f"the manifest of {folder.name} in {folder.parent} is damaged", REPAIR)
