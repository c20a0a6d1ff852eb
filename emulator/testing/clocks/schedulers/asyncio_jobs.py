"""The timers of an asyncio loop: what an app has called later, or sleeps until."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from emulator.testing.clocks.background_tasks import call_in_event_loop
from emulator.testing.clocks.schedulers.times import Times
from emulator.testing.clocks.tasks import sleeps, wakes

OF_SLEEP = getattr(asyncio.futures, "_set_result_unless_cancelled", None)
"""What ``asyncio.sleep`` has called when it is over; any other timer may be a time-out of one who works."""
SHORTEST = 1.0
"""Seconds: a shorter timer is left to the loop, as what goes on in the present."""


class _Timer(asyncio.TimerHandle):
    """A timer that the loop itself knows nothing of."""

    due: datetime
    call: Callable[[], object]
    sleeper: asyncio.Task[Any] | None

    def fire(self) -> None:
        if not self.cancelled():
            self._wake()
            self.call()

    def cancel(self) -> None:
        super().cancel()
        self._wake()

    def _wake(self) -> None:
        if self.sleeper is not None:
            wakes(self.sleeper)
            self.sleeper = None


class AsyncioTimers:
    """Calls what an app puts off in its loop as the sandbox's time comes to it.

    That is ``call_later``, ``call_at``, and ``asyncio.sleep``, from :data:`SHORTEST` seconds on, begun inside
    the block. Only a loop whose methods can be replaced allows it, as asyncio's and uvloop's do.
    """

    needs_event_loop = True

    def __init__(self, loop: asyncio.AbstractEventLoop, times: Times) -> None:
        self._loop, self._times = loop, times
        self._timers: list[_Timer] = []
        self._is_passing_on = False

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Take the timers of the loop inside the block; those that are left then go on in real time."""
        call_later, call_at = self._loop.call_later, self._loop.call_at
        try:
            self._loop.call_later = self._call_later  # type: ignore[assignment, method-assign]
        except AttributeError:
            raise TypeError(
                f"{type(self._loop).__qualname__} does not let its timers be replaced; use asyncio's own "
                "loop, or give an object with two functions, next_due() and run()"
            ) from None
        self._loop.call_at = self._call_at  # type: ignore[assignment, method-assign]
        self._originals = (call_later, call_at)
        try:
            yield
        finally:
            del self._loop.call_later, self._loop.call_at
            for timer in self._waiting():
                if not self._loop.is_closed():
                    seconds = (timer.due - self._times.now()).total_seconds()
                    self._loop.call_later(seconds, timer.fire)

    def next_due(self) -> datetime | None:
        return min((timer.due for timer in self._waiting()), default=None)

    def run(self) -> None:
        """Call what is due, in the loop, the earliest first."""
        now = self._times.now()
        due = sorted((timer for timer in self._waiting() if timer.due <= now), key=lambda timer: timer.due)
        for timer in due:
            self._timers.remove(timer)
        call_in_event_loop(_run_all, due)

    def _waiting(self) -> list[_Timer]:
        self._timers = [timer for timer in self._timers if not timer.cancelled()]
        return self._timers

    def _call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        if not self._is_passing_on and delay >= SHORTEST:
            return self._kept(delay, callback, args, context)
        self._is_passing_on = (
            True  # asyncio's call_later calls call_at; that of uvloop is the other way round
        )
        try:
            return self._originals[0](delay, callback, *args, context=context)
        finally:
            self._is_passing_on = False

    def _call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        delay = when - self._loop.time()
        if not self._is_passing_on and delay >= SHORTEST:
            return self._kept(delay, callback, args, context)
        return self._originals[1](when, callback, *args, context=context)

    def _kept(
        self, delay: float, callback: Callable[..., object], args: tuple[Any, ...], context: Context | None
    ) -> asyncio.TimerHandle:
        timer = _Timer(self._loop.time() + delay, callback, args, self._loop, context)
        timer.due = self._times.now() + timedelta(seconds=round(delay, 3))
        timer.call = partial((context or copy_context()).run, callback, *args)
        timer.sleeper = asyncio.current_task(self._loop) if callback is OF_SLEEP else None
        if timer.sleeper is not None:
            sleeps(timer.sleeper)
        self._timers.append(timer)
        return timer


async def _run_all(timers: list[_Timer]) -> None:
    for timer in timers:
        timer.fire()
