"""What the tests of the client libraries share: numbers, a receiver, and a way to the emulator."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import httpx
from flask import Flask, Response, request

from emulator import Server

PRODUCTION = "106540352242922"
TEST_NUMBER = "107878721936019"
SHEENA = "+16505551234"
PABLO = "+16505554321"
JONAS = "+4915123456789"

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)
LIMIT = 10.0
"""Seconds after which a test gives up waiting for another thread."""


Perform = Callable[[Callable[[Any], Any]], Any]
"""Carries out what is done with a client, and returns what came of it."""


def in_a_loop(new_client: Callable[[], AbstractAsyncContextManager[Any]]) -> Perform:
    """Gives each act a client and an event loop of its own, and closes both."""

    async def carry_out(act: Callable[[Any], Awaitable[Any]]) -> Any:
        async with new_client() as client:
            return await act(client)

    return lambda act: asyncio.run(carry_out(act))


def timers_are_done(limit: float = LIMIT) -> None:
    """Wait for the timers of this process: pywa registers its callback from one."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(limit)
            assert not thread.is_alive(), "the callback was not registered in time"


class Receiver:
    """An integrator's webhook: it keeps what it gets and answers what its ``listener`` says."""

    def __init__(self, verify_token: str) -> None:
        self.handshakes: list[dict[str, str]] = []
        self.webhooks: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.listener: Callable[[bytes], int] = lambda _: 200
        self.app = Flask("receiver")
        self.app.get("/webhook")(lambda: self._verify(verify_token))
        self.app.post("/webhook")(self._receive)
        self.server = Server(self.app)

    @property
    def url(self) -> str:
        return f"{self.server.url}/webhook"

    def _verify(self, verify_token: str) -> Response:
        self.handshakes.append(request.args.to_dict())
        if request.args.get("hub.verify_token") != verify_token:
            return Response("Forbidden", 403)
        return Response(request.args["hub.challenge"], content_type="text/plain")

    def _receive(self) -> Response:
        self.bodies.append(request.get_data())
        self.headers.append({name.lower(): value for name, value in request.headers})
        self.webhooks.append(request.get_json())
        return Response(status=self.listener(self.bodies[-1]))

    def values(self) -> list[dict[str, Any]]:
        """The ``value`` of each webhook; one webhook carries one."""
        return [webhook["entry"][0]["changes"][0]["value"] for webhook in self.webhooks]

    def statuses(self) -> list[tuple[str, str]]:
        """Message id and status of each status webhook, in the order they came."""
        return [(told["id"], told["status"]) for value in self.values() for told in value.get("statuses", [])]


class Rerouted(httpx.BaseTransport):
    """Carries calls for https://graph.facebook.com to the emulator; nothing else of them changes."""

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url)
        self._wire = httpx.HTTPTransport(verify=False)  # plain HTTP: no certificates to load

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host=self._url.host, port=self._url.port)
        return self._wire.handle_request(request)

    def close(self) -> None:
        self._wire.close()


class ReroutedAsync(httpx.AsyncBaseTransport):
    """The same for asyncio."""

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url)
        self._wire = httpx.AsyncHTTPTransport(verify=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host=self._url.host, port=self._url.port)
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        await self._wire.aclose()
