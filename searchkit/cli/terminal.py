"""The terminal: colour, width, the two output streams, the progress bar."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from searchkit.markup.ansi import ERASE_LINE
from searchkit.markup.plain import plain_line

if TYPE_CHECKING:
    from searchkit.indexing.progress import Progress
    from searchkit.render.conventions import Conventions
    from searchkit.render.style import Style

_DEFAULT_WIDTH = 80
# Terminals that open what is linked (OSC 8); others may print the address or worse.
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "Tabby", "rio")
_LINKING_TERMINALS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour")
_LINKING_VARIABLES = ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
_FIRST_LINKING_VTE = 5000
_REDRAW_S = 0.1
# What less is told where nobody else tells it.
_LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}


def prepare_streams() -> None:
    """Read and write UTF-8 whatever the locale says, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def write_result(text: str) -> None:
    """Write to standard output, at once: what is narrated next must not overtake it."""
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()


def narrate(line: str) -> None:
    """Write one harmless line to standard error; whether it arrives does not matter."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(plain_line(line) + "\n")
            sys.stderr.flush()


def silence_output() -> None:
    """Lead standard output nowhere, so that Python does not fail on it again when it leaves."""
    with suppress(OSError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def use_colour(choice: str, stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to write escape codes: the flag decides, then the environment, then the stream.

    Args:
        choice: ``always``, ``never`` or ``auto``.
        stream: where the text goes.
        environ: ``NO_COLOR`` and ``FORCE_COLOR`` count when not empty, in this order.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"] != "0"
    return is_terminal(stream) and environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is reading the stream."""
    return stream is not None and not stream.closed and stream.isatty()


def width(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> int:
    """Columns of a stream: ``COLUMNS``, else those of the terminal, else 80."""
    if environ.get("COLUMNS", "").isdecimal() and int(environ["COLUMNS"]):
        return int(environ["COLUMNS"])
    if stream is not None and is_terminal(stream):
        with suppress(OSError):
            return os.get_terminal_size(stream.fileno()).columns or _DEFAULT_WIDTH
    return _DEFAULT_WIDTH


def output_style(colour_choice: str, *, scores: bool = False) -> Style:
    """How to lay out text on standard output."""
    from searchkit.render.style import Style

    colour = use_colour(colour_choice, sys.stdout)
    return Style(
        colour=colour,
        width=width(sys.stdout),
        links=colour and follows_links(sys.stdout),
        scores=scores,
        conventions=conventions(),
    )


def conventions(environ: Mapping[str, str] = os.environ) -> Conventions:
    """How numbers and dates are written where the program runs."""
    from searchkit.render.conventions import conventions_of

    return conventions_of(environ)


def follows_links(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a stream is a terminal that is known to open links; ``FORCE_HYPERLINK`` decides."""
    if environ.get("FORCE_HYPERLINK"):
        return environ["FORCE_HYPERLINK"] != "0"
    if not is_terminal(stream):
        return False
    vte = environ.get("VTE_VERSION", "")
    return (
        environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environ.get("TERM", "") in _LINKING_TERMINALS
        or any(environ.get(name) for name in _LINKING_VARIABLES)
        or (vte.isdecimal() and int(vte) >= _FIRST_LINKING_VTE)
    )


def write_paged(text: str, *, wanted: bool, environ: Mapping[str, str] = os.environ) -> None:
    """Write to standard output; on a terminal, through a pager what is longer than the screen.

    Args:
        text: what to write.
        wanted: whether a pager may be used.
        environ: ``PAGER`` is the command, ``less`` unless set; empty or ``cat`` for none. ``LESS``
            is set to ``FRX`` where it is not: colours, and no clearing of the screen; and what
            it is given is UTF-8, whatever the locale.
    """
    pager = environ.get("PAGER", "less").strip()
    if not wanted or pager in ("", "cat") or not is_terminal(sys.stdout):
        write_result(text)
        return
    with suppress(OSError, ValueError):
        if text.count("\n") < os.get_terminal_size(sys.stdout.fileno()).lines:
            write_result(text)
            return
    if not _paged(text, pager, {**_LESS, **environ}):
        write_result(text)


def _paged(text: str, pager: str, environ: Mapping[str, str]) -> bool:
    """Whether a pager took the text; one that is closed early took enough of it."""
    import shlex
    import subprocess

    try:
        process = subprocess.Popen(
            shlex.split(pager), stdin=subprocess.PIPE, env=dict(environ), encoding="utf-8"
        )
    except (OSError, ValueError):
        return False
    # Ctrl-C is for the pager, which reads on.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        process.communicate(text)
    process.wait()
    return True


class ProgressBar:
    """One line on standard error while indexing, gone afterwards; nothing unless on a terminal.

    Args:
        quiet: show nothing at all.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and is_terminal(sys.stderr)
        self._began_s = time.monotonic()
        self._drawn_s = 0.0

    def __call__(self, progress: Progress) -> None:
        """Redraw the line, ten times a second at most."""
        now_s = time.monotonic()
        if not self._shown or now_s - self._drawn_s < _REDRAW_S:
            return
        self._drawn_s = now_s
        from searchkit.render.progress import progress_line

        # One column stays free: many terminals break the line when its last one is written.
        line = progress_line(
            progress.documents,
            progress.read_bytes,
            progress.size_bytes,
            now_s - self._began_s,
            width(sys.stderr) - 1,
        )
        self._write(ERASE_LINE + line)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn_s:
            self._write(ERASE_LINE)

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()
