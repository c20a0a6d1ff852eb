"""An emulator behind a server of this process, called over sockets by several clients at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any, Self

import requests

from emulator import Emulator, Sandbox, Server, create_app
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.messages import text_message
from kit.times import START

LIMIT = 30.0
"""Real seconds after which a call has failed."""


def until(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds, which another thread brings about."""
    pause = Event()
    for _ in range(int(LIMIT / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to that")


class Served:
    """The emulator, its server, and threads for calls that wait; inside the block it serves."""

    def __init__(self) -> None:
        self.emulator = Emulator(worker=True)
        self.server = Server(create_app(self.emulator))
        self._threads = ThreadPoolExecutor(32)

    def __enter__(self) -> Self:
        self.sandbox = self.create()
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()
        self.server.stop()
        self._threads.shutdown()

    def create(self, name: str = "default") -> Sandbox:
        """Make a sandbox whose clock stands still and whose people answer in the same instant."""
        return self.emulator.create(name, at=START, speed=None, at_once=True)

    def control(self, method: str, path: str, body: Any = None, name: str = "default") -> requests.Response:
        """Call the control API about a sandbox."""
        address = f"{self.server.url}/_emulator/sandboxes/{name}{path}"
        return requests.request(method, address, json=body, timeout=LIMIT)

    def send(self, words: str = "Hello", to: str = SHEENA) -> requests.Response:
        """Send a text from the default sandbox's number."""
        return requests.post(
            f"{self.server.url}/v24.0/{PRODUCTION}/messages",
            json={"messaging_product": "whatsapp", "to": to, **text_message(to, words)},
            headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
            timeout=LIMIT,
        )

    def begin(self, call: Callable[..., Any], *arguments: Any, **more: Any) -> Future[Any]:
        """Make a call in a thread of its own; its result is that of the future."""
        return self._threads.submit(call, *arguments, **more)
