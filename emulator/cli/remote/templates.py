"""``approve``: decide over templates as their reviewer."""

from __future__ import annotations

from urllib.parse import quote

import click

from emulator.cli.remote.client import ControlClient, with_client


@click.command()
@with_client
@click.argument("template")
def approve(client: ControlClient, template: str) -> None:
    """Approve the TEMPLATE with this name or id, in every language that waits for a decision."""
    every = client.call("GET", "/templates")["templates"]
    known = [each for each in every if template in (each["id"], each["name"])]
    if not known:
        names = ", ".join(dict.fromkeys(each["name"] for each in every)) or "none"
        raise click.ClickException(f"there is no template {template!r}; there are: {names}")
    pending = [each for each in known if each["status"] == "PENDING"]
    for each in pending:
        client.call("POST", f"/templates/{quote(each['id'])}/review", {"decision": "approve"})
        click.echo(f"{each['name']} ({each['language']}) is approved")
    if not pending:
        states = ", ".join(f"{each['language']} is {each['status']}" for each in known)
        click.echo(f"nothing waits for a decision: {states}")
