"""Background tasks of an app in the event loop of a test: threads work for the loop, and wait for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from emulator.testing.clocks.event_loops import EventLoop, in_event_loop, running_loop
from emulator.testing.clocks.tasks import leave_alone, waited_for

T = TypeVar("T")
PATIENCE = 5.0
"""Real seconds that background tasks of the app are waited for; one that takes longer is left alone."""

_SERVED: ContextVar[BackgroundTasks | None] = ContextVar("whatsapp_event_loop", default=None)
"""The tasks of the loop that this thread works for."""
_CALLERS: WeakSet[Any] = WeakSet()
"""Tasks that wait for such threads themselves: to wait for them would be for ever."""


class BackgroundTasks:
    """What an app has begun in an event loop and not ended, since this was made in that loop.

    ``tell`` is called with the name of each task that is waited for no more.
    """

    def __init__(self, loop: EventLoop, tell: Callable[[str], object] | None = None) -> None:
        self.loop = loop
        self._tell = tell
        self._before = loop.tasks()

    @contextmanager
    def served(self) -> Iterator[None]:
        """Let threads that are started inside the block work for the loop, and wait for these tasks."""
        token = _SERVED.set(self)
        caller = self.loop.current_task()
        _CALLERS.add(caller)
        try:
            yield
        finally:
            _CALLERS.discard(caller)
            _SERVED.reset(token)

    def wait(self) -> bool:
        """Wait until they have ended, with the tasks that they begin; called from another thread.

        Returns whether there were any. What has not ended after :data:`PATIENCE` real seconds is left alone
        from then on.
        """
        waiting = self.loop.start(self._until_ended)
        try:
            return waiting.result(PATIENCE)
        except TimeoutError:
            waiting.cancel()
            left = self.loop.start(self._unended).result()
            leave_alone(left)
            for task in left:
                if self._tell is not None:
                    self._tell(self.loop.name_of(task))
            return True

    async def _until_ended(self) -> bool:
        found = False
        while tasks := await self._unended():
            found = True
            await self.loop.one_ends(tasks)
        return found

    async def _unended(self) -> frozenset[Any]:
        tasks = self.loop.tasks()
        return waited_for(tasks - self._before, tasks) - {*_CALLERS, self.loop.current_task()}


def served_loop() -> EventLoop | None:
    """Find the loop that this thread works for, as a call that is awaited there; ``None`` without one.

    Receivers that have to be called in the test's own loop ask for it.
    """
    served = _SERVED.get()
    return None if served is None else served.loop


def wait_for_background_tasks() -> bool:
    """Wait until what the app has begun meanwhile in the loop that this thread works for has ended.

    Returns whether there was anything; ``False`` at once in a thread that works for none.
    """
    served = _SERVED.get()
    return served is not None and not in_event_loop() and served.wait()


def call_in_event_loop(function: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
    """Call a coroutine function in the loop that this thread works for, and wait for its result.

    In a thread that works for none, a loop of asyncio is made for the call.
    """
    call = partial(function, *args, **kwargs)
    if (loop := served_loop()) is not None:
        return loop.start(call).result()
    import asyncio

    async def alone() -> T:
        return await call()

    return asyncio.run(alone())


@contextmanager
def serving_here() -> Iterator[None]:
    """Let threads that are started inside the block work for the loop that runs here, if one does."""
    loop = running_loop()
    with nullcontext() if loop is None else BackgroundTasks(loop).served():
        yield
