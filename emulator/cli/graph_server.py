"""Serve the Graph API while a command runs, for an app that sends there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from emulator.sandbox.emulator import Emulator


@contextmanager
def served(emulator: Emulator, port: int | None) -> Iterator[None]:
    """Serve the Graph API at a port of this machine inside the block; ``None`` serves nothing.

    Prints where on standard error. Raises :class:`OSError` for a port that cannot be had.
    """
    if port is None:
        yield
        return
    from emulator.web.app import create_app
    from emulator.web.server import Server

    try:
        server = Server(create_app(emulator), "127.0.0.1", port)
    except OSError as problem:
        raise OSError(f"cannot serve at port {port}: {problem.strerror}") from None
    with server:
        emulator.url = server.url
        click.echo(f"the app sends to {server.url}", err=True)
        yield
