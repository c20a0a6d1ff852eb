"""``advance``: let time pass in the sandbox of an emulator that runs already."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import click

from emulator.cli.remote import progress
from emulator.cli.remote.client import ControlClient, with_client

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|m|s)", re.IGNORECASE)
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@click.command()
@with_client
@click.option("--to", metavar="INSTANT", help="Until this instant, as ISO 8601.")
@click.option("--next", "to_next", is_flag=True, help="Until the next thing that is due.")
@click.argument("duration", required=False)
def advance(client: ControlClient, to: str | None, to_next: bool, duration: str | None) -> None:
    """Let time pass: DURATION is like 25h, 1d12h or 90m.

    Prints what happened. Everything due on the way is carried out in order and its webhooks are answered; a
    bar shows how far it is. Ctrl-C stops the clock where it has come to.
    """
    if (duration is not None) + (to is not None) + to_next != 1:
        raise click.UsageError("say how far: a duration like 25h, --to an instant, or --next")
    body: dict[str, Any] = {"next": True} if to_next else {"to": to} if to else duration_of(duration or "")
    try:
        with progress.shown(lambda: dict(client.call("GET", "/clock", timeout=2))):
            answer = client.call("POST", "/clock/advance", body, timeout=None)
    except KeyboardInterrupt:
        _cancel(client)
        raise
    for entry in answer["happened"]:
        click.echo(f"{entry['at']}  {entry['kind']:<11} {entry['summary']}")
    if to_next and answer["now"] == answer["since"] and not answer["happened"]:
        click.echo("nothing is due")
    click.echo(f"it is {answer['now']}")


def _cancel(client: ControlClient) -> None:
    """End the advance that is under way, and say how far it has come; nothing where nobody answers."""
    with suppress(click.ClickException):
        client.call("POST", "/clock/cancel", {}, timeout=5)
        click.echo(f"broken off; it is {client.call('GET', '/clock', timeout=5)['now']}", err=True)


def duration_of(text: str) -> dict[str, float]:
    """Read a duration such as ``1d12h``: how many days, hours, minutes and seconds it has, by these names.

    Raises :class:`click.BadParameter` for what is none.
    """
    found = _DURATION.findall(text)
    if not found or _DURATION.sub("", text).strip():
        raise click.BadParameter(f"{text!r} is no duration; write one like 25h, 1d12h or 90m")
    total: dict[str, float] = {}
    for amount, unit in found:
        name = _UNITS[unit.lower()]
        total[name] = total.get(name, 0.0) + float(amount)
    return total
