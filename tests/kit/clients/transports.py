"""The way from a client library to the emulator, whatever loop and host it insists on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx

LIMIT = 10.0
"""Seconds after which a test gives up waiting for another thread."""


Perform = Callable[[Callable[[Any], Any]], Any]
"""Carries out an act with a client, and returns what it returns."""


def in_a_loop(new_client: Callable[[], AbstractAsyncContextManager[Any]]) -> Perform:
    """Give each act a client and an event loop of its own, and close both."""

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
