"""The event loop in which an async test runs: asyncio or trio, which an app of the test may share.

Neither is imported before somebody runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from emulator.testing.clocks.tasks import leave_alone, takes_turn

T = TypeVar("T")


class EventLoop(Protocol):
    """A running event loop, as the threads that work for it see it."""

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a thread of its own, while the loop goes on; called in the loop."""
        ...

    def start(self, function: Callable[..., Awaitable[T]], *args: Any) -> Future[T]:
        """Call a coroutine function in the loop, from another thread; returns the future of its result.

        Cancelling the future cancels the call, and nobody waits for what is left of it.
        """
        ...

    def tasks(self) -> frozenset[Any]:
        """List the tasks that have not ended; called in the loop."""
        ...

    def name_of(self, task: Any) -> str:
        """What a task is called: by the function that it runs."""
        ...

    def current_task(self) -> Any:
        """The task that asks; called in the loop."""
        ...

    async def one_ends(self, tasks: frozenset[Any]) -> None:
        """Wait until one of some tasks has ended, or sleeps in simulated time; called in the loop."""
        ...


class AsyncioLoop:
    """The asyncio loop that runs in this thread, whichever its implementation is."""

    def __init__(self) -> None:
        import asyncio

        self._asyncio = asyncio
        self._loop = asyncio.get_running_loop()

    async def in_thread(self, work: Callable[[], T]) -> T:
        return await self._asyncio.to_thread(work)

    def start(self, function: Callable[..., Awaitable[T]], *args: Any) -> Future[T]:
        future: Future[T] = Future()
        tasks: list[Any] = []

        async def call() -> None:
            with suppress(InvalidStateError):  # it may be cancelled at the same moment
                try:
                    future.set_result(await function(*args))
                except self._asyncio.CancelledError:
                    future.cancel()
                    raise
                except Exception as problem:
                    future.set_exception(problem)

        def begin() -> None:
            tasks.append(self._loop.create_task(call()))

        def cancel() -> None:
            for task in tasks:
                task.cancel()
            leave_alone(tasks)  # it ends only when the loop comes to it

        def ended(result: Future[T]) -> None:
            if result.cancelled():
                with suppress(RuntimeError):  # the loop is closed
                    self._loop.call_soon_threadsafe(cancel)

        future.add_done_callback(ended)
        self._loop.call_soon_threadsafe(begin)
        return future

    def tasks(self) -> frozenset[Any]:
        return frozenset(self._asyncio.all_tasks(self._loop))

    def name_of(self, task: Any) -> str:
        return str(getattr(task.get_coro(), "__qualname__", task.get_name()))

    def current_task(self) -> Any:
        return self._asyncio.current_task(self._loop)

    async def one_ends(self, tasks: frozenset[Any]) -> None:
        turn = self._loop.create_future()
        takes_turn(turn)
        await self._asyncio.wait({*tasks, turn}, return_when=self._asyncio.FIRST_COMPLETED)


class TrioLoop:
    """The trio run of this thread."""

    def __init__(self) -> None:
        import trio

        self._trio = trio
        self._token = trio.lowlevel.current_trio_token()

    async def in_thread(self, work: Callable[[], T]) -> T:
        return await self._trio.to_thread.run_sync(work)

    def start(self, function: Callable[..., Awaitable[T]], *args: Any) -> Future[T]:
        future: Future[T] = Future()
        scope = self._trio.CancelScope()
        tasks = []

        async def call() -> None:
            with scope, suppress(InvalidStateError):  # it may be cancelled at the same moment
                try:
                    future.set_result(await function(*args))
                except Exception as problem:
                    future.set_exception(problem)

        def begin() -> None:
            tasks.append(self._trio.lowlevel.spawn_system_task(call))

        def cancel() -> None:
            scope.cancel()
            leave_alone(tasks)  # trio lets others run first, in any order

        def ended(result: Future[T]) -> None:
            if result.cancelled():
                self._token.run_sync_soon(cancel)

        future.add_done_callback(ended)
        self._token.run_sync_soon(begin)
        return future

    def tasks(self) -> frozenset[Any]:
        root = self._trio.lowlevel.current_root_task()
        found, unseen = set(), [root] if root is not None else []
        while unseen:
            task = unseen.pop()
            found.add(task)
            unseen += [child for nursery in task.child_nurseries for child in nursery.child_tasks]
        return frozenset(found)

    def name_of(self, task: Any) -> str:
        return str(task.name)

    def current_task(self) -> Any:
        return self._trio.lowlevel.current_task()

    async def one_ends(self, tasks: frozenset[Any]) -> None:
        ended = self._trio.Event()

        class Exits(self._trio.abc.Instrument):  # type: ignore[misc, name-defined]
            def task_exited(self, task: Any) -> None:
                if task in tasks:
                    ended.set()

        exits = Exits()
        self._trio.lowlevel.add_instrument(exits)
        try:
            await ended.wait()
        finally:
            self._trio.lowlevel.remove_instrument(exits)


def running_loop() -> EventLoop | None:
    """Find the event loop that runs in this thread, with this code inside it; ``None`` without one."""
    if (trio := sys.modules.get("trio")) is not None and _is_in_trio(trio):
        return TrioLoop()
    return AsyncioLoop() if _is_in_asyncio() else None


def in_event_loop() -> bool:
    """Whether an event loop, asyncio's or trio's, runs in this thread with this code inside it."""
    trio = sys.modules.get("trio")
    return (trio is not None and _is_in_trio(trio)) or _is_in_asyncio()


def _is_in_trio(trio: Any) -> bool:
    try:
        trio.lowlevel.current_task()
    except (AttributeError, RuntimeError):  # half imported, or not run
        return False
    return True


def _is_in_asyncio() -> bool:
    events = sys.modules.get("asyncio.events")
    try:
        return events is not None and events.get_running_loop() is not None
    except (AttributeError, RuntimeError):
        return False
