"""The direction of imports, as ARCHITECTURE.md draws it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import searchkit

PACKAGE = Path(searchkit.__file__).parent
# A room imports from itself and from the lines above its own.
LAYERS = [
    ["_version", "errors", "markup"],
    ["config"],
    ["dates", "explanation"],
    ["model"],
    ["text"],
    ["corpus", "extract", "query", "store"],
    ["engine"],
    ["indexing"],
    ["search"],
    ["render"],
    ["searchkit"],  # the public names, in __init__.py
    ["evaluation"],
    ["cli", "training"],
    ["__main__"],
]
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imports(file: Path) -> list[str]:
    """Every module a file imports, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            assert node.module
            found.append(node.module)
    return found


def own_room(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return "searchkit" if parts == ("__init__",) else parts[0]


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_go_one_way(file):
    room = own_room(file)
    for module in imports(file):
        top = module.split(".")[0]
        if top == "searchkit":
            other = room_of(module)
            assert other == room or RANK[other] < RANK[room], f"{room} imports {module}"
        if top == "whoosh":
            assert file.is_relative_to(PACKAGE / "engine" / "whoosh")
        if top == "click":
            assert room == "cli"


def test_every_room_has_a_rank():
    assert {own_room(file) for file in FILES} <= set(RANK)


def test_no_file_grows_beyond_a_screenful_of_screens():
    for file in FILES:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 500, file


def test_every_room_is_described():
    described = (PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in {own_room(file) for file in FILES if file.parent != PACKAGE}:
        assert f"`{room}/`" in described, room
