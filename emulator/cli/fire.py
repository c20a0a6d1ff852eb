"""``fire``: have a running emulator send a webhook of any field."""

from __future__ import annotations

import json
from typing import Any

import click

from emulator.cli.running import Running, running


@click.command()
@running
@click.option("--sample", metavar="NAME", help="Which documented sample (default: the first one of FIELD).")
@click.option("--value", metavar="JSON", help="The value of the webhook, in place of a sample.")
@click.option("--to", metavar="PHONE_NUMBER_ID", help="The business number it is about (default: the first).")
@click.option("--person", metavar="NUMBER", help="The person in the sample (default: the first).")
@click.argument("field", required=False)
def fire(emulator: Running, field: str | None, value: str | None, **facts: Any) -> None:
    """Send a webhook of FIELD of which nothing is the cause, or list the fields and their samples.

    A sample is what Meta documents, with the ids of the sandbox. It goes to every app that is subscribed to
    the field. Prints the value that was sent.
    """
    if field is None:
        for each in emulator.call("GET", "/webhooks")["fields"]:
            click.echo(f"{each['field']}: {', '.join(each['samples']) or 'only its name is known'}")
        return
    body = {"field": field} | {name: given for name, given in facts.items() if given is not None}
    if value is not None:
        body["value"] = _read(value)
    sent = emulator.call("POST", "/webhooks", body)
    click.echo(json.dumps(sent["value"], indent=2, ensure_ascii=False))


def _read(value: str) -> dict[str, Any]:
    try:
        read = json.loads(value)
    except ValueError as problem:
        raise click.BadParameter(f"it is no JSON: {problem}", param_hint="--value") from None
    if not isinstance(read, dict):
        raise click.BadParameter("it is a JSON object", param_hint="--value")
    return read
