"""``health``, ``say``, ``advance`` and ``fault``.

Acts on an emulator that runs already, by its control API.
"""

from __future__ import annotations

import re
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
    bar shows how far it is.
    """
    if (duration is not None) + (to is not None) + to_next != 1:
        raise click.UsageError("say how far: a duration like 25h, --to an instant, or --next")
    body: dict[str, Any] = {"next": True} if to_next else {"to": to} if to else _duration(duration or "")
    with progress.shown(lambda: dict(emulator.call("GET", "/clock", timeout=2))):
        answer = emulator.call("POST", "/clock/advance", body, timeout=None)
    for entry in answer["happened"]:
        click.echo(f"{entry['at']}  {entry['kind']:<11} {entry['summary']}")
    if to_next and answer["now"] == answer["since"] and not answer["happened"]:
        click.echo("nothing is due")
    click.echo(f"it is {answer['now']}")


@click.command()
@running
@click.option("--to", metavar="NUMBER", help="Only for this person.")
@click.option("--number", metavar="PHONE_NUMBER_ID", help="Only for this business number.")
@click.option(
    "--when",
    type=click.Choice(["sync", "async", "delivered", "inbound"]),
    help="In the answer, as a failed status, as one after delivered, or in what a person writes.",
)
@click.option("--edge", help="Only calls of this edge, such as messages; any for all of them.")
@click.option("--method", type=click.Choice(["GET", "POST", "PUT", "DELETE"]), help="Only these calls.")
@click.option("--times", type=click.IntRange(1), default=1, show_default=True, help="How often.")
@click.option("--always", is_flag=True, help="Until it is removed.")
@click.option("--details", metavar="TEXT", help="Told instead of the usual details.")
@click.option("--probability", type=float, help="How likely it is, from 0 to 1.")
@click.option("--clear", is_flag=True, help="Take all faults away.")
@click.argument("code", type=int, required=False)
def fault(emulator: Running, code: int | None, always: bool, clear: bool, **facts: Any) -> None:
    """Make the error CODE happen on purpose, or list such errors.

    By default it happens once, on the next occasion that fits, as the platform reports this error. Without
    CODE the errors that were asked for are listed, with how often each was met.
    """
    if clear:
        if code is not None:
            raise click.UsageError("--clear takes all faults away; name no code with it")
        emulator.call("DELETE", "/faults")
        click.echo("nothing goes wrong on purpose now")
        return
    if code is None:
        for each in emulator.call("GET", "/faults")["faults"]:
            click.echo(_described(each))
        return
    facts["phone_number_id"] = facts.pop("number")
    body: dict[str, Any] = {name: value for name, value in facts.items() if value is not None}
    body |= {"code": code} | ({"times": None} if always else {})
    click.echo(_described(emulator.call("POST", "/faults", body)))


def _described(fault: dict[str, Any]) -> str:
    """A fault in a line: ``1: 131049 …, async, to 16505551234: met 0 of 1``."""
    parts = [f"{fault['code']} {fault['title']}", fault["when"]]
    if fault["to"]:
        parts.append(f"to {fault['to']}")
    if fault["phone_number_id"]:
        parts.append(f"number {fault['phone_number_id']}")
    if fault["method"]:
        parts.append(fault["method"])
    if fault["edge"] is not None:
        parts.append(f"on {fault['edge'] or 'the node itself'}")
    often = "until it is removed" if fault["times"] is None else f"of {fault['times']}"
    return f"{fault['id']}: {', '.join(parts)}: met {fault['met']} {often}"


def _counted(sandboxes: int) -> str:
    return f"{sandboxes} sandbox" + ("" if sandboxes == 1 else "es")


def _duration(text: str) -> dict[str, float]:
    found = _DURATION.findall(text)
    if not found or _DURATION.sub("", text).strip():
        raise click.BadParameter(f"{text!r} is no duration; write one like 25h, 1d12h or 90m")
    total: dict[str, float] = {}
    for amount, unit in found:
        name = _UNITS[unit.lower()]
        total[name] = total.get(name, 0.0) + float(amount)
    return total
