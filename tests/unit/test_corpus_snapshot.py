from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

from searchkit.config import CorpusLimits
from searchkit.corpus import files as corpus_files
from searchkit.corpus.reader import Corpus
from searchkit.corpus.snapshot import changed_since, snapshot
from searchkit.corpus.states import FileState
from searchkit.errors import SourceNotFound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texte"
    (texts / "sub").mkdir(parents=True)
    (texts / "a.txt").write_text("Eins.")
    (texts / "sub" / "b.jsonl").write_text('{"text": "Zwei."}\n' * 3)
    (texts / "page.html").write_text("Drei.")
    return texts


def set_times(file: Path, mtime_ns: int) -> None:
    os.utime(file, ns=(mtime_ns, mtime_ns))


def test_a_snapshot_tells_sizes_times_and_digests(folder: Path) -> None:
    set_times(folder / "a.txt", 1_000_000_007)
    states = snapshot([folder])
    digest = blake2b(b"Eins.", digest_size=16).hexdigest()
    assert states[0] == FileState(str(folder / "a.txt"), 5, 1_000_000_007, digest)
    assert [Path(state.path).name for state in states] == ["a.txt", "b.jsonl"]


def test_reading_gives_the_same_states(folder: Path) -> None:
    for limits in (CorpusLimits(), CorpusLimits(document_bytes=3)):
        corpus = Corpus(folder, limits=limits)
        assert corpus.states == []
        list(corpus.documents())
        assert corpus.states == snapshot(folder)


def test_states_survive_json(folder: Path) -> None:
    states = snapshot(folder)
    rows = json.loads(json.dumps([state.to_list() for state in states]))
    assert [FileState.from_list(row) for row in rows] == states


@pytest.mark.parametrize("row", [[], ["a", 1, 2], ["a", "1", 2, ""], [1, 1, 2, ""], ["a", 1, 2, 3]])
def test_other_rows_are_refused(row: list[object]) -> None:
    with pytest.raises(ValueError):
        FileState.from_list(row)


def rewrite(folder: Path) -> None:
    (folder / "a.txt").write_text("Zwei.")
    set_times(folder / "a.txt", 5)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "c.txt").write_text("Neu."),
        lambda folder: (folder / "a.txt").unlink(),
        lambda folder: (folder / "a.txt").write_text("Länger als zuvor."),
        lambda folder: (folder / "a.txt").rename(folder / "c.txt"),
        rewrite,
        shutil.rmtree,
    ],
)
def test_changes_are_noticed(folder: Path, change: Callable[[Path], object]) -> None:
    states = snapshot(folder)
    change(folder)
    assert changed_since(states, folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "sub").touch(),
        lambda folder: set_times(folder / "a.txt", 5),
        lambda folder: (folder / "page.html").unlink(),
        lambda folder: (folder / ".a.txt.swp").write_text("x"),
    ],
)
def test_what_is_no_change(folder: Path, change: Callable[[Path], object]) -> None:
    states = snapshot(folder)
    change(folder)
    assert not changed_since(reversed(states), folder)
    assert not changed_since(states, [folder, folder / "sub"])


def test_only_a_touched_file_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = snapshot(folder)
    opened: list[str] = []
    really_open = os.open
    monkeypatch.setattr(
        os, "open", lambda path, flags: opened.append(path) or really_open(path, flags)
    )
    assert not changed_since(states, folder)
    assert opened == []
    set_times(folder / "a.txt", 5)
    assert not changed_since(states, folder)
    assert opened == [str(folder / "a.txt")]


def test_an_unreadable_file_counts_as_changed_once_it_can_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as locked:
        locked.setattr(os, "open", refuse)
        corpus = Corpus(folder / "a.txt")
        assert list(corpus.documents()) == []
        assert [problem.reason for problem in corpus.problems] == ["unreadable"]
        assert not changed_since(corpus.states, folder / "a.txt")
    assert changed_since(corpus.states, folder / "a.txt")


def refuse(path: str, _flags: int) -> int:
    raise PermissionError(13, "Permission denied", path)


@pytest.mark.parametrize(("name", "kept"), [("a.txt", 0), ("sub/b.jsonl", 3)])
def test_a_file_that_changes_while_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: int
) -> None:
    file = folder / name
    read = corpus_files.MeteredFile.read

    def read_and_touch(self: corpus_files.MeteredFile, size_bytes: int = 1000) -> bytes:
        block = read(self, size_bytes)
        set_times(file, 5)
        return block

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(corpus_files.MeteredFile, "read", read_and_touch)
        corpus = Corpus(file)
        assert len(list(corpus.documents())) == kept
    assert "unreadable" in [problem.reason for problem in corpus.problems if problem.lost]
    assert changed_since(corpus.states, file)


def test_missing_sources(tmp_path: Path) -> None:
    assert changed_since([], tmp_path / "fehlt")
    assert not changed_since([], tmp_path)
    with pytest.raises(SourceNotFound):
        snapshot(tmp_path / "fehlt")
