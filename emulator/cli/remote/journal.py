"""``tail`` and ``transcript``: what happens in an emulator that runs already, and who wrote what."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import click

from emulator.cli.remote.client import ControlClient, with_client


@click.command()
@with_client
@click.option("--all", "everything", is_flag=True, help="From the beginning on, and not only what comes.")
@click.option("--kind", metavar="KIND", help="Only entries of this kind, such as call, message or webhook.")
@click.option("--person", "wa_id", metavar="NUMBER", help="Only what concerns this person.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def tail(client: ControlClient, everything: bool, kind: str | None, wa_id: str | None, as_json: bool) -> None:
    """Print what happens in the sandbox, as it happens, until Ctrl-C.

    It goes on after a reset, and after the server was away for a moment.
    """
    filters = {name: value for name, value in (("kind", kind), ("wa_id", wa_id)) if value is not None}
    day = ""
    for name, entry in client.events({**filters, **({"after": 0} if everything else {})}):
        if name == "closed":
            click.echo("the sandbox has been deleted", err=True)
            return
        if name != "entry":
            click.echo(f"── {name} " + "─" * 30, err=as_json)
            continue
        if as_json:
            click.echo(json.dumps(entry, ensure_ascii=False))
            continue
        if entry["at"][:10] != day:
            day = entry["at"][:10]
            click.secho(f"── {day} " + "─" * 30, dim=True)
        click.echo(_line(entry))


def _line(entry: dict[str, Any]) -> str:
    """An entry in a line: ``09:00:00  message   Sheena Nelson wrote: Hello``."""
    summary = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in entry["summary"]
    )
    return f"{entry['at'][11:19]}  {entry['kind']:<11} {summary}"


@click.command()
@with_client
@click.option(
    "--form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="How many messages.")
def transcript(client: ControlClient, form: str, limit: int) -> None:
    """Print the conversations in simulated time: who wrote what, and what became of it."""
    asked = {"limit": limit} if form == "text" else {"form": form, "limit": limit}
    found = client.call("GET", f"/transcript?{urlencode(asked)}", is_text=form in ("markdown", "html"))
    if form == "text":
        click.echo(found["transcript"] or "(nobody wrote)")
    elif form == "json":
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        click.echo(found, nl=False)
