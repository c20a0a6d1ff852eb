"""A receiver of webhooks in the event loop of a test, on asyncio and on trio."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import anyio
from anyio.abc import ByteStream, SocketAttribute, TaskGroup

LOOPS = ("asyncio", "trio")


class AsyncApp:
    """An app that is served in the event loop of its test, and may go on with something after its answer.

    ``then`` is called with the text of each message that a person sent: before the answer, or after it when
    ``in_background``.
    """

    def __init__(
        self, then: Callable[[str], Coroutine[Any, Any, None]] | None = None, *, in_background: bool = False
    ):
        self.texts: list[str] = []
        self.statuses: list[str] = []
        self._then, self._in_background = then, in_background
        self._tasks: TaskGroup | None = None

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serve it for the length of a block; gives its URL."""
        async with (
            await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0) as listener,
            anyio.create_task_group() as self._tasks,
        ):
            self._tasks.start_soon(listener.serve, self._connected)
            await anyio.wait_all_tasks_blocked()  # what serves it is there before the test goes on
            yield f"http://127.0.0.1:{listener.extra(SocketAttribute.local_port)}/webhook"
            self._tasks.cancel_scope.cancel()

    async def _connected(self, stream: ByteStream) -> None:
        async with stream:
            received = b""
            while True:
                try:
                    received += await stream.receive()
                except (anyio.EndOfStream, anyio.BrokenResourceError):
                    return
                head, ended, body = received.partition(b"\r\n\r\n")
                lines = [line.lower().partition(b":") for line in head.split(b"\r\n")]
                length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
                if not ended or len(body) < length:
                    continue
                received = b""
                answer = await self._answer(head.partition(b"\r\n")[0].decode(), body)
                size = f"Content-Length: {len(answer)}".encode()
                await stream.send(b"HTTP/1.1 200 OK\r\n" + size + b"\r\n\r\n" + answer)

    async def _answer(self, request: str, body: bytes) -> bytes:
        if request.startswith("GET"):
            return request.partition("hub.challenge=")[2].partition("&")[0].partition(" ")[0].encode()
        for text in self._taken(json.loads(body)):
            if self._then is None:
                continue
            if self._in_background:
                assert self._tasks is not None
                self._tasks.start_soon(self._then, text)
            else:
                await self._then(text)
        return b""

    def _taken(self, payload: dict[str, Any]) -> list[str]:
        value = payload["entry"][0]["changes"][0]["value"]
        texts = [message["text"]["body"] for message in value.get("messages", ()) if "text" in message]
        self.texts += texts
        self.statuses += [status["status"] for status in value.get("statuses", ())]
        return texts
