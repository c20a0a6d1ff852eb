"""Call an async function with each webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from emulator.sandbox.webhooks.raised import told
from emulator.sandbox.webhooks.receiver import DeliveryProblem, Headers, Webhook
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.testing.receiving.in_loop import LATE, STRAY_SECONDS, LoopReceiver
from emulator.testing.receiving.loops import LoopNotFree, NotInTime, SessionLoop, run_in


class AsyncFunctionReceiver(LoopReceiver):
    """Delivers to an async function by awaiting it with each webhook, and then the tasks it has started.

    It returns a status, or ``None`` for 200.
    """

    def __init__(self, function: Callable[[Webhook], Awaitable[int | None]], own: SessionLoop) -> None:
        super().__init__(own)
        self._function = function

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Await the function; returns its status, 200 for ``None``.

        Raises :class:`DeliveryProblem` when it raises, for any other answer, when it takes longer than
        ``timeout`` real seconds, and when a task raises that it has started.
        """
        stray: BaseException | None = None

        def call(webhook: Webhook) -> int | None:
            nonlocal stray
            work = self.with_tasks(lambda: _in_time(self._function(webhook), timeout))
            answer, stray = run_in(self.started(), work, timeout + STRAY_SECONDS + LATE)
            return answer

        try:
            status = CallableReceiver(call).post(url, body, headers, timeout)
        except DeliveryProblem as problem:
            cause = problem.__cause__
            if isinstance(cause, NotInTime):
                raise DeliveryProblem(f"no answer within {timeout:g} seconds") from None
            if isinstance(cause, LoopNotFree):
                raise DeliveryProblem(str(cause)) from cause
            raise
        if stray is not None:
            raise DeliveryProblem(f"after that the receiver raised {told(stray)}", status) from stray
        return status

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Answer the challenge for the function, which never sees a handshake: 200 with the challenge."""
        return CallableReceiver(lambda _: None).verify(url, query, timeout)


async def _in_time(work: Awaitable[int | None], seconds: float) -> int | None:
    """Await something for at most some real ``seconds``; raises :class:`NotInTime` after them."""
    try:
        async with asyncio.timeout(seconds) as limit:
            return await work
    except TimeoutError:
        if limit.expired():
            raise NotInTime from None
        raise
