"""The event loops in which async apps are served: one of the session's own, or the one of an async test."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

from emulator.sandbox.real_time import real_seconds

T = TypeVar("T")


class OwnLoop(asyncio.SelectorEventLoop):
    """An event loop whose timers go by real time, also while freezegun holds the process.

    ``on_task`` is called with every task that is created in it, in the context of that task.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on_task: Callable[[asyncio.Task[Any]], None] | None = None
        self.set_task_factory(self._made)

    def time(self) -> float:
        """Real seconds since some instant in the past."""
        return real_seconds()

    def _made(self, loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **options)
        if self.on_task is not None:
            (options.get("context") or contextvars.copy_context()).run(self.on_task, task)
        return task


class SessionLoop:
    """An event loop in a thread of its own, which serves the async apps of tests that have no loop.

    There is one for the whole session: what an app makes once, such as a client with its connections, belongs
    to the loop in which it is first used. It starts when it is first asked for.
    """

    def __init__(self) -> None:
        self._loop: OwnLoop | None = None
        self._thread: Thread | None = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop, which is running."""
        if self._loop is None:
            self._loop = OwnLoop()
            # an empty context: what a test has set is not what every later one gets
            self._thread = Thread(
                target=contextvars.Context().run,
                args=(self._loop.run_forever,),
                name="whatsapp-apps",
                daemon=True,
            )
            self._thread.start()
        return self._loop

    def is_it(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Whether ``loop`` is this one."""
        return loop is self._loop

    def close(self) -> None:
        """Cancel what still runs in it, and end its thread."""
        if self._loop is None or self._thread is None:
            return
        run_in(self._loop, _end(self._loop))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = None


class LoopNotFree(Exception):
    """The loop in which something should run is closed, or is waiting for the caller."""


class NotInTime(Exception):
    """What was to run in a loop took longer than it may, and was cancelled."""


def run_in(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T], seconds: float | None = None) -> T:
    """Run a coroutine in a loop, with the context variables of the calling thread; returns its result.

    A loop that stands still, as that of an async test does between the test and its fixtures, runs for as
    long as it takes. Raises what the coroutine raises; :class:`NotInTime` when it takes longer than some real
    ``seconds``, and then cancels it; :class:`LoopNotFree` when it can never run.
    """
    if loop.is_closed():
        work.close()
        raise LoopNotFree("the event loop of the test is closed")
    if not loop.is_running():
        return loop.run_until_complete(work)
    if _running() is loop:
        work.close()
        raise LoopNotFree("the event loop of the test is busy with this call: await it")
    future: Future[T] = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():
            raise  # the coroutine's own
        future.cancel()
        raise NotInTime from None


def _running() -> asyncio.AbstractEventLoop | None:
    with suppress(RuntimeError):
        return asyncio.get_running_loop()
    return None


async def _end(loop: asyncio.AbstractEventLoop) -> None:
    await cancel(asyncio.all_tasks(loop) - {asyncio.current_task()})
    await loop.shutdown_asyncgens()
    await loop.shutdown_default_executor()


async def cancel(tasks: set[Any]) -> None:
    """Cancel tasks of the running loop, and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
