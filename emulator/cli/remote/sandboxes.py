"""``health`` and ``reset``: whether an emulator is ready, and its sandbox put back to its seed."""

from __future__ import annotations

from threading import Event
from time import monotonic

import click

from emulator.cli.remote.client import URL, ControlClient, no_emulator, with_client

_PAUSE = 0.1
"""Real seconds between two questions whether it is ready."""


@click.command()
@URL
@click.option("--wait", metavar="SECONDS", default=0.0, help="Wait as long as this for it to be ready.")
def health(url: str, wait: float) -> None:
    """Print whether the emulator is ready; exit 1 when it is not.

    With --wait it is asked again and again for that many seconds, as a container or a CI job needs it.
    """
    pause, until = Event(), monotonic() + wait
    while True:
        try:
            answer = ControlClient(url).health()
        except click.ClickException:
            if monotonic() >= until:
                raise
            pause.wait(_PAUSE)
            continue
        if isinstance(answer, dict) and answer.get("status") == "degraded":
            raise click.ClickException(f"degraded: {'; '.join(answer['problems'])}")
        if not isinstance(answer, dict) or answer.get("status") != "ready":
            raise no_emulator(url)
        click.echo(f"ready: version {answer['version']}, {_counted(answer['sandboxes'])}")
        return


@click.command()
@with_client
def reset(client: ControlClient) -> None:
    """Put the sandbox back to its seed: what happened in it is gone, and its clock begins anew."""
    client.call("POST", "/reset", {})
    click.echo(f"{client.sandbox} is back at its seed; it is {client.call('GET', '/clock')['now']}")


def _counted(sandboxes: int) -> str:
    return f"{sandboxes} sandbox" + ("" if sandboxes == 1 else "es")
