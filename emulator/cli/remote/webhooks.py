"""``fire`` and ``redeliver``: have a webhook of any field sent, and those that were sent once more."""

from __future__ import annotations

import json
from typing import Any

import click

from emulator.cli.remote.client import ControlClient, with_client

_LISTED = 20
"""How many webhooks are told one by one."""


@click.command()
@with_client
@click.option("--sample", metavar="NAME", help="Which documented sample (default: the first one of FIELD).")
@click.option("--value", metavar="JSON", help="The value of the webhook, in place of a sample.")
@click.option("--to", metavar="PHONE_NUMBER_ID", help="The business number it is about (default: the first).")
@click.option("--person", metavar="NUMBER", help="The person in the sample (default: the first).")
@click.argument("field", required=False)
def fire(client: ControlClient, field: str | None, value: str | None, **facts: Any) -> None:
    """Send a webhook of FIELD of which nothing is the cause, or list the fields and their samples.

    A sample is what Meta documents, with the ids of the sandbox. It goes to every app that is subscribed to
    the field. Prints the value that was sent.
    """
    if field is None:
        for each in client.call("GET", "/webhooks")["fields"]:
            click.echo(f"{each['field']}: {', '.join(each['samples']) or 'only its name is known'}")
        return
    body = {"field": field} | {name: given for name, given in facts.items() if given is not None}
    if value is not None:
        body["value"] = _read(value)
    sent = client.call("POST", "/webhooks", body)
    click.echo(json.dumps(sent["value"], indent=2, ensure_ascii=False))


@click.command()
@with_client
@click.option("--failed", is_flag=True, help="All that were given up; with DELIVERY those among them.")
@click.option("--to", "last", type=int, metavar="DELIVERY", help="All from DELIVERY to this one.")
@click.argument("delivery", type=int, required=False)
def redeliver(client: ControlClient, delivery: int | None, last: int | None, failed: bool) -> None:
    """Send the webhook DELIVERY once more, many, or all that failed: the same bytes, to the present URL."""
    if delivery is None and last is None and not failed:
        raise click.UsageError("name a delivery, or say --failed")
    if delivery is not None and last is None and not failed:
        again = client.call("POST", f"/deliveries/{delivery}/redeliver", {})
        click.echo(f"{again['id']}: {again['field']} goes to {again['url']} once more")
        return
    said = {"state": "failed" if failed else None, "first": delivery, "last": last}
    body = {name: value for name, value in said.items() if value is not None}
    numbers = client.call("POST", "/deliveries/redeliver", body)["deliveries"]
    if not numbers:
        click.echo("no webhook has failed" if failed else "there are no such webhooks")
    for number in numbers[:_LISTED]:
        click.echo(f"{number} is sent once more")
    if len(numbers) > _LISTED:
        click.echo(f"and {len(numbers) - _LISTED:,} others")


def _read(value: str) -> dict[str, Any]:
    try:
        read = json.loads(value)
    except ValueError as problem:
        raise click.BadParameter(f"it is no JSON: {problem}", param_hint="--value") from None
    if not isinstance(read, dict):
        raise click.BadParameter("it is a JSON object", param_hint="--value")
    return read
