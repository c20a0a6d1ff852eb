"""Make a receiver of webhooks out of what a test names: an app of any kind, or a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers, Receiver
from emulator.testing.receiving.kinds import Kind, Place, arguments, kind_of
from emulator.testing.receiving.routes import like_a_webhook
from emulator.testing.receiving.served import Served

_NOT_THERE = (404, 405)


def in_process(thing: Any, place: Place) -> KnownApp:
    """Make the receiver of an app or a function in this process, served at a ``place``.

    Raises :class:`TypeError` for what is none, with a sentence that says what it could be.
    """
    kind = kind_of(thing)
    if kind is not None:
        return KnownApp(thing, kind, kind.serve(thing, place))
    if not callable(thing):
        raise TypeError(
            "a receiver is a URL, an app (WSGI, ASGI, Django, aiohttp), the name of one ('module:app') or a "
            f"function, not {type(thing).__name__}"
        )
    raise TypeError(
        f"{thing!r} takes {arguments(thing)} arguments: a function takes one (the webhook), a WSGI app two, "
        "an ASGI app three"
    )


class KnownApp(Served):
    """An app of a known kind: when it does not take a webhook, its problem says more.

    That is the exception for which its framework answered 500, and the routes that may be its webhook when
    there is none where it was sent.
    """

    def __init__(self, app: Any, kind: Kind, receiver: Receiver) -> None:
        self._app, self._kind, self._receiver = app, kind, receiver

    @property
    def needs_event_loop(self) -> bool:  # type: ignore[override]
        """Whether it may answer only while the event loop of an async test goes on."""
        return isinstance(self._receiver, Served) and self._receiver.needs_event_loop

    def start(self) -> None:
        """Start the app now. Raises ``AppNotStarted`` when it cannot start."""
        if isinstance(self._receiver, Served):
            self._receiver.start()

    def close(self) -> None:
        """Stop the app, and wait until it has stopped."""
        if isinstance(self._receiver, Served):
            self._receiver.close()

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Deliver to the app; returns its status. Raises ``DeliveryProblem`` when there is more to say."""
        return self._told(lambda: (self._receiver.post(url, body, headers, timeout), b""))[0]

    def exchange(self, url: str, body: bytes, headers: Headers, timeout: float) -> tuple[int, bytes]:
        """Deliver as :meth:`post` does; returns the status and the body, empty where none can be seen."""
        ask = getattr(self._receiver, "exchange", None)
        if ask is None:
            return self.post(url, body, headers, timeout), b""
        return self._told(lambda: ask(url, body, headers, timeout))

    def _told(self, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        with self._kind.raised(self._app) as raised:
            status, said = ask()
        if status >= 500 and raised:
            raise DeliveryProblem(f"the app raised {described(raised[-1])}", status) from raised[-1]
        if status in _NOT_THERE and (paths := like_a_webhook(self._kind.routes(self._app))):
            routes = f"it is {self._kind.name} with {', '.join(paths)}"
            raise DeliveryProblem(f"{routes}; is whatsapp_webhook_path right?", status)
        return status, said

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask the app for the challenge; returns status, reason and body, as ``Receiver.verify``."""
        with self._kind.raised(self._app) as raised:
            answer = self._receiver.verify(url, query, timeout)
        if answer[0] >= 500 and raised:
            raise DeliveryProblem(f"the app raised {described(raised[-1])}", answer[0]) from raised[-1]
        return answer
