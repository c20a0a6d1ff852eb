"""Serve the Graph API while a command runs, for an app that sends there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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

    def begin() -> str:
        held.enter_context(server := Server(create_app(emulator), port=port))
        return server.url

    with ExitStack() as held:
        emulator.url = telling(port, begin)
        yield


def telling(port: int, begin: Callable[[], str]) -> str:
    """Begin to serve the Graph API at a port, by a function that returns its address; print and return that.

    It is printed on standard error. Raises :class:`OSError` with a sentence for a port that cannot be had.
    """
    try:
        url = begin()
    except OSError as problem:
        raise OSError(f"cannot serve at port {port}: {problem.strerror}") from None
    click.echo(f"the app sends to {url}", err=True)
    return url
