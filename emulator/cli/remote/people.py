"""``say`` and ``tap``: what a person does on their phone."""

from __future__ import annotations

from urllib.parse import quote

import click

from emulator.cli.remote.client import ControlClient, with_client


@click.command()
@with_client
@click.option("--from", "person", metavar="NUMBER", help="Who writes (default: the first person).")
@click.option("--to", metavar="PHONE_NUMBER_ID", help="To which business number (default: the first).")
@click.option("--ad", is_flag=True, help="From an ad that leads to the business.")
@click.argument("text")
def say(client: ControlClient, person: str | None, to: str | None, ad: bool, text: str) -> None:
    """Have a person write TEXT to the business.

    Prints the id of the message. It opens or restarts the customer service window; on a server the webhook
    goes out by itself.
    """
    place = f"/people/{quote(person or client.first_person())}/{'ad-clicks' if ad else 'messages'}"
    body = {"text": text if ad else {"body": text}} | ({"to": to} if to else {})
    message = client.call("POST", place, body)
    click.echo(f"{message['wa_id']} wrote {text!r} at {message['at']}: {message['id']}")


@click.command()
@with_client
@click.option("--from", "person", metavar="NUMBER", help="Who taps (default: the first person).")
@click.option(
    "--on", "message_id", metavar="WAMID", help="On this message (default: the newest that has it)."
)
@click.option("--row", is_flag=True, help="It is the row of a list, and not a button.")
@click.argument("label")
def tap(client: ControlClient, person: str | None, message_id: str | None, row: bool, label: str) -> None:
    """Have a person tap the button LABEL, found by its label, payload or id."""
    body = {"row" if row else "button": label} | ({"message_id": message_id} if message_id else {})
    message = client.call("POST", f"/people/{quote(person or client.first_person())}/taps", body)
    click.echo(f"{message['wa_id']} tapped {label!r} at {message['at']}: {message['id']}")
