"""``searchkit check`` and ``searchkit restore``: damage is named, and so is the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


def damage(folder: Path) -> str:
    """Spoil the segment of the current generation; says which file that was."""
    index = folder / "index"
    file = next((index / (index / "CURRENT").read_text().strip()).glob("*.segment"))
    content = bytearray(file.read_bytes())
    file.unlink()  # the generation before may share it
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    return file.name


def test_a_whole_index(run: Run, folder: Path) -> None:
    assert folder
    run("index")
    for arguments in (("check",), ("check", "--quick")):
        found = run(*arguments)
        assert (found.status, found.err) == (0, "")
        assert found.out.startswith("index is whole: ")


def test_damage_is_named_with_what_repairs_it(run: Run, folder: Path) -> None:
    run("index")
    name = damage(folder)
    found = run("check")
    assert found.status == 1
    assert found.out.startswith(f"{name}: is damaged; concerns ")
    assert found.out.endswith("\nto repair: searchkit index --rebuild\n")
    report = run("check", "--format", "json").json
    assert [each["file"] for each in report["damages"]] == [name]
    assert report["restorable"] is None
    assert run("check", "--format", "csv").out.splitlines()[1] == f"{name},is damaged"
    assert run("restore").status == 2
    assert run("index", "--rebuild").status == 0
    assert run("check").status == 0


def test_restore_goes_back_one_change(run: Run, folder: Path) -> None:
    run("index")
    for file in (folder / "seeds").rglob("*.txt"):
        file.write_text("Ein anderer Text. " + file.read_text("utf-8"), encoding="utf-8")
    run("index")
    damage(folder)
    assert "to repair: searchkit restore (generation 1), or " in run("check").out
    assert run("restore").out == "index is at generation 1\n"
    assert run("check").status == 0
    assert run("index").status == 0
    assert run("check").status == 0


@pytest.mark.usefixtures("empty_folder")
@pytest.mark.parametrize("command", ["check", "restore"])
def test_without_an_index(run: Run, command: str) -> None:
    found = run(command)
    assert found.status == 2
    assert "try: make one: searchkit index" in found.err
