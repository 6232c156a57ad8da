"""Colour, width and the progress bar."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from searchkit.cli.terminal import ProgressBar, prepare_streams, use_colour, width


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Always."""
        return True


@dataclass(frozen=True)
class Moment:
    """As much of a progress report as the bar reads."""

    documents: int = 1
    read_bytes: int = 500
    size_bytes: int = 1000


@pytest.mark.parametrize(
    ("choice", "environ", "expected"),
    [
        ("auto", {}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_on_a_terminal(choice: str, environ: dict[str, str], expected: bool) -> None:
    assert use_colour(choice, Terminal(), environ) is expected


def test_colour_elsewhere() -> None:
    assert not use_colour("auto", io.StringIO(), {})
    assert use_colour("auto", io.StringIO(), {"FORCE_COLOR": "1"})
    assert not use_colour("auto", Terminal(), {"FORCE_COLOR": "0"})
    assert not use_colour("auto", None, {})


def test_the_width_is_that_of_the_environment_or_80() -> None:
    assert width(io.StringIO(), {"COLUMNS": "120"}) == 120
    assert width(io.StringIO(), {"COLUMNS": "wide"}) == 80
    assert width(Terminal(), {}) == 80


def test_the_bar_is_drawn_on_a_terminal_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    with ProgressBar(quiet=False) as bar:
        bar(Moment())  # type: ignore[arg-type]
        bar(Moment(2))  # type: ignore[arg-type]
    text = terminal.getvalue()
    assert text.startswith("\r\x1b[K[##########..........] 1 document, 500 B of 1.0 kB, ")
    assert "2 documents" not in text, "drawn again at once"
    assert text.endswith("\r\x1b[K")


@pytest.mark.parametrize("quiet", [True, False])
def test_the_bar_is_silent_when_piped_or_unwanted(
    monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    stream = Terminal() if quiet else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with ProgressBar(quiet=quiet) as bar:
        bar(Moment())  # type: ignore[arg-type]
    assert stream.getvalue() == ""


def test_any_character_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_ = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(bytes_, "ascii"))
    prepare_streams()
    sys.stdout.write("ö\ud800")
    sys.stdout.flush()
    assert bytes_.getvalue() == "ö\\ud800".encode()
