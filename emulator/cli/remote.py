"""``health``, ``say`` and ``advance``: acts of an emulator that runs already, through its control API."""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from typing import Any
from urllib.parse import quote

import click

_URL = click.option(
    "--url",
    default="http://127.0.0.1:4080",
    envvar="WHATSAPP_EMULATOR_URL",
    show_default=True,
    show_envvar=True,
    help="Where the emulator serves.",
    callback=lambda _context, _option, url: _with_scheme(url),
)
_SANDBOX = click.option("--sandbox", default="default", show_default=True, help="The sandbox it concerns.")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|m|s)", re.IGNORECASE)
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@click.command()
@_URL
@click.option("--wait", metavar="SECONDS", default=0.0, help="Wait as long as this for it to be ready.")
def health(url: str, wait: float) -> None:
    """Say whether the emulator is ready; exit 1 when it is not."""
    pause, waited = Event(), 0.0
    while True:
        try:
            answer = _call("GET", f"{url}/_emulator/health", timeout=2)
        except click.ClickException:
            if waited >= wait:
                raise
            pause.wait(0.1)
            waited += 0.1
            continue
        if not isinstance(answer, dict) or answer.get("status") != "ready":
            raise _nobody(url)
        click.echo(f"ready: version {answer['version']}, {_counted(answer['sandboxes'])}")
        return


@click.command()
@_URL
@_SANDBOX
@click.option("--from", "person", metavar="NUMBER", help="Who writes (default: the first person).")
@click.option("--to", metavar="PHONE_NUMBER_ID", help="To which business number (default: the first).")
@click.argument("text")
def say(url: str, sandbox: str, person: str | None, to: str | None, text: str) -> None:
    """Have a person write TEXT to the business."""
    base = f"{url}/_emulator/sandboxes/{quote(sandbox)}"
    if person is None:
        people = _call("GET", f"{base}/people")["people"]
        if not people:
            raise click.ClickException("there is nobody in this sandbox")
        person = people[0]["wa_id"]
    body = {"text": {"body": text}} | ({"to": to} if to else {})
    message = _call("POST", f"{base}/people/{quote(person)}/messages", body)
    click.echo(f"{message['wa_id']} wrote {text!r} at {message['at']}: {message['id']}")


@click.command()
@_URL
@_SANDBOX
@click.option("--to", metavar="INSTANT", help="Until this instant, as ISO 8601.")
@click.option("--next", "to_next", is_flag=True, help="Until the next thing that is due.")
@click.argument("duration", required=False)
def advance(url: str, sandbox: str, to: str | None, to_next: bool, duration: str | None) -> None:
    """Let time pass: DURATION is like 25h, 1d12h or 90m."""
    if (duration is not None) + (to is not None) + to_next != 1:
        raise click.UsageError("say how far: a duration like 25h, --to an instant, or --next")
    body: dict[str, Any] = {"next": True} if to_next else {"to": to} if to else _duration(duration or "")
    with _patience("time passes …"):
        answer = _call(
            "POST", f"{url}/_emulator/sandboxes/{quote(sandbox)}/clock/advance", body, timeout=None
        )
    for entry in answer["happened"]:
        click.echo(f"{entry['at']}  {entry['kind']:<11} {entry['summary']}")
    if to_next and answer["now"] == answer["since"] and not answer["happened"]:
        click.echo("nothing is due")
    click.echo(f"it is {answer['now']}")


def _patience(text: str) -> AbstractContextManager[object]:
    """A spinner on a terminal, nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    return console.status(text) if console.is_terminal else nullcontext()


def _with_scheme(url: str) -> str:
    whole = url if "://" in url else f"http://{url}"
    return whole if whole.endswith("://") else whole.removesuffix("/")


def _nobody(url: str) -> click.ClickException:
    place = url.partition("/_emulator")[0]
    return click.ClickException(f"no emulator answers at {place}; start one with `whatsapp-emulator serve`")


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


def _call(method: str, url: str, body: object = None, timeout: float | None = 30) -> Any:
    import urllib3

    try:
        answer = urllib3.request(
            method,
            url,
            body=None if body is None else json.dumps(body),
            headers={"Content-Type": "application/json"},
            retries=False,
            timeout=timeout,
        )
        told = json.loads(answer.data or b"{}")
    except (urllib3.exceptions.HTTPError, ValueError, OSError):
        raise _nobody(url) from None
    if answer.status >= 400:
        detail = told.get("detail") if isinstance(told, dict) else None
        raise click.ClickException(detail or f"{url} answered {answer.status}")
    return told
