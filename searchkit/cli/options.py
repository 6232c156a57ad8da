"""Options that several commands share, and commands written out for people to copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

import click

from searchkit.cli.configuration import (
    DEFAULT,
    ConfigurationFile,
    Setting,
    library_settings,
    read_file,
    variable_of,
)
from searchkit.config import Settings
from searchkit.errors import ConfigurationError, StoreError
from searchkit.markup.escape import terminal_safe

DEFAULT_INDEX = "index"
DEFAULT_SOURCE = "seeds"
FORMATS = ("text", "json", "jsonl", "csv")
_META = "searchkit.configuration"

# The names of the parameters, by the setting that each stands for.
_PARAMETERS = {
    "index": "index_path",
    "format": "output_format",
    "color": "colour",
    "quiet": "quiet",
    "pager": "pager",
}


@dataclass(frozen=True, slots=True)
class Common:
    """What every command is told.

    Args:
        index: the folder of the index.
        output_format: ``text``, ``json``, ``jsonl`` or ``csv``.
        colour: ``auto``, ``always`` or ``never``.
        quiet: whether to say nothing but errors.
        pager: whether long text may go through a pager.
        settings: those of the library.
        origins: every setting in force, and what set it.
    """

    index: str
    output_format: str
    colour: str
    quiet: bool
    pager: bool
    settings: Settings
    origins: Mapping[str, Setting]


class Choice(click.Choice):  # type: ignore[type-arg]  # not generic before click 8.2
    """Words to choose from; of a mistyped one the error names the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, where it is one of them."""
        if value in self.choices:
            return str(value)
        command = ctx.command_path if ctx else "searchkit"
        if isinstance(param, click.Option):
            message, command = (
                f"there is no value {value!r} of {param.opts[-1]}",
                f"{command} {param.opts[-1]}",
            )
        else:
            message = f"there is no {param.metavar if param else 'value'} {value!r}"
        nearest = self.choices[0] if len(self.choices) == 1 else nearest_of(value, self.choices)
        hint = f"{command} {nearest}" if nearest else f"one of {', '.join(self.choices)}"
        raise UnknownValue(message, hint, ctx)


class WholeNumber(click.IntRange):
    """A whole number of a range; of another the error names the nearest that is in it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number itself, where it is one of the range."""
        assert self.min is not None
        option, command = param.opts[-1] if param else "", ctx.command_path if ctx else "searchkit"
        try:
            number = int(value)
        except ValueError:
            message = f"{option} is {value!r}, which is no whole number"
            raise UnknownValue(message, f"{command} {option} {self.min}", ctx) from None
        nearest = (
            max(number, self.min) if self.max is None else min(max(number, self.min), self.max)
        )
        if nearest != number:
            reach = f"from {self.min} on" if self.max is None else f"from {self.min} to {self.max}"
            message = f"{option} is {value}, but goes {reach}"
            raise UnknownValue(message, f"{command} {option} {nearest}", ctx)
        return number


class UnknownValue(click.UsageError):
    """A value that an option does not have; ``hint`` names the nearest."""

    def __init__(self, message: str, hint: str, ctx: click.Context | None) -> None:
        super().__init__(message, ctx)
        self.hint = hint


def nearest_of(name: str, names: Iterable[str]) -> str | None:
    """The most similar of some names; ``None`` where none comes near.

    >>> nearest_of("jsn", FORMATS)
    'json'
    """
    from difflib import get_close_matches  # seldom needed

    return next(iter(get_close_matches(name, list(names), 1)), None)


def _configure(ctx: click.Context, _parameter: click.Parameter, chosen: str | None) -> None:
    """Read the file before the options, as it gives them their defaults."""
    try:
        file = read_file(chosen)
    except ConfigurationError:
        if not ctx.resilient_parsing:
            raise
        file = ConfigurationFile()  # a shell that completes is no place for errors
    ctx.meta[_META] = file
    ctx.default_map = {
        parameter: file.values[name]
        for name, parameter in _PARAMETERS.items()
        if name in file.values
    }


_OPTIONS = (
    click.option(
        "--index",
        "index_path",
        metavar="PATH",
        default=DEFAULT_INDEX,
        envvar="SEARCHKIT_INDEX",
        show_default=True,
        help="The folder of the index.",
    ),
    click.option(
        "--format",
        "output_format",
        type=Choice(FORMATS),
        default="text",
        envvar="SEARCHKIT_FORMAT",
        show_default=True,
        help="How to write the result.",
    ),
    click.option(
        "--color",
        "colour",
        type=Choice(["auto", "always", "never"]),
        default="auto",
        envvar="SEARCHKIT_COLOR",
        show_default=True,
        help="Colours and bold type; auto: on a terminal. NO_COLOR and FORCE_COLOR are honoured.",
    ),
    click.option(
        "--quiet", "-q", is_flag=True, envvar="SEARCHKIT_QUIET", help="Say nothing but errors."
    ),
    click.option(
        "--pager/--no-pager",
        default=True,
        envvar="SEARCHKIT_PAGER",
        help="Whether text longer than the terminal goes through $PAGER.  [default: pager]",
    ),
    click.option(
        "--config",
        metavar="FILE",
        envvar="SEARCHKIT_CONFIG",
        is_eager=True,
        expose_value=False,
        callback=_configure,
        help="Settings; else searchkit.toml, or [tool.searchkit] in pyproject.toml.",
    ),
)
_SET = click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another setting, as status lists them; may be repeated.",
)


def settings_told(
    ctx: click.Context, changes: Iterable[str]
) -> tuple[Settings, dict[str, Setting]]:
    """The settings of the library in force for a command, and where each came from."""
    return library_settings(changes, os.environ, ctx.meta[_META])


def limit_option(shown: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that says how much is shown at most, 10 unless told.

    Args:
        shown: what the help says of it.
    """
    return click.option(
        "-n",
        "--limit",
        type=WholeNumber(0, 1000),
        default=10,
        show_default=True,
        help=shown,
    )


