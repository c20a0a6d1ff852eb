"""How an answer goes out that a fault has struck: late, broken off in the middle, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from emulator.domain.values import dataclass

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CONNECTION = "emulator.connection"
"""The name in a WSGI environment of the :class:`Breakable` connection on which the call has come."""
PATIENCE = "emulator.patience"
"""The name in a WSGI environment of the real seconds for which a caller in this process waits."""


class Ending(Enum):
    """How an answer ends."""

    WHOLE = "whole"
    TRUNCATED = "truncated"
    """Half of the body comes, and then the connection ends."""
    RESET = "reset"
    """Nothing comes: the connection is reset."""


@dataclass(frozen=True, slots=True)
class Struck:
    """What a fault does to the way of an answer: its ending, and for how long it is held back."""

    ending: Ending
    delay: float
    hold: Callable[[float], None]
    """Waits for some real seconds, or until the sandbox is closed."""


class Breakable(Protocol):
    """A connection that can be ended before its answer does. Neither act returns."""

    def reset(self) -> None:
        """Reset it, so that the client hears of no answer."""

    def hang_up(self) -> None:
        """End it after what has been written."""


def send(
    struck: Struck,
    environ: WSGIEnvironment,
    start_response: StartResponse,
    status: str,
    headers: list[tuple[str, str]],
    body: bytes,
) -> Iterable[bytes]:
    """Give a WSGI answer as a fault has it; ``headers`` name the length of the whole ``body``.

    Waits outside of every lock. A server of ours ends its connection; a caller in this process gets what a
    client's own socket would raise: :class:`ConnectionResetError`, and :class:`TimeoutError` for an answer
    that is held back for longer than it waits.
    """
    wait(struck, environ)
    connection: Any = environ.get(CONNECTION)
    if struck.ending is Ending.RESET:
        if connection is not None:
            connection.reset()
        raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return ()
    if struck.ending is Ending.TRUNCATED:
        return _broken_off(body[: len(body) // 2], connection)
    return (body,)


def wait(struck: Struck, environ: WSGIEnvironment) -> None:
    """Hold an answer back. Raises :class:`TimeoutError` when the caller gives up before."""
    patience: float | None = environ.get(PATIENCE)
    if struck.delay and patience is not None and patience < struck.delay:
        struck.hold(patience)
        raise TimeoutError(errno.ETIMEDOUT, "timed out")
    if struck.delay:
        struck.hold(struck.delay)


def _broken_off(half: bytes, connection: Breakable | None) -> Iterator[bytes]:
    yield half
    if connection is not None:
        connection.hang_up()
