"""``limits``: how the limits of a running emulator stand, by its control API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import click

from emulator.cli.remote.client import ControlClient, with_client
from emulator.cli.terminals import print_table


@click.command()
@with_client
@click.option("--to", metavar="NUMBER", help="With the limits of this person.")
@click.option("--number", metavar="PHONE_NUMBER_ID", help="Only of this business number.")
@click.option(
    "--set",
    "policies",
    metavar="LIMIT=POLICY",
    multiple=True,
    help="Switch a limit first: off, on, always, or a number of how much there is.",
)
def limits(client: ControlClient, to: str | None, number: str | None, policies: tuple[str, ...]) -> None:
    """Print how every limit stands: what is used and what is left.

    Also when there is some again. With --set policies are changed first; they hold until the sandbox is
    reset.
    """
    if policies:
        known = client.call("GET", "")["settings"]["limits"]
        client.call("PATCH", "/settings", {"limits": known | dict(_policy(each) for each in policies)})
    asked = {key: value for key, value in (("wa_id", to), ("phone_number_id", number)) if value}
    statuses = client.call("GET", "/limits" + (f"?{urlencode(asked)}" if asked else ""))["limits"]
    _show(statuses)


def _policy(text: str) -> tuple[str, str | int]:
    name, equals, word = text.partition("=")
    if not (name and equals and word):
        raise click.BadParameter(
            f"{text!r} is no policy; write one like throughput=always", param_hint="--set"
        )
    return name, int(word) if word.isdecimal() else word


def _show(statuses: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table("limit", "of", "policy", "used", "left", "frees up at", box=box.SIMPLE_HEAD)
    for each in statuses:
        left = "no end" if each["left"] is None else f"{each['left']:,}"
        table.add_row(
            each["name"],
            each["subject"],
            str(each["policy"]),
            f"{each['used']:,}",
            left,
            each["frees_up_at"] or "",
        )
    print_table(table)
