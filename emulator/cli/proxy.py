"""What ``serve --proxy`` and ``exec`` share: the user's certificate authority, and hosts beside Meta's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from emulator.web.proxy.authority import Authority
    from emulator.web.proxy.proxy import Proxy
    from emulator.web.server import Server

OTHERS = click.option(
    "--proxy-others",
    default="refuse",
    show_default=True,
    type=click.Choice(["refuse", "allow"]),
    help="What the proxy does with calls for other hosts than Meta's.",
)


def tls_folder() -> Path:
    """The folder of the user's certificate authority: ``~/.config/whatsapp-emulator/tls`` on Linux."""
    return Path(click.get_app_dir("whatsapp-emulator")) / "tls"


def users_authority() -> Authority:
    """Take up the certificate authority of this user, or make it.

    Raises :class:`click.ClickException` with a sentence when it cannot be used, or the extra ``tls`` is
    missing.
    """
    from emulator.web.proxy.authority import Authority, MissingTls

    folder = tls_folder()
    try:
        return Authority.kept(folder)
    except MissingTls as problem:
        raise click.ClickException(str(problem.strerror)) from None
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"cannot keep a certificate authority in {folder}: {problem}") from None


def proxy_of(server: Server, authority: Authority, port: int, *, others: bool) -> Proxy:
    """Start a proxy beside a server, at the same address and a port of its own; 0 takes a free one.

    Raises :class:`click.ClickException` when the port is taken.
    """
    from emulator.web.proxy.proxy import Proxy

    backend = (_own(server.host), server.port)
    try:
        return Proxy(authority, backend, host=server.host, port=port, others=others)
    except OSError as problem:
        raise click.ClickException(
            f"cannot bind {server.host}:{port} for the proxy: {problem.strerror}; --proxy 0 takes a free one"
        ) from None


def _own(host: str) -> str:
    """By which address this machine reaches a server that is bound to ``host``."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
