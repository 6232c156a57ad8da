"""Everything that can go wrong, said in one line, with what to do in a second one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import click

from searchkit.cli.terminal import narrate, silence_output
from searchkit.errors import QuerySyntaxError, SearchkitError

ERROR = 2
INTERRUPTED = 130
DEBUG_VARIABLE = "SEARCHKIT_DEBUG"


def exit_status(action: Callable[[], object]) -> int:
    """Do something; report what goes wrong, and turn the outcome into an exit status.

    Args:
        action: returns an exit status, or anything else for 0.

    Returns:
        What the action returned; 2 after an error, 130 after Ctrl-C, 0 after a closed pipe: who
        stops reading has seen enough.
    """
    try:
        status = action()
        _flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, click.Abort):
        narrate("interrupted; the index is as it was")
        return INTERRUPTED
    except BrokenPipeError:
        silence_output()
        return 0
    except Exception as error:
        return _report(error)
    return status if isinstance(status, int) else 0


def _flush() -> None:
    """Write out now, while a closed pipe or a full disk can still be answered."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _report(error: Exception) -> int:
    if isinstance(error, QuerySyntaxError):
        from searchkit.query.notes import caret_line

        return report_error(error.message, error.hint, caret_line(error).splitlines())
    if isinstance(error, SearchkitError):
        return report_error(error.message, error.hint)
    if isinstance(error, click.ClickException):
        return report_error(_usage_message(error), _usage_hint(error))
    if os.environ.get(DEBUG_VARIABLE):
        raise error
    if isinstance(error, OSError):
        return report_error(_system_message(error), "check the path, its permissions and the disk")
    return report_error(
        f"internal error: {type(error).__name__}: {error}",
        f"report it, please, with what is shown when {DEBUG_VARIABLE}=1 is set",
    )


def report_error(message: str, hint: str, place: Sequence[str] = ()) -> int:
    """Say what happened, where, and what to do next; the exit status that goes with it."""
    narrate(f"error: {message}")
    for line in place:
        narrate(f"  {line}")
    if hint:
        narrate(f"  try: {hint.removeprefix('run: ')}")
    if isinstance(sys.exception(), OSError):
        silence_output()  # what cannot be written now cannot be written on leaving Python either
    return ERROR


def _system_message(error: OSError) -> str:
    reason = (error.strerror or str(error) or type(error).__name__).lower()
    return f"{error.filename}: {reason}" if error.filename else reason


def _usage_message(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"there is no option {error.option_name}"
    message = error.format_message().rstrip(".")
    return message[:1].lower() + message[1:]


def _usage_hint(error: click.ClickException) -> str:
    hint = getattr(error, "hint", "")
    if hint:
        return str(hint)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "searchkit"
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"{command} {error.possibilities[0]}"
    return f"{command} --help"
