"""``searchkit help``: the query language, and what ``--help`` says of a command."""

from __future__ import annotations

import click

from searchkit.cli.layout import Command
from searchkit.cli.options import nearest_of
from searchkit.cli.terminal import write_paged

LANGUAGE = "query"


@click.command("help", cls=Command, short_help="Explain the query language, or a command.")
@click.argument("topic", required=False, metavar="[TOPIC]")
@click.option("--pager/--no-pager", default=True, envvar="SEARCHKIT_PAGER", help="Use $PAGER.")
@click.pass_context
def command(ctx: click.Context, topic: str | None, pager: bool) -> int:
    """Explain the query language, or a command.

    TOPIC is query for the query language, or the name of a command, as its --help. Without one,
    the commands are listed.

    \b
    Examples:
      searchkit help query
      searchkit help index
    """
    write_paged(_text(ctx, topic), wanted=pager)
    return 0


def _text(ctx: click.Context, topic: str | None) -> str:
    if topic == LANGUAGE:
        from searchkit.query.grammar import grammar_help

        return f"{grammar_help()}\nThe options of the command: searchkit query --help\n"
    program = ctx.find_root().command
    assert isinstance(program, click.Group)
    if topic is None:
        return program.get_help(ctx.find_root()) + "\n"
    found = program.get_command(ctx, topic)
    if found is None:
        error = click.UsageError(f"there is no help on {topic!r}", ctx)
        nearest = nearest_of(topic, program.list_commands(ctx))
        error.hint = f"searchkit help {nearest or LANGUAGE}"  # type: ignore[attr-defined]
        raise error
    parent = ctx.find_root()
    return found.get_help(click.Context(found, parent=parent, info_name=topic)) + "\n"
