"""Serve an async app in an event loop while a test lasts, and wait for the tasks that it starts."""

from __future__ import annotations

import asyncio
from asyncio import wait
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, TypeVar
from weakref import WeakSet

from emulator.testing.clocks.background_tasks import PATIENCE, served_loop
from emulator.testing.clocks.event_loops import AsyncioLoop
from emulator.testing.clocks.tasks import leave_alone
from emulator.testing.receiving.loops import LoopNotFree, OwnLoop, SessionLoop, cancel, run_in
from emulator.testing.receiving.served import Served

T = TypeVar("T")

STRAY_SECONDS = PATIENCE
"""Real seconds for which a webhook waits for tasks that the app has started and does not await itself."""
START_SECONDS = 30.0
"""Real seconds in which an app must have started, or stopped."""
LATE = 1.0
"""Real seconds that a loop may take to notice that a time is over."""

_CALL: ContextVar[object] = ContextVar("whatsapp_call", default=None)


class LoopReceiver(Served):
    """An app that is served in an event loop: that of an async test, else the session's ``own``.

    It starts with :meth:`start` or the first webhook, and stops with :meth:`close`.
    """

    def __init__(self, own: SessionLoop) -> None:
        self._own = own
        self._loop: asyncio.AbstractEventLoop | None = None
        self._left_alone: WeakSet[asyncio.Task[Any]] = WeakSet()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def needs_event_loop(self) -> bool:  # type: ignore[override]
        """Whether it runs, or will run, in the event loop of an async test if there is one."""
        return self._loop is None or not self._own.is_it(self._loop)

    def start(self) -> None:
        """Start the app now. Raises ``AppNotStarted`` with what the app raised."""
        self.started()

    def started(self) -> asyncio.AbstractEventLoop:
        """The loop in which the app runs; it is started if it has not been yet."""
        if self._loop is None:
            loop = _loop_of_test() or self._own.loop
            run_in(loop, self._begin(), START_SECONDS + LATE)
            self._loop = loop
        return self._loop

    def close(self) -> None:
        """Stop the app, and cancel the tasks that it has left. Raises what the app raises then."""
        if self._loop is None:
            return
        loop, self._loop = self._loop, None
        with suppress(LoopNotFree):  # a loop that is closed has cancelled its tasks
            run_in(loop, self._stop(), START_SECONDS + LATE)

    async def _begin(self) -> None:
        before = asyncio.all_tasks()
        await self.begin()
        if not self._own.is_it(asyncio.get_running_loop()):
            self._keeper = asyncio.create_task(self._keep())
        leave_alone(asyncio.all_tasks() - before)  # they last as long as the app

    async def _keep(self) -> None:
        """Stop the app when the loop of an async test ends, which cancels its tasks and then is closed."""
        try:
            await asyncio.Event().wait()
        finally:
            if self._loop is not None:
                self._loop = None
                await self.end()

    async def _stop(self) -> None:
        try:
            await self.end()
        finally:
            await cancel({task for task in (*self._left_alone, self._keeper) if task and not task.done()})

    async def begin(self) -> None:
        """Start the app, in its loop. Raises ``AppNotStarted`` when it cannot start."""

    async def end(self) -> None:
        """Stop the app, in its loop."""

    async def with_tasks(
        self, work: Callable[[], Awaitable[T]], is_its: Callable[[asyncio.Task[Any]], bool] | None = None
    ) -> tuple[T, BaseException | None]:
        """Do a piece of the app's work in its loop, and wait for the tasks that it starts.

        Returns its result, and what the first of these tasks raised. That is for at most
        :data:`STRAY_SECONDS`; those that go on then are cancelled when the app stops. In the loop of an async
        test whoever awaits waits for them. ``is_its``: which of all tasks that are started meanwhile are the
        app's; without it those that the work itself starts are.
        """
        loop = asyncio.get_running_loop()
        if not isinstance(loop, OwnLoop):
            return await work(), None
        call, started = object(), list[asyncio.Task[Any]]()

        def keep(task: asyncio.Task[Any]) -> None:
            if _CALL.get() is call if is_its is None else is_its(task):
                started.append(task)

        token = _CALL.set(call)
        before, loop.on_task = loop.on_task, keep
        try:
            result = await work()
            raised = await self._ended(started)
        finally:
            loop.on_task = before
            _CALL.reset(token)
        return result, raised

    async def _ended(self, started: list[asyncio.Task[Any]]) -> BaseException | None:
        until = asyncio.get_running_loop().time() + STRAY_SECONDS
        while pending := {task for task in started if not task.done()} - {asyncio.current_task()}:
            _, late = await wait(pending, timeout=max(0, until - asyncio.get_running_loop().time()))
            if late:
                self._left_alone.update(late)
                break
        raised = [task.exception() for task in started if task.done() and not task.cancelled()]
        return next((each for each in raised if each is not None), None)


def _loop_of_test() -> asyncio.AbstractEventLoop | None:
    """Find the asyncio loop that the calling thread works for, as a call that an async test awaits."""
    served = served_loop()
    return served.start(_this_loop).result() if isinstance(served, AsyncioLoop) else None


async def _this_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
