"""``whatsapp-emulator``: the group of commands. What is heavy is imported when a command is called."""

from __future__ import annotations

import click

from emulator import __version__
from emulator.cli.cost import cost
from emulator.cli.exec import exec_
from emulator.cli.fire import fire
from emulator.cli.limits import limits
from emulator.cli.remote import advance, fault, health, say
from emulator.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


for command in (serve, exec_, health, say, advance, limits, cost, fault, fire):
    main.add_command(command)
