"""``whatsapp-emulator``: the group of commands. The module of a command is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from emulator import __version__

_COMMANDS = {
    "serve": "emulator.cli.serve.serve",
    "exec": "emulator.cli.exec",
    "health": "emulator.cli.remote.sandboxes",
    "say": "emulator.cli.remote.people",
    "advance": "emulator.cli.remote.clock",
    "limits": "emulator.cli.remote.limits",
    "cost": "emulator.cli.remote.pricing",
    "fault": "emulator.cli.remote.faults",
    "doctor": "emulator.cli.doctor",
    "fire": "emulator.cli.remote.webhooks",
    "tap": "emulator.cli.remote.people",
    "approve": "emulator.cli.remote.templates",
    "reset": "emulator.cli.remote.sandboxes",
    "redeliver": "emulator.cli.remote.webhooks",
    "play": "emulator.cli.play",
    "tail": "emulator.cli.remote.journal",
    "transcript": "emulator.cli.remote.journal",
}
"""By name the module of each command."""
_NAMES = {"exec": "exec_"}
"""What the command is called in its module, where that is a word of Python."""
_BROKEN_OFF = 130
"""The exit code of a command that Ctrl-C has ended, as shells give it."""


class Commands(click.Group):
    """The commands of the table, and those added to it. Ctrl-C ends each with 130 and without a word."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                click.echo(err=True)  # the prompt goes on below the ^C
            raise SystemExit(_BROKEN_OFF) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), _NAMES.get(cmd_name, cmd_name))
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="whatsapp-emulator")
def main() -> None:
    """A local emulator of the WhatsApp Business Platform (Meta's Cloud API).

    Start with `demo` to see a conversation, or with `serve` and point your client at it. The other commands
    act on a server that runs already.
    """


@main.command()
def demo() -> None:
    """Play a conversation with a bot in simulated time.

    An answer, a closed window, a template that reopens it. It takes some seconds and needs nothing: a server
    and a bot are started on free ports, and stopped.
    """
    from emulator.cli.demo import play

    play()