def common_options(
    function: Callable[..., int] | None = None, *, settable: bool = True
) -> Callable[..., Any]:
    """Give a command the options that all have; it gets them as its first argument, ``Common``.

    Args:
        function: the command.
        settable: whether ``--set`` is among them.
    """
    if function is None:
        return partial(common_options, settable=settable)

    @wraps(function)
    def command(
        index_path: str,
        output_format: str,
        colour: str,
        quiet: bool,
        pager: bool,
        changes: tuple[str, ...] = (),
        **others: Any,
    ) -> int:
        ctx = click.get_current_context()
        file: ConfigurationFile = ctx.meta[_META]
        settings, origins = settings_told(ctx, changes)
        own = {
            name: Setting(ctx.params[parameter], _origin(ctx, name, parameter, file.path))
            for name, parameter in _PARAMETERS.items()
        }
        common = Common(index_path, output_format, colour, quiet, pager, settings, own | origins)
        return function(common, **others)

    for option in reversed((*_OPTIONS, _SET) if settable else _OPTIONS):
        option(command)
    return command


def _origin(ctx: click.Context, name: str, parameter: str, file: str) -> str:
    source = ctx.get_parameter_source(parameter)
    names = {
        click.core.ParameterSource.COMMANDLINE: f"--{name}",
        click.core.ParameterSource.ENVIRONMENT: variable_of(name),
        click.core.ParameterSource.DEFAULT_MAP: file,
    }
    return names.get(source, DEFAULT) if source else DEFAULT


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


def _is_index_set() -> bool:
    """Whether a command finds the same index where nothing is typed."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return False
    of_index, of_file = map(ctx.get_parameter_source, ("index_path", "config"))
    sources = click.core.ParameterSource
    return of_index == sources.ENVIRONMENT or (
        of_index == sources.DEFAULT_MAP and of_file != sources.COMMANDLINE
    )


def command_line(command: str, arguments: Sequence[str] = (), *, index: str = DEFAULT_INDEX) -> str:
    """A command as one would type it.

    Args:
        command: ``index``, ``query`` ...
        arguments: its options and arguments, quoted here.
        index: the folder of the index, named unless it is the default one, or a variable or a file
            in the working folder names it.

    >>> command_line("index", ["--rebuild"], index="mein index")
    "searchkit index --index 'mein index' --rebuild"
    """
    place = [] if index == DEFAULT_INDEX or _is_index_set() else ["--index", index]
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
