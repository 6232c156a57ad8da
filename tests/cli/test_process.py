"""The program as a process: streams, pipes, signals, locales."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, process_environment


@pytest.mark.usefixtures("folder")
def test_results_and_narration_do_not_mix(run_process: Run) -> None:
    done = run_process("query", "Elbe", "--format", "json")
    assert done.status == 0
    assert done.json["total"] == 3
    assert "5 added" in done.err
    assert "\x1b" not in done.err
    assert run_process("query", "Quastenflosser").status == 1
    assert run_process("query", "--nix").status == 2


@pytest.mark.usefixtures("folder")
def test_output_is_utf_8_in_every_locale(run_process: Run) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert "Hafen wächst" in run_process("query", "Hafen", **environment).out


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
@pytest.mark.parametrize(
    "arguments",
    [["query", "Elbe", "--format", "json"], ["--help"], ["--version"], ["query", "--help"], []],
    ids=" ".join,
)
def test_a_closed_pipe_is_no_error(run_process: Run, arguments: list[str]) -> None:
    run_process("index")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "searchkit", *arguments]
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, env=process_environment(), check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error(run_process: Run) -> None:
    run_process("index")
    command = [sys.executable, "-m", "searchkit", "status"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=process_environment(), check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: ")
    assert done.stderr.count(b"\n") == 2


@pytest.mark.skipif(os.name == "nt", reason="signals work differently there")
def test_an_interrupt_leaves_the_index_as_it_was(folder: Path, run_process: Run) -> None:
    run_process("index")
    before = run_process("status").out
    interrupted = "\n".join(
        [
            "import os, signal, sys",
            "from searchkit.cli import main, terminal",
            # A shell lets its background jobs ignore the signal, and children inherit that.
            "signal.signal(signal.SIGINT, signal.default_int_handler)",
            "terminal.ProgressBar.__call__ = lambda *_: os.kill(os.getpid(), signal.SIGINT)",
            "sys.exit(main(['index', '--rebuild']))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupted],
        capture_output=True,
        env=process_environment(),
        text=True,
        check=False,
    )
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == "interrupted; the index is as it was\n"
    assert run_process("status").out == before
    assert len(list(folder.glob("index/generation-*"))) == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name == "nt", reason="file names there hold no bytes")
def test_hostile_file_names_never_reach_the_terminal(run_process: Run) -> None:
    name = b"seeds/\x1b[2J\xff\xe2\x80\xae.txt"
    Path(os.fsdecode(name)).write_bytes(b"")
    Path(os.fsdecode(name.replace(b"2J", b"3J"))).write_text("Ein Quastenflosser.")
    indexed = run_process("index")
    assert "left out" in indexed.err
    for output in (indexed, run_process("query", "Quastenflosser")):
        assert "\x1b" not in output.out + output.err
        assert "\u202e" not in output.out + output.err
