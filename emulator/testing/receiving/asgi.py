"""Serve an ASGI app (FastAPI, Starlette, …) without a socket: one lifespan a test, one request a webhook.

The app is called by ``asgiref``, the reference implementation of ASGI.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from contextvars import copy_context
from http import HTTPStatus
from http.client import responses
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers
from emulator.testing.receiving.in_loop import LATE, START_SECONDS, STRAY_SECONDS, LoopReceiver
from emulator.testing.receiving.loops import LoopNotFree, NotInTime, SessionLoop, cancel, run_in
from emulator.testing.receiving.served import AppNotStarted

if TYPE_CHECKING:
    from asgiref.testing import ApplicationCommunicator

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]


class AsgiReceiver(LoopReceiver):
    """Delivers to an ASGI app in this process, without a socket.

    ``base_url``: the scheme and the host that the app sees. A webhook counts as answered when the app's call
    has ended, background tasks of the answer included, and then the tasks that it has started.
    """

    def __init__(self, app: App, own: SessionLoop, base_url: str = "https://localhost") -> None:
        """Raises :class:`AppNotStarted` where ``asgiref`` is not installed."""
        try:
            import asgiref.testing  # noqa: F401
        except ModuleNotFoundError:
            raise AppNotStarted(
                "ASGI apps are called by asgiref, which is not installed: "
                "pip install 'whatsapp-emulator[pytest]'"
            ) from None
        super().__init__(own)
        self._app = app
        self._base = urlsplit(base_url)
        self._lifespan = Lifespan(app)

    async def begin(self) -> None:
        """Start the lifespan of the app, in its loop. Raises ``AppNotStarted`` when it cannot start."""
        await self._lifespan.start()

    async def end(self) -> None:
        """Stop the lifespan of the app, in its loop."""
        await self._lifespan.stop()

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Call the app with a POST; returns its status.

        Raises :class:`DeliveryProblem` when there is no whole answer within ``timeout`` real seconds, and
        with what the app raised, before its answer or after it.
        """
        return self.exchange(url, body, headers, timeout)[0]

    def exchange(self, url: str, body: bytes, headers: Headers, timeout: float) -> tuple[int, bytes]:
        """Call the app as :meth:`post` does; returns the status and the body of its answer."""
        parts = urlsplit(url)
        return self._answer("POST", parts, parts.query, headers.items(), body, timeout)

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Call the app with a GET that has ``query``; returns status, reason and body.

        Raises :class:`DeliveryProblem` as :meth:`post`.
        """
        parts = urlsplit(url)
        joint = "&" if parts.query else ""
        status, body = self._answer("GET", parts, parts.query + joint + urlencode(query), (), b"", timeout)
        return status, responses.get(status, ""), body

    def _answer(
        self,
        method: str,
        parts: SplitResult,
        query: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        timeout: float,
    ) -> tuple[int, bytes]:
        try:
            loop = self.started()
            request = Request(self._app, self._scope(method, parts, query, headers, body))
            work = self.with_tasks(lambda: request.make(body, timeout))
            with suppress(NotInTime):
                _, stray = run_in(loop, work, 2 * timeout + STRAY_SECONDS + LATE)
                request.raised = request.raised or stray
        except (LoopNotFree, AppNotStarted) as problem:
            raise DeliveryProblem(str(problem)) from problem
        status, raised = request.status, request.raised
        if raised is not None:
            # an app that is about to raise may answer 500 first, and let a server see the exception
            is_later = request.is_answered and status != HTTPStatus.INTERNAL_SERVER_ERROR
            when = "after that the app" if is_later else "the app"
            raise DeliveryProblem(f"{when} raised {described(raised)}", status) from raised
        if status is None or not request.is_answered:
            if request.has_ended:
                raise DeliveryProblem("the app returned without a whole answer")
            raise DeliveryProblem(f"no answer within {timeout:g} seconds")
        return status, bytes(request.body)

    def _scope(
        self, method: str, parts: SplitResult, query: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> Message:
        sent = {"host": self._base.netloc, "content-length": str(len(body))}
        sent |= {name.lower(): value for name, value in headers}
        port = self._base.port or (443 if self._base.scheme == "https" else 80)
        scope: Message = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": self._base.scheme,
            "path": unquote(parts.path or "/"),
            "raw_path": (parts.path or "/").encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
            "client": ("127.0.0.1", 0),
            "server": (self._base.hostname, port),
        }
        if self._lifespan.is_running:
            scope["state"] = dict(self._lifespan.state)
        return scope


class Request:
    """One request to an app: what it has answered, and what it raised."""

    def __init__(self, app: App, scope: Message) -> None:
        self._app = app
        self._scope = scope
        self.status: int | None = None
        self.body = bytearray()
        self.is_answered = False
        """Whether the whole answer is there."""
        self.has_ended = False
        """Whether the app's call came to its end by itself."""
        self.raised: BaseException | None = None

    async def make(self, body: bytes, seconds: float) -> None:
        """Make the request with a ``body``, and wait for its answer and for what the app does after it.

        The answer must be whole within some real ``seconds``, or the app is cancelled; what follows it may
        take as long again.
        """
        from asgiref.testing import ApplicationCommunicator

        context = copy_context()

        async def in_context(scope: Message, receive: Any, send: Any) -> None:
            # asgiref calls an app in an empty context, and the test may have set variables for it
            await asyncio.create_task(_called(self._app, scope, receive, send), context=context)

        call = ApplicationCommunicator(in_context, self._scope)
        await call.send_input({"type": "http.request", "body": body, "more_body": False})
        while not self.is_answered and (message := await _said(call, seconds)) is not None:
            self._take(message)
        if self.is_answered:
            call.input_queue.put_nowait({"type": "http.disconnect"})
            await asyncio.wait({call.future}, timeout=seconds)
        elif not call.future.done():
            await cancel({call.future})
        self.raised = _raised_by(call)
        self.has_ended = call.future.done() and not call.future.cancelled()

    def _take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.is_answered = not message.get("more_body", False)


