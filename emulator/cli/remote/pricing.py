"""``cost``: print what was charged in an emulator that runs already, by its control API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import click

from emulator.cli.remote.client import ControlClient, with_client
from emulator.cli.terminals import print_table


@click.command()
@with_client
@click.option("--since", metavar="INSTANT", help="From this instant on, as ISO 8601.")
@click.option("--until", metavar="INSTANT", help="Until just before this instant.")
@click.option("--number", metavar="PHONE_NUMBER_ID", help="Only what this business number sent.")
def cost(client: ControlClient, since: str | None, until: str | None, number: str | None) -> None:
    """Print how many messages were billed, and which were free.

    By category and country. Messages count when they are delivered; amounts are shown where the seed or the
    control API gave rates.
    """
    given = {"since": since, "until": until, "phone_number_id": number}
    query = urlencode({name: value for name, value in given.items() if value is not None})
    report = client.call("GET", "/costs" + (f"?{query}" if query else ""))
    if not report["lines"]:
        click.echo("nothing was delivered")
        return
    _print(report)
    click.echo(f"{report['billable']['messages']} billed, {report['free']['messages']} free" + _money(report))


def _print(report: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for title in ("category", "country", "market", "messages", "price"):
        table.add_column(title, justify="right" if title == "messages" else "left")
    for line in report["lines"]:
        price = line["free"] or (f"{line['amount']} {report['currency']}" if line["amount"] else "billed")
        table.add_row(line["category"], line["country"], line["market"], str(line["messages"]), price)
    print_table(table)


def _money(report: dict[str, Any]) -> str:
    return f": {report['amount']} {report['currency']}" if report["amount"] is not None else ""
