"""Find the receiver of a URL: an app or a function connected in this process, else the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.network.client import Client
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.problems import AddressRefused, BadUrl, NetworkProblem
from emulator.sandbox.network.urls import read_url
from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import (
    DeliveryAborted,
    DeliveryProblem,
    Headers,
    Receiver,
    Webhook,
)

if TYPE_CHECKING:
    from emulator.sandbox.webhooks.http import NetworkReceiver

_LOOK_UP_SECONDS = 2.0
"""Real seconds for the name of a host whose URL is being connected."""


class WsgiReceiver:
    """Delivers to a WSGI app (Flask, Django, …) in this process by calling it, without a socket.

    ``base_url``: the scheme and the host that the app sees; https, as the platform calls nothing else.
    ``timeout`` does not hold: the app is called on the delivering thread, and waited for.
    """

    needs_event_loop = False

    def __init__(self, app: Any, base_url: str = "https://localhost") -> None:
        self._app = app
        self._base_url = base_url

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:  # noqa: ARG002
        """Call the app with a POST; returns its status. What it raises becomes a :class:`DeliveryProblem`."""
        return self._open("POST", url, data=body, headers=dict(headers)).status_code  # type: ignore[no-any-return]

    def exchange(self, url: str, body: bytes, headers: Headers, timeout: float) -> tuple[int, bytes]:  # noqa: ARG002
        """Call the app as :meth:`post` does; returns the status and the body of its answer."""
        answer = self._open("POST", url, data=body, headers=dict(headers))
        return answer.status_code, answer.get_data()

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
            return Client(self._app).open(target, method=method, base_url=self._base_url, **rest)
        except Exception as problem:
            raise DeliveryProblem(f"the app raised {described(problem)}") from problem


class CallableReceiver:
    """Delivers to a function by calling it with each :class:`Webhook`.

    It returns a status, or ``None`` for 200. Of a verification handshake it gets a webhook with the method
    GET, and returns the challenge.
    """

    needs_event_loop = False

    def __init__(self, function: Callable[[Webhook], Any]) -> None:
        self._function = function

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:  # noqa: ARG002
        """Call the function; returns its status, 200 for ``None``.

        Raises :class:`DeliveryProblem` when it raises, and for any other answer.
        """
        try:
            answer = self._function(Webhook(body, headers))
        except Exception as problem:
            raise DeliveryProblem(f"the receiver raised {described(problem)}") from problem
        if answer is None:
            return 200
        if isinstance(answer, bool) or not isinstance(answer, int):
            raise DeliveryProblem(f"the receiver answered {answer!r}; a status like 200 or None was expected")
        return int(answer)

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:  # noqa: ARG002
        """Call the function with a GET; it answers with the challenge, or refuses it with a status.

        Raises :class:`DeliveryProblem` when it raises, and for any other answer.
        """
        try:
            answer = self._function(Webhook(b"", {}, "GET", dict(query)))
        except Exception as problem:
            raise DeliveryProblem(f"the receiver raised {described(problem)}") from problem
        if isinstance(answer, int) and not isinstance(answer, bool):
            return answer, HTTPStatus(answer).phrase if answer in list(HTTPStatus) else "", b""
        if answer is None or not isinstance(answer, str | bytes):
            raise DeliveryProblem(
                f"the receiver answered the handshake with {answer!r}; it is called with a webhook whose "
                'method is GET, and returns webhook.query["hub.challenge"]'
            )
        return 200, "OK", answer.encode() if isinstance(answer, str) else answer


class Receivers:
    """Finds the receiver of a URL: one connected in this process, else the network.

    ``policy``: which addresses it may connect to. ``client`` makes the exchanges; the media links of the
    sandbox are fetched by the same one, so that one :meth:`abort` reaches both.
    """

    def __init__(self, policy: AddressPolicy | None = None) -> None:
        self.client = Client(policy or AddressPolicy())
        self._connected: dict[str, Receiver] = {}
        self._aborted = False

    @cached_property
    def _network(self) -> NetworkReceiver:
        from emulator.sandbox.webhooks.http import NetworkReceiver  # zlib, only when needed

        return NetworkReceiver(self.client)

    def connect(self, url: str, receiver: Receiver) -> None:
        """Have a receiver in this process take whatever goes to ``url``, instead of the network.

        A later one for the same URL replaces it. It holds for as long as the sandbox lives, through resets.
        """
        self._connected[url] = receiver

    def check_address(self, url: str) -> None:
        """Raise :class:`ValueError` for what is no URL, and for an address that webhooks may not go to.

        The message says what lets it. A name that cannot be looked up now passes: its host may come up later.
        """
        if url in self._connected:
            return
        try:
            self.client.check(read_url(url), Deadline(_LOOK_UP_SECONDS))
        except (AddressRefused, BadUrl) as refused:
            raise ValueError(str(refused)) from None
        except NetworkProblem:
            return

    def rest(self) -> None:
        """Close idle connections; the next webhook opens a new one."""
        self.client.rest()

    def tidy(self) -> float | None:
        """Close idle connections that have been open for long; see :meth:`Client.tidy`."""
        return self.client.tidy()

    def abort(self) -> None:
        """Break off at once what is under way over the network, and begin nothing more.

        A delivery or a handshake under way raises
        :class:`~emulator.sandbox.webhooks.receiver.DeliveryAborted` in the thread that makes it, and so does
        :meth:`of` from now on. A media link that is being fetched raises
        :class:`~emulator.sandbox.network.problems.Aborted`; its message goes on waiting. Receivers in this
        process cannot be broken off: their function runs to its end. It may be called from any thread, and
        again.
        """
        self._aborted = True
        self.client.abort()

    def of(self, url: str) -> Receiver:
        """Find the receiver of a URL. Raises :class:`DeliveryAborted` after :meth:`abort`."""
        if self._aborted:
            raise DeliveryAborted
        return self._connected.get(url) or self._network
