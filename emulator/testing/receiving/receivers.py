"""What a test may name as the receiver of its webhooks, beside a URL: a WSGI app or a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from emulator.sandbox.webhooks.receiver import Receiver
from emulator.sandbox.webhooks.receivers import CallableReceiver, WsgiReceiver


def in_process(receiver: Any) -> Receiver:
    """Make a receiver of webhooks out of a WSGI app (two arguments) or a function of one webhook.

    They are called directly, without a socket. Raises :class:`TypeError` for anything else: an ASGI app or a
    coroutine function has to be served, and is named by its URL.
    """
    if inspect.iscoroutinefunction(receiver):
        raise TypeError("a coroutine function would never be awaited; serve the async app and name its URL")
    if not callable(receiver):
        raise TypeError(f"a receiver is a URL, a WSGI app or a function, not {type(receiver).__name__}")
    wanted = _wanted(receiver)
    if wanted == 2:
        return WsgiReceiver(receiver)
    if wanted == 1:
        return CallableReceiver(receiver)
    raise TypeError(
        f"{receiver!r} takes {wanted} arguments: a WSGI app takes two, a function one (the webhook). "
        "Serve an ASGI app and name its URL."
    )


def _wanted(receiver: Callable[..., Any]) -> int:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(
        parameter.kind in kinds and parameter.default is inspect.Parameter.empty
        for parameter in inspect.signature(receiver).parameters.values()
    )
