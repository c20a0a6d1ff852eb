"""Call an async function with each webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers, Webhook
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.testing.receiving.in_loop import LATE, STRAY_SECONDS, LoopReceiver
from emulator.testing.receiving.loops import LoopNotFree, NotInTime, SessionLoop, run_in

T = TypeVar("T")


class AsyncFunctionReceiver(LoopReceiver):
    """Delivers to an async function by awaiting it with each webhook, and then the tasks it has started.

    It returns a status, or ``None`` for 200.
    """

    def __init__(self, function: Callable[[Webhook], Awaitable[Any]], own: SessionLoop) -> None:
        super().__init__(own)
        self._function = function

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Await the function; returns its status, 200 for ``None``.

        Raises :class:`DeliveryProblem` when it raises, for any other answer, when it takes longer than
        ``timeout`` real seconds, and when a task raises that it has started.
        """
        status, stray = self._asked(lambda receiver: receiver.post(url, body, headers, timeout), timeout)
        if stray is not None:
            raise DeliveryProblem(f"after that the receiver raised {described(stray)}", status) from stray
        return status

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Await the function with a webhook whose method is GET; returns status, reason and the challenge.

        Raises :class:`DeliveryProblem` as :meth:`post`.
        """
        return self._asked(lambda receiver: receiver.verify(url, query, timeout), timeout)[0]

    def _asked(self, ask: Callable[[CallableReceiver], T], timeout: float) -> tuple[T, BaseException | None]:
        """Ask the function as one that is called, and await it there; with what a task of it raised."""
        stray: BaseException | None = None

        def call(webhook: Webhook) -> Any:
            nonlocal stray
            work = self.with_tasks(lambda: _in_time(self._function(webhook), timeout))
            answer, stray = run_in(self.started(), work, timeout + STRAY_SECONDS + LATE)
            return answer

        try:
            answer = ask(CallableReceiver(call))
        except DeliveryProblem as problem:
            cause = problem.__cause__
            if isinstance(cause, NotInTime):
                raise DeliveryProblem(f"no answer within {timeout:g} seconds") from None
            if isinstance(cause, LoopNotFree):
                raise DeliveryProblem(str(cause)) from cause
            raise
        return answer, stray


async def _in_time(work: Awaitable[Any], seconds: float) -> Any:
    """Await something for at most some real ``seconds``; raises :class:`NotInTime` after them."""
    try:
        async with asyncio.timeout(seconds) as limit:
            return await work
    except TimeoutError:
        if limit.expired():
            raise NotInTime from None
        raise
