"""``health``, ``say`` and ``advance``.

Acts on an emulator that runs already, by its control API.
"""

from __future__ import annotations

import re
from contextlib import suppress
from threading import Event
from typing import Any
from urllib.parse import quote

import click

from emulator.cli import progress
from emulator.cli.running import URL, Running, no_emulator, running

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|m|s)", re.IGNORECASE)
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@click.command()
@URL
@click.option("--wait", metavar="SECONDS", default=0.0, help="Wait as long as this for it to be ready.")
def health(url: str, wait: float) -> None:
    """Print whether the emulator is ready; exit 1 when it is not.

    With --wait it is asked again and again for that many seconds, as a container or a CI job needs it.
    """
    pause, waited = Event(), 0.0
    while True:
        try:
            answer = Running(url).health()
        except click.ClickException:
            if waited >= wait:
                raise
            pause.wait(0.1)
            waited += 0.1
            continue
        if isinstance(answer, dict) and answer.get("status") == "degraded":
            raise click.ClickException(f"degraded: {'; '.join(answer['problems'])}")
        if not isinstance(answer, dict) or answer.get("status") != "ready":
            raise no_emulator(url)
        click.echo(f"ready: version {answer['version']}, {_counted(answer['sandboxes'])}")
        return


@click.command()
@running
@click.option("--from", "person", metavar="NUMBER", help="Who writes (default: the first person).")
@click.option("--to", metavar="PHONE_NUMBER_ID", help="To which business number (default: the first).")
@click.option("--ad", is_flag=True, help="From an ad that leads to the business.")
@click.argument("text")
def say(emulator: Running, person: str | None, to: str | None, ad: bool, text: str) -> None:
    """Have a person write TEXT to the business.

    Prints the id of the message. It opens or restarts the customer service window; on a server the webhook
    goes out by itself.
    """
    place = f"/people/{quote(person or emulator.first_person())}/{'ad-clicks' if ad else 'messages'}"
    body = {"text": text if ad else {"body": text}} | ({"to": to} if to else {})
    message = emulator.call("POST", place, body)
    click.echo(f"{message['wa_id']} wrote {text!r} at {message['at']}: {message['id']}")


@click.command()
@running
@click.option("--to", metavar="INSTANT", help="Until this instant, as ISO 8601.")
@click.option("--next", "to_next", is_flag=True, help="Until the next thing that is due.")
@click.argument("duration", required=False)
def advance(emulator: Running, to: str | None, to_next: bool, duration: str | None) -> None:
    """Let time pass: DURATION is like 25h, 1d12h or 90m.

    Prints what happened. Everything due on the way is carried out in order and its webhooks are answered; a
    bar shows how far it is. Ctrl-C stops the clock where it has come to.
    """
    if (duration is not None) + (to is not None) + to_next != 1:
        raise click.UsageError("say how far: a duration like 25h, --to an instant, or --next")
    body: dict[str, Any] = {"next": True} if to_next else {"to": to} if to else duration_of(duration or "")
    try:
        with progress.shown(lambda: dict(emulator.call("GET", "/clock", timeout=2))):
            answer = emulator.call("POST", "/clock/advance", body, timeout=None)
    except KeyboardInterrupt:
        _cancel(emulator)
        raise
    for entry in answer["happened"]:
        click.echo(f"{entry['at']}  {entry['kind']:<11} {entry['summary']}")
    if to_next and answer["now"] == answer["since"] and not answer["happened"]:
        click.echo("nothing is due")
    click.echo(f"it is {answer['now']}")


def _cancel(emulator: Running) -> None:
    """End the advance that is under way, and say how far it has come; nothing where nobody answers."""
    with suppress(click.ClickException):
        emulator.call("POST", "/clock/cancel", {}, timeout=5)
        click.echo(f"broken off; it is {emulator.call('GET', '/clock', timeout=5)['now']}", err=True)


def _counted(sandboxes: int) -> str:
    return f"{sandboxes} sandbox" + ("" if sandboxes == 1 else "es")


def duration_of(text: str) -> dict[str, float]:
    found = _DURATION.findall(text)
    if not found or _DURATION.sub("", text).strip():
        raise click.BadParameter(f"{text!r} is no duration; write one like 25h, 1d12h or 90m")
    total: dict[str, float] = {}
    for amount, unit in found:
        name = _UNITS[unit.lower()]
        total[name] = total.get(name, 0.0) + float(amount)
    return total
