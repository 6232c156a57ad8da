"""How the help of a command is laid out: its own options first, then those that all have."""

from __future__ import annotations

import click

#: Parameters that ``common_options`` gives to every command.
COMMON = frozenset({"index_path", "output_format", "colour", "quiet", "pager", "config", "changes"})

COMMON_HEADING = "Options of every command"


class Command(click.Command):
    """A command whose help tells its own options from those of every command."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the two lists of options."""
        own: list[tuple[str, str]] = []
        common: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None or not isinstance(parameter, click.Option):
                continue
            shared = parameter.name in COMMON or "--help" in parameter.opts
            (common if shared else own).append(record)
        for heading, records in (("Options", own), (COMMON_HEADING, common)):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
