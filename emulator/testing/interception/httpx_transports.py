"""httpx: clients choose a transport for each URL; for Meta's hosts it is one that calls the sandbox directly.

Imported when the test's app has imported httpx.
"""

from __future__ import annotations

from functools import partial, wraps
from typing import Any

import httpx

from emulator.testing.interception.gate import Gate
from emulator.testing.interception.in_process import InProcessAnswer, call
from emulator.testing.interception.patches import Patches

CHOICE = "_transport_for_url"
"""The method of both clients that chooses (httpx 0.28). Without it, sockets are intercepted instead."""


class _Transport(httpx.BaseTransport):
    def __init__(self, app: Any) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return _answered(_call(self._app, request, request.read()), request)


class _AsyncTransport(httpx.AsyncBaseTransport):
    def __init__(self, app: Any) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Call the sandbox in a thread: it may wait for webhooks that only this loop can answer."""
        import anyio.to_thread  # httpx itself imports it only for asynchronous calls

        calling = partial(_call, self._app, request, await request.aread())
        return _answered(await anyio.to_thread.run_sync(calling), request)


def patch_httpx(patches: Patches, gate: Gate, _: Any) -> None:
    """Have both clients choose our transport where they would have chosen httpx's own.

    A transport that the app has made itself stays, as it may retry or sign; what it sends is met below, at
    the sockets.
    """
    for client, theirs, ours in (
        (httpx.Client, httpx.HTTPTransport, _Transport),
        (httpx.AsyncClient, httpx.AsyncHTTPTransport, _AsyncTransport),
    ):
        if hasattr(client, CHOICE):
            patches.replace(client, CHOICE, partial(_chosen, gate, theirs, ours))


def _chosen(gate: Gate, theirs: type, ours: Any, original: Any) -> Any:
    @wraps(original)
    def choose(self: Any, url: httpx.URL) -> Any:
        chosen = original(self, url)
        if type(chosen) is not theirs:
            return chosen
        if url.scheme != "https" and chosen is not self._transport and gate.is_shut:
            gate.check(url.host, "call a proxy in the open for")  # no name would be looked up
        route = gate.route(url.host) if url.scheme == "https" else None
        return chosen if route is None else ours(route.app)

    return choose


def _call(app: Any, request: httpx.Request, body: bytes) -> InProcessAnswer:
    """Call the sandbox. Raises what httpx does where a fault breaks the connection."""
    patience = request.extensions.get("timeout", {}).get("read")
    headers = request.headers.multi_items()
    try:
        answer = call(app, request.method, str(request.url), headers, body, patience)
    except ConnectionResetError as problem:
        raise httpx.ReadError(str(problem), request=request) from problem
    except TimeoutError as problem:
        raise httpx.ReadTimeout("The read operation timed out", request=request) from problem
    if len(answer.body) < answer.length and request.method != "HEAD":
        raise httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body "
            f"(received {len(answer.body)} bytes, expected {answer.length})",
            request=request,
        )
    return answer


def _answered(answer: InProcessAnswer, request: httpx.Request) -> httpx.Response:
    about = {"http_version": b"HTTP/1.1", "reason_phrase": answer.reason.encode("latin-1")}
    return httpx.Response(
        answer.status, headers=answer.headers, content=answer.body, request=request, extensions=about
    )
