"""Find the receiver of a URL: an app or a function connected in this process, else the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers, Receiver, Webhook

if TYPE_CHECKING:
    from emulator.sandbox.webhooks.http import NetworkReceiver


class WsgiReceiver:
    """Delivers to a WSGI app (Flask, Django, …) in this process by calling it, without a socket.

    ``timeout`` does not hold: the app is called on the delivering thread, and waited for.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:  # noqa: ARG002
        """Call the app with a POST; returns its status. What it raises becomes a :class:`DeliveryProblem`."""
        return self._open("POST", url, data=body, headers=dict(headers)).status_code  # type: ignore[no-any-return]

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:  # noqa: ARG002
        """Call the app with a GET that has ``query``; returns status, reason and body.

        What it raises becomes a :class:`DeliveryProblem`.
        """
        parts = urlsplit(url)
        joint = "&" if parts.query else ""
        answer = self._open("GET", parts._replace(query=parts.query + joint + urlencode(query)).geturl())
        return answer.status_code, answer.status.partition(" ")[2], answer.get_data()

    def _open(self, method: str, url: str, **rest: Any) -> Any:
        from werkzeug.test import Client

        try:
            parts = urlsplit(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            return Client(self._app).open(target, method=method, **rest)
        except Exception as problem:
            raise DeliveryProblem(f"the app raised {type(problem).__name__}: {problem}") from problem


class CallableReceiver:
    """Delivers to a function by calling it with each :class:`Webhook`.

    It returns a status, or ``None`` for 200.
    """

    def __init__(self, function: Callable[[Webhook], int | None]) -> None:
        self._function = function

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:  # noqa: ARG002
        """Call the function; returns its status, 200 for ``None``.

        Raises :class:`DeliveryProblem` when it raises, and for any other answer.
        """
        try:
            answer = self._function(Webhook(body, headers))
        except Exception as problem:
            raise DeliveryProblem(f"the receiver raised {type(problem).__name__}: {problem}") from problem
        if answer is None:
            return 200
        if isinstance(answer, bool) or not isinstance(answer, int):
            raise DeliveryProblem(f"the receiver answered {answer!r}; a status like 200 or None was expected")
        return int(answer)

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:  # noqa: ARG002
        """Answer the challenge for the function, which never sees a handshake: 200 with the challenge."""
        return 200, "OK", query["hub.challenge"].encode()


class Receivers:
    """Finds the receiver of a URL: one connected in this process, else the network.

    ``allow_public`` lets the network's go to other than loopback and private addresses; it is made when first
    needed.
    """

    def __init__(self, *, allow_public: bool = False) -> None:
        self.allow_public = allow_public
        self._connected: dict[str, Receiver] = {}

    @cached_property
    def _network(self) -> NetworkReceiver:
        from emulator.sandbox.webhooks.http import NetworkReceiver  # urllib3, only when needed

        return NetworkReceiver(allow_public=self.allow_public)

    def connect(self, url: str, receiver: Receiver) -> None:
        """Have a receiver in this process take whatever goes to ``url``, instead of the network.

        A later one for the same URL replaces it. It holds for as long as the sandbox lives, through resets.
        """
        self._connected[url] = receiver

    def rest(self) -> None:
        """Close idle connections of the network, if any webhook ever went there."""
        if "_network" in self.__dict__:
            self._network.rest()

    def of(self, url: str) -> Receiver:
        """Find the receiver of a URL; the network's is made when it is first needed."""
        return self._connected.get(url) or self._network
