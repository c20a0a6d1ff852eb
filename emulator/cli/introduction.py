"""What ``serve`` prints when it is ready: where it is reached, credentials, people, and a line to try."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.web.boundary import CONTROL_TOKEN, is_loopback

if TYPE_CHECKING:
    from emulator.sandbox.sandbox import Sandbox
    from emulator.web.proxy.proxy import Proxy

_WIDEST = 1000
"""Columns of the table: nothing in it is cut, since it is there to be copied."""


def introduce(
    sandbox: Sandbox,
    url: str,
    host: str,
    data: Path | None,
    made_token: str | None,
    proxy: Proxy | None = None,
) -> None:
    """Print the address and what a client needs, with a line that sends a first message.

    ``url`` is the server's address and ``host`` what it is bound to; ``made_token`` is the control token,
    where it was not given.
    """
    from rich.console import Console
    from rich.table import Table

    identity = sandbox.identity()
    console = Console(highlight=False)
    if console.no_color:  # neither bold nor dim
        console = Console(highlight=False, color_system=None)
    if not is_loopback(host):
        console.print(
            f"[yellow]Reachable from other machines: bound to {host}. The control API asks for its token.[/]",
            soft_wrap=True,
        )
    table = Table.grid(padding=(0, 3))
    rows: list[tuple[str, Any]] = [
        ("Graph API", url),
        ("control API", f"{url}/_emulator/openapi.json"),
        *([("proxy", proxy.url), ("certificate", proxy.authority.kept_in)] if proxy else []),
        *([("control token", f"{made_token}   (export {CONTROL_TOKEN}={made_token})")] if made_token else []),
        ("access token", identity["access_token"]),
        ("app", f"{identity['app_id']}   secret {identity['app_secret']}"),
        ("verify token", identity["verify_token"]),
        ("WABA", identity["waba_id"]),
    ]
    for number in identity["numbers"]:
        rows.append((f"{number['kind']} number", _number(number)))
    for person in sandbox.people.all()[:4]:
        rows.append(("person", f"{person.wa_id}   {person.name}"))
    rows.append(("webhooks", identity["webhook_url"] or "go nowhere yet (--webhook URL)"))
    rows.append(("time", f"{sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC, {sandbox.clock.mode}"))
    rows.append(("state", f"kept in {data}" if data else "in memory"))
    for name, value in rows:
        table.add_row(f"[dim]{name}[/]", str(value))
    console.print("[bold green]WhatsApp emulator[/] is ready. Ctrl-C stops it.\n")
    console.width = _WIDEST
    console.print(table, soft_wrap=True)
    from emulator.cli.example import example

    click.echo(f"\nTry it:\n\n{example(sandbox, url)}\n")


def _number(number: dict[str, str]) -> str:
    return f"{number['phone_number_id']}   {number['display_phone_number']}"
