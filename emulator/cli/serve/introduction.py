"""What ``serve`` prints when it is ready: where it is reached, credentials, people, and a line to try."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.cli.terminals import is_coloured
from emulator.web.boundary import CONTROL_TOKEN, is_loopback

if TYPE_CHECKING:
    from emulator.sandbox.sandbox import Sandbox
    from emulator.web.proxy.proxy import Proxy


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
    identity, coloured = sandbox.identity(), is_coloured(sys.stdout)

    def styled(text: str, **style: Any) -> str:
        return click.style(text, **style) if coloured else text

    if not is_loopback(host):
        warning = f"Reachable from other machines: bound to {host}. The control API asks for its token."
        click.echo(styled(warning, fg="yellow"), color=coloured)
    rows: list[tuple[str, Any]] = [
        ("Graph API", url),
        ("page", f"{url}/"),
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
    for person in sandbox.people.all(limit=4):
        rows.append(("person", f"{person.wa_id}   {person.name}"))
    rows.append(("webhooks", identity["webhook_url"] or "go nowhere yet (--webhook URL)"))
    rows.append(("time", f"{sandbox.clock.now():%Y-%m-%d %H:%M:%S} UTC, {sandbox.clock.mode}"))
    rows.append(("state", f"kept in {data}" if data else "in memory"))
    title = styled("WhatsApp emulator", fg="green", bold=True)
    click.echo(f"{title} is ready. Ctrl-C stops it.\n", color=coloured)
    widest = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{styled(name, dim=True)}{' ' * (widest - len(name))}   {value}", color=coloured)
    from emulator.cli.serve.example import example

    click.echo(f"\nTry it:\n\n{example(sandbox, url)}\n")


def _number(number: dict[str, str]) -> str:
    return f"{number['phone_number_id']}   {number['display_phone_number']}"
