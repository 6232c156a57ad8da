from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.corpus.reader import Corpus
from searchkit.errors import CorpusError, SourceNotFound


def ids(corpus: Corpus) -> list[str]:
    return [found.document.id for found in corpus.documents()]


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Text von {name}.", encoding="utf-8")


def test_files_are_sorted_by_the_parts_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a-z.txt", "a/z.txt", "a/B.md", "Z.TXT", "ä.markdown", "a/c/d.txt")
    assert ids(Corpus([tmp_path])) == ["Z", "a/B", "a/c/d", "a/z", "a-z", "b", "ä"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".hidden.txt", ".git/a.txt", ".git/b.txt", "page.html", "plain")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    corpus = Corpus(tmp_path)
    assert ids(corpus) == ["a"]
    assert corpus.skipped == {"hidden": 2, "link": 2, "other": 2}
    assert corpus.problems == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_sockets_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        corpus = Corpus(tmp_path)
        assert ids(corpus) == ["a"]
    assert corpus.skipped == {"special": 2}
    with pytest.raises(CorpusError) as refused:
        Corpus(tmp_path / "pipe.txt")
    assert "pipe" in refused.value.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("swap", ["pipe", "link", "gone"])
def test_a_file_swapped_after_it_was_found_is_not_followed(tmp_path: Path, swap: str) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    corpus = Corpus(tmp_path)
    reading = corpus.documents()
    assert next(reading).document.id == "a"
    (tmp_path / "b.txt").unlink()
    if swap == "pipe":
        os.mkfifo(tmp_path / "b.txt")
    elif swap == "link":
        (tmp_path / "b.txt").symlink_to(tmp_path / "c.txt")
    assert [found.document.id for found in reading] == ["c"]
    assert [(problem.reason, problem.lost) for problem in corpus.problems] == [("unreadable", True)]
    assert corpus.skipped == {"unreadable": 1}


def test_a_link_that_is_named_as_source_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt", "blob")
    (tmp_path / "folder").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "file.txt").symlink_to(tmp_path / "blob")
    corpus = Corpus([tmp_path / "folder", tmp_path / "file.txt"])
    found = list(corpus.documents())
    assert [item.document.id for item in found] == ["a", "file"]
    assert [item.source for item in found] == [
        str(tmp_path / "folder"),
        str(tmp_path / "file.txt"),
    ]


def test_paths_are_shown_as_they_were_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "texte/sub/a.txt")
    monkeypatch.chdir(tmp_path)
    corpus = Corpus(["texte/", "./texte/../texte", "texte/sub/a.txt"])
    (found,) = corpus.documents()
    assert found.path == str(Path("texte", "sub", "a.txt"))
    assert (found.source, found.line) == (str(tmp_path / "texte"), None)
    # One folder named twice counts once; the file in it is read once, too.
    assert corpus.sources == (str(tmp_path / "texte"), str(tmp_path / "texte/sub/a.txt"))
    assert corpus.problems == ()


@pytest.mark.parametrize("given", ["fehlt", "fehlt/tief.txt", "", "a\0b"])
def test_a_missing_source_says_where_to_look(given: str) -> None:
    with pytest.raises(SourceNotFound) as missing:
        Corpus([given])
    assert repr(given) in missing.value.message
    assert "check the spelling" in missing.value.hint


def test_a_single_file_needs_a_known_suffix(tmp_path: Path) -> None:
    write(tmp_path, "page.html", ".txt")
    for name in ("page.html", ".txt"):
        with pytest.raises(CorpusError) as refused:
            Corpus(tmp_path / name)
        assert ".jsonl.xz" in refused.value.hint


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_undecodable_names_become_valid_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text("Text.")
    except OSError:
        pytest.skip("the file system admits valid names only")
    corpus = Corpus(tmp_path)
    (found,) = corpus.documents()
    assert found.document.id == "caf\ufffd"
    assert found.path.encode() == os.fsencode(tmp_path) + b"/caf\\udce9.txt"
    assert corpus.states[0].path == found.path


DEPTH = 1200


@pytest.fixture
def deep_folder(tmp_path: Path) -> Iterator[Path]:
    """Folders in folders, removed one by one, as pytest's own clean-up is recursive."""
    folders = [f"{tmp_path}/{'d/' * depth}" for depth in range(1, DEPTH + 1)]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102 (a path object of that depth is slow)
    file = Path(f"{folders[-1]}a.txt")
    file.write_text("Tief.")
    yield tmp_path
    file.unlink()
    for folder in reversed(folders):
        os.rmdir(folder)  # noqa: PTH106


@pytest.mark.skipif(sys.platform != "linux", reason="paths may not be as long elsewhere")
def test_folders_deeper_than_the_recursion_limit(deep_folder: Path) -> None:
    assert ids(Corpus(deep_folder)) == ["d/" * DEPTH + "a"]


def test_an_unreadable_folder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "sub/b.txt")
    corpus = Corpus(tmp_path)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert ids(corpus) == ["a"]
    assert [str(problem) for problem in corpus.problems] == [
        f"{tmp_path / 'sub'}: cannot be read: Permission denied"
    ]
    assert corpus.skipped == {"unreadable": 1}
