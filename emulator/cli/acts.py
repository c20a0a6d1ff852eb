"""``tap``, ``approve``, ``reset`` and ``redeliver``: acts on an emulator that runs already."""

from __future__ import annotations

from urllib.parse import quote

import click

from emulator.cli.running import Running, running

_LISTED = 20
"""How many webhooks are told one by one."""


@click.command()
@running
@click.option("--from", "person", metavar="NUMBER", help="Who taps (default: the first person).")
@click.option(
    "--on", "message_id", metavar="WAMID", help="On this message (default: the newest that has it)."
)
@click.option("--row", is_flag=True, help="It is the row of a list, and not a button.")
@click.argument("label")
def tap(emulator: Running, person: str | None, message_id: str | None, row: bool, label: str) -> None:
    """Have a person tap the button LABEL, found by its label, payload or id."""
    body = {"row" if row else "button": label} | ({"message_id": message_id} if message_id else {})
    message = emulator.call("POST", f"/people/{quote(person or emulator.first_person())}/taps", body)
    click.echo(f"{message['wa_id']} tapped {label!r} at {message['at']}: {message['id']}")


@click.command()
@running
@click.argument("template")
def approve(emulator: Running, template: str) -> None:
    """Approve the TEMPLATE with this name or id, in every language that waits for a decision."""
    every = emulator.call("GET", "/templates")["templates"]
    known = [each for each in every if template in (each["id"], each["name"])]
    if not known:
        names = ", ".join(dict.fromkeys(each["name"] for each in every)) or "none"
        raise click.ClickException(f"there is no template {template!r}; there are: {names}")
    pending = [each for each in known if each["status"] == "PENDING"]
    for each in pending:
        emulator.call("POST", f"/templates/{quote(each['id'])}/review", {"decision": "approve"})
        click.echo(f"{each['name']} ({each['language']}) is approved")
    if not pending:
        states = ", ".join(f"{each['language']} is {each['status']}" for each in known)
        click.echo(f"nothing waits for a decision: {states}")


@click.command()
@running
def reset(emulator: Running) -> None:
    """Put the sandbox back to its seed: what happened in it is gone, and its clock begins anew."""
    emulator.call("POST", "/reset", {})
    click.echo(f"{emulator.sandbox} is back at its seed; it is {emulator.call('GET', '/clock')['now']}")


@click.command()
@running
@click.option("--failed", is_flag=True, help="All that were given up; with DELIVERY those among them.")
@click.option("--to", "last", type=int, metavar="DELIVERY", help="All from DELIVERY to this one.")
@click.argument("delivery", type=int, required=False)
def redeliver(emulator: Running, delivery: int | None, last: int | None, failed: bool) -> None:
    """Send the webhook DELIVERY once more, many, or all that failed: the same bytes, to the present URL."""
    if delivery is None and last is None and not failed:
        raise click.UsageError("name a delivery, or say --failed")
    if delivery is not None and last is None and not failed:
        again = emulator.call("POST", f"/deliveries/{delivery}/redeliver", {})
        click.echo(f"{again['id']}: {again['field']} goes to {again['url']} once more")
        return
    said = {"state": "failed" if failed else None, "first": delivery, "last": last}
    body = {name: value for name, value in said.items() if value is not None}
    numbers = emulator.call("POST", "/deliveries/redeliver", body)["deliveries"]
    if not numbers:
        click.echo("no webhook has failed" if failed else "there are no such webhooks")
    for number in numbers[:_LISTED]:
        click.echo(f"{number} is sent once more")
    if len(numbers) > _LISTED:
        click.echo(f"and {len(numbers) - _LISTED:,} others")
