"""Folders that lead astray: nothing outside is read, nothing hangs, the rest is indexed."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from searchkit import Settings, build_index
from searchkit.corpus import files as corpus_files
from searchkit.store import folder as store_folder
from tests.hostile.indexing import index_apart

SETTINGS = Settings(extractor="none")
HARMLESS = "Der Gipfel begann."


@pytest.fixture
def folder(tmp_path):
    """A corpus with one harmless text, and a secret beside it."""
    found = tmp_path / "corpus"
    found.mkdir()
    (found / "gut.txt").write_text(HARMLESS)
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "geheim.txt").write_text("Der Gipfel ist geheim.")
    return found


def is_outside(path: str, corpus: Path) -> bool:
    return "geheim" in path and not path.startswith(str(corpus))


def test_links_lead_nowhere(folder, tmp_path):
    secret = tmp_path / "geheim"
    (folder / "datei.txt").symlink_to(secret / "geheim.txt")
    (folder / "ordner").symlink_to(secret, target_is_directory=True)
    (folder / "oben").symlink_to("..", target_is_directory=True)
    (folder / "schleife").symlink_to(folder, target_is_directory=True)
    (folder / "selbst.txt").symlink_to(folder / "selbst.txt")
    (folder / "fehlt.txt").symlink_to(tmp_path / "fehlt.txt")
    (folder / "wurzel").symlink_to("/", target_is_directory=True)
    (folder / "a").mkdir()
    (folder / "a" / "b").symlink_to("../a", target_is_directory=True)
    outcome = index_apart(folder, tmp_path / "index", "none")
    assert (outcome.added, outcome.found, outcome.lost) == (1, 1, ())
    assert outcome.skipped == (("link", 8),)
    assert not [path for path in outcome.opened if is_outside(path, folder)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_sockets_and_devices_are_never_opened(folder, tmp_path, monkeypatch):
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl.gz")
    monkeypatch.chdir(folder)  # the path of a socket has to be short
    special = 3
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        try:
            os.mknod(folder / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
            special += 1
        except PermissionError:
            pass  # nobody but root makes devices
        outcome = index_apart(folder, tmp_path / "index", "none")
    assert (outcome.added, outcome.found) == (1, 1)
    assert outcome.skipped == (("special", special),)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no devices as files")
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", "/proc/self/mem"])
def test_a_device_named_as_a_source_is_refused(tmp_path, name):
    assert index_apart(Path(name), tmp_path / "index", "none").error == "corpus"
    assert not (tmp_path / "index" / "CURRENT").exists()


def refusing(monkeypatch, name, error):
    """Files of a name cannot be opened, whoever asks."""
    plain = os.open

    def refuse(path, *args, **kwargs):
        if str(path).endswith(name):
            raise error
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.parametrize(
    "error",
    [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), OSError(24, "")],
)
def test_an_unreadable_file_is_skipped_with_its_reason(folder, tmp_path, monkeypatch, error):
    (folder / "zu.txt").write_text("Der Gipfel ist zu.")
    refusing(monkeypatch, "zu.txt", error)
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    assert index.search("Gipfel").total == 1
    (problem,) = index.last_update.problems
    assert (problem.reason, problem.lost) == ("unreadable", True)
    assert problem.path == str(folder / "zu.txt")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_permissions_are_respected(folder, tmp_path):
    (folder / "zu.txt").write_text("Der Gipfel ist zu.")
    (folder / "zu.txt").chmod(0)
    (folder / "ordner").mkdir(mode=0)
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    (folder / "ordner").chmod(0o700)
    assert index.search("Gipfel").total == 1
    assert [p.reason for p in index.last_update.problems] == ["unreadable"] * 2


def happens_at_each_read(monkeypatch, happens):
    plain = corpus_files.MeteredFile.read

    def read(self, *args):
        happens()
        return plain(self, *args)

    monkeypatch.setattr(corpus_files.MeteredFile, "read", read)


@pytest.mark.parametrize("name", ["neu.txt", "neu.jsonl"])
def test_a_file_that_grows_while_it_is_read_ends_all_the_same(folder, tmp_path, monkeypatch, name):
    file = folder / name
    line = '{"text": "' + "Der Gipfel waechst. " * 20_000 + '"}\n'
    file.write_text(line)

    def grow():
        with file.open("a") as more:
            more.write(line)  # more than is read at once

    happens_at_each_read(monkeypatch, grow)
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    assert "gut" in [hit.id for hit in index.search("Gipfel", limit=100).hits]
    assert "unreadable" in [p.reason for p in index.last_update.problems]
    assert file.stat().st_size < 20_000_000
    # It is read again the next time, when it has settled.
    assert index.is_stale()


def test_a_file_that_shrinks_while_it_is_read(folder, tmp_path, monkeypatch):
    file = folder / "neu.txt"
    file.write_text("Der Gipfel schrumpft. " * 50_000)
    happens_at_each_read(monkeypatch, lambda: os.truncate(file, 10))
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    assert [hit.id for hit in index.search("Gipfel").hits] == ["gut"]
    assert [p.reason for p in index.last_update.problems] == ["unreadable"]


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_what_vanishes_after_it_was_found_is_skipped(folder, tmp_path, monkeypatch, gone):
    (folder / "sub").mkdir()
    (folder / "sub" / "weg.txt").write_text("Der Gipfel ist weg.")
    plain = os.open

    def vanish(path, *args, **kwargs):
        if str(path).endswith("weg.txt") and Path(path).exists():
            Path(path).unlink()
            if gone == "folder":
                Path(path).parent.rmdir()
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", vanish)
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    assert [hit.id for hit in index.search("Gipfel").hits] == ["gut"]
    assert [(p.reason, p.lost) for p in index.last_update.problems] == [("unreadable", True)]
    monkeypatch.undo()
    assert not index.is_stale()


def test_an_index_within_its_own_corpus_is_not_indexed(folder):
    index = build_index(folder, folder / "index", settings=SETTINGS)
    for _ in range(2):
        index.update(folder)
    assert index.stats().documents == 1
    assert store_folder.IndexFolder(folder / "index").exists()


ODD_NAMES = [
    "\x1b[2J\x07.txt",
    "a\nb.txt",
    "\u202etxt.gipfel.txt",
    "<script>alert(1)</script>.txt".replace("/", "\u2215"),
    "a\r.txt",
    " .txt",
    "-rf.txt",
    "$(touch x).txt",
    "%2e%2e%2fx.txt",
    "..txt.txt",
    "a" * 200 + ".txt",
    "\u200b.txt",
    "\udcff\udcfe.txt",
]


@pytest.mark.skipif(os.name == "nt", reason="names are narrower there")
def test_odd_names_are_ids_that_find_their_texts(folder, tmp_path):
    for name in ODD_NAMES:
        (folder / name).write_text(f"Der Gipfel {ODD_NAMES.index(name)}.")
    index = build_index(folder, tmp_path / "index", settings=SETTINGS)
    hits = index.search("Gipfel", limit=100).hits
    # Hidden files are passed over.
    assert len(hits) == 1 + len([name for name in ODD_NAMES if not name.startswith(".")])
    for hit in hits:
        hit.id.encode()
        assert index.get(hit.id).id == hit.id
        assert "Gipfel" in index.get(hit.id).text
