"""The command `phieukin`: finds its subcommands by entry points.

So `verify` comes from crypto and `up` from the launcher, and imports still point one
way. A subcommand is loaded only when it is used.
"""

from importlib.metadata import entry_points

import click

GROUP = "phieukin.commands"


class Commands(click.Group):
    """A group whose commands are the entry points of one group."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in order."""
        return sorted({*super().list_commands(ctx), *entry_points(group=GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        for entry in entry_points(group=GROUP, name=cmd_name):
            command: click.Command = entry.load()
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands)
@click.version_option(package_name="phieukin")
def main() -> None:
    """Secret ballots of a conference, on tablets, that anyone can check."""
