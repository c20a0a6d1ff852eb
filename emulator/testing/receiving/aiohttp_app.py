"""Serve an aiohttp ``web.Application`` on a free port of this machine while a test lasts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.network.client import Client
from emulator.sandbox.webhooks.http import NetworkReceiver
from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers
from emulator.testing.receiving.in_loop import LATE, STRAY_SECONDS, LoopReceiver
from emulator.testing.receiving.loops import LoopNotFree, SessionLoop, run_in
from emulator.testing.receiving.served import AppNotStarted

if TYPE_CHECKING:
    from aiohttp.web import Application, AppRunner

_SERVER_LOG = logging.getLogger("aiohttp.server")
"""Where the server of aiohttp writes what a handler has raised."""


class AiohttpReceiver(LoopReceiver):
    """Delivers to an aiohttp app by HTTP, from a server of its own in the loop of the test or the session.

    What the app does at its start and its cleanup is done once for the test.
    """

    def __init__(self, app: Application, own: SessionLoop) -> None:
        super().__init__(own)
        self._app = app
        self._runner: AppRunner | None = None
        self._errors = _Errors()
        self._client = Client(AddressPolicy())
        self._network = NetworkReceiver(self._client)

    async def begin(self) -> None:
        """Start the app and its server, in its loop. Raises :class:`AppNotStarted` when it cannot start."""
        from aiohttp.web import AppRunner, TCPSite

        runner = AppRunner(self._app, access_log=None)
        try:
            await runner.setup()
            await TCPSite(runner, "127.0.0.1", 0).start()
        except Exception as raised:
            await runner.cleanup()
            raise AppNotStarted(f"the app did not start: {described(raised)}") from raised
        self._runner = runner
        _SERVER_LOG.addHandler(self._errors)

    async def end(self) -> None:
        """Stop the server and clean the app up, in its loop."""
        _SERVER_LOG.removeHandler(self._errors)
        self._client.rest()
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Post to the app; returns its status.

        Raises :class:`DeliveryProblem` when no whole answer comes within ``timeout`` real seconds, and with
        what a handler raised, or a task that it has started.
        """
        self._errors.raised.clear()
        try:
            loop = self.started()
            here = self._here(url)

            async def post() -> int:
                try:
                    return await asyncio.to_thread(self._network.post, here, body, headers, timeout)
                finally:
                    self._client.rest()  # an open connection is a task that is waited for

            status, stray = run_in(loop, self.with_tasks(post, _is_apps), timeout + STRAY_SECONDS + LATE)
        except (LoopNotFree, AppNotStarted) as problem:
            raise DeliveryProblem(str(problem)) from problem
        if self._errors.raised:
            raised = self._errors.raised[0]
            raise DeliveryProblem(f"the app raised {described(raised)}", status) from raised
        if stray is not None:
            raise DeliveryProblem(f"after that the app raised {described(stray)}", status) from stray
        return status

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask the app for the challenge; returns status, reason and body.

        Raises :class:`DeliveryProblem` as :meth:`post`.
        """
        try:
            self.started()
        except (LoopNotFree, AppNotStarted) as problem:
            raise DeliveryProblem(str(problem)) from problem
        return self._network.verify(self._here(url), query, timeout)

    def _here(self, url: str) -> str:
        assert self._runner is not None
        host, port = self._runner.addresses[0][:2]
        parts = urlsplit(url)
        return parts._replace(scheme="http", netloc=f"{host}:{port}").geturl()


class _Errors(logging.Handler):
    """Keeps the exceptions that the server of aiohttp logs instead of raising them."""

    def __init__(self) -> None:
        super().__init__()
        self.raised: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.raised.append(record.exc_info[1])


def _is_apps(task: asyncio.Task[Any]) -> bool:
    """Whether a task is the app's, and none that serves a connection."""
    return not getattr(task.get_coro(), "__qualname__", "").startswith("RequestHandler.")
