"""Options that several commands share, and commands written out for people to copy."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from searchkit.errors import StoreError
from searchkit.markup.escape import terminal_safe

DEFAULT_INDEX = "index"
DEFAULT_SOURCE = "seeds"

index_option = click.option(
    "--index",
    "index_path",
    metavar="PATH",
    default=DEFAULT_INDEX,
    envvar="SEARCHKIT_INDEX",
    show_default=True,
    show_envvar=True,
    help="The folder of the index.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
colour_option = click.option(
    "--color",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours and bold type; auto: on a terminal. NO_COLOR and FORCE_COLOR are honoured.",
)
format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the result.",
)


def shell_quoted(argument: str) -> str:
    """An argument as a shell reads it back, without a character that a terminal misreads.

    >>> shell_quoted("index"), shell_quoted("mein index"), shell_quoted("a\\x1bb")
    ('index', "'mein index'", "$'a\\\\x1bb'")
    """
    if terminal_safe(argument, one_line=True) == argument:
        import shlex  # seldom needed

        return shlex.quote(argument)
    bytes_ = os.fsencode(argument)
    plain = b"".join(
        bytes([byte]) if 32 <= byte < 127 and byte not in b"\\'" else b"\\x%02x" % byte
        for byte in bytes_
    )
    return f"$'{plain.decode('ascii')}'"


def command_line(command: str, arguments: Sequence[str] = (), *, index: str = DEFAULT_INDEX) -> str:
    """A command as one would type it.

    Args:
        command: ``index``, ``query`` ...
        arguments: its options and arguments, quoted here.
        index: the folder of the index, named unless it is the default one.

    >>> command_line("index", ["--rebuild"], index="mein index")
    "searchkit index --index 'mein index' --rebuild"
    """
    place = [] if index == DEFAULT_INDEX else ["--index", index]
    return " ".join(["searchkit", command, *map(shell_quoted, [*place, *arguments])])


@contextmanager
def index_named(index: str) -> Iterator[None]:
    """Let errors about an index name the command that is right for *this* index.

    Their hints are written where nobody knows that ``--index`` was given.
    """
    try:
        yield
    except StoreError as error:
        bare, full = "searchkit index", command_line("index", index=index)
        if full == bare or bare not in error.hint:
            raise
        raise type(error)(error.message, error.hint.replace(bare, full)) from error
