"""``searchkit index --watch``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from .conftest import Run, process_environment


@pytest.mark.skipif(os.name == "nt", reason="signals work differently there")
def test_what_changes_is_indexed(folder: Path, run: Run) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "searchkit", "index", "--watch", "seeds"],
        stderr=subprocess.PIPE,
        env=process_environment(),
        text=True,
        # A shell lets its background jobs ignore the signal, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr is not None
    too_late = threading.Timer(30, process.kill)
    too_late.start()
    try:
        assert "5 added" in process.stderr.readline()
        assert process.stderr.readline() == "watching seeds; end with Ctrl-C\n"
        (folder / "seeds" / "neu.txt").write_text("Ein Quastenflosser.", encoding="utf-8")
        assert "1 added, 0 replaced, 0 removed, 5 unchanged" in process.stderr.readline()
        assert run("query", "Quastenflosser", "-l").out == "neu\n"
    finally:
        too_late.cancel()
        process.send_signal(signal.SIGINT)
        process.wait(10)
        process.stderr.close()
    assert process.returncode in (0, 130)


@pytest.mark.usefixtures("folder")
def test_without_watchfiles_the_way_to_it_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchkit.cli.watching.find_spec", lambda _: None)
    done = run("index", "--watch")
    assert done.status == 2
    assert done.err.splitlines()[1] == "  try: pip install 'searchkit[watch]'"
    assert not Path("index").exists()