class Lifespan:
    """The lifespan of an app: started once, then stopped; an app that has none is left alone."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._call: ApplicationCommunicator | None = None
        self.state: dict[str, Any] = {}
        """What the app keeps from its start for every request."""

    @property
    def is_running(self) -> bool:
        """Whether the app has a lifespan, and it has started."""
        return self._call is not None

    async def start(self) -> None:
        """Tell the app that it starts. Raises :class:`AppNotStarted` when it says that it cannot."""
        from asgiref.testing import ApplicationCommunicator

        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        call = ApplicationCommunicator(self._until_cancelled, scope)
        await call.send_input({"type": "lifespan.startup"})
        answer = await _said(call, START_SECONDS)
        if answer is None and call.future.done():
            return  # it has raised for this scope, or ended: a server goes on without a lifespan then
        if answer is None:
            await cancel({call.future})
            raise AppNotStarted(f"the app did not start within {START_SECONDS:g} seconds")
        if answer["type"] == "lifespan.startup.complete":
            self._call = call
            return
        await asyncio.wait({call.future}, timeout=LATE)
        raised = _raised_by(call)
        why = described(raised) if raised is not None else str(answer.get("message", "")).strip()
        raise AppNotStarted(f"the app did not start: {why}") from raised

    async def _until_cancelled(self, scope: Message, receive: Any, send: Any) -> None:
        """Call the app; when its loop ends, which cancels it, it is told to stop instead."""

        async def receive_or_stop() -> Message:
            try:
                return await receive()  # type: ignore[no-any-return]
            except asyncio.CancelledError:
                return {"type": "lifespan.shutdown"}

        await self._app(scope, receive_or_stop, send)

    async def stop(self) -> None:
        """Tell the app that it stops, and wait for it. Raises what it raises."""
        if self._call is None:
            return
        call, self._call = self._call, None
        call.input_queue.put_nowait({"type": "lifespan.shutdown"})
        await call.wait(START_SECONDS)


async def _said(call: ApplicationCommunicator, seconds: float) -> Message | None:
    """Wait for the next message of an app; ``None`` when it ends, or some real ``seconds`` pass, without."""
    message = asyncio.ensure_future(call.output_queue.get())
    await asyncio.wait({message, call.future}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if message.done():
        said: Message = message.result()
        return said
    message.cancel()
    return None


async def _called(app: App, scope: Message, receive: Any, send: Any) -> None:
    await app(scope, receive, send)


def _raised_by(call: ApplicationCommunicator) -> BaseException | None:
    future = call.future
    if not future.done() or future.cancelled():
        return None
    raised: BaseException | None = future.exception()
    return raised
