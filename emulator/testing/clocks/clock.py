"""``whatsapp.clock``: the simulated time of a test, which stands still until the test moves it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from emulator.domain.instants import in_utc, parse_instant
from emulator.sandbox.engine.advance import OnStep
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import awaitable
from emulator.testing.clocks.schedulers.times import Times

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableAdvance


class TestClock:
    """The simulated time of a test's sandbox, which stands still until the test moves it: ``whatsapp.clock``.

    While freezegun or time-machine holds the process both are the same time, whoever moves it. In an async
    test what moves it is awaited: ``await whatsapp.clock.advance(hours=25)``.
    """

    __test__ = False

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._times = Times(sandbox.clock)

    def now(self) -> datetime:
        """The simulated time, in UTC; asking does not move it, and it stands still between two moves."""
        return self._sandbox.clock.now()

    def advance(
        self, delta: timedelta | None = None, *, on_step: OnStep | None = None, **units: float
    ) -> AwaitableAdvance:
        """Let simulated time pass: ``advance(hours=25)`` or ``advance(timedelta(days=1))``.

        Everything due on the way is carried out in order, on this thread, and its webhooks are delivered and
        answered; returns what happened. ``on_step`` is called with the progress and the instant whenever
        something was done. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` for a negative duration,
        :class:`TypeError` for a timedelta and units together, and ``CalledFromReceiver`` when a webhook
        receiver calls it.
        """
        if delta is not None and units:
            raise TypeError("advance() takes a timedelta or units like hours=25, not both")
        duration = timedelta(**units) if delta is None else delta
        return awaitable(
            lambda: self._sandbox.clock.advance(duration, on_step),
            what="whatsapp.clock.advance(…)",
            sandbox=self._sandbox,
        )

    def travel_to(self, instant: datetime | str) -> AwaitableAdvance:
        """Let simulated time pass until ``instant``, a datetime or ISO 8601 text; without a zone it is UTC.

        As :meth:`advance` does it. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` for an instant
        that has passed.
        """
        until = as_instant(instant)
        return awaitable(
            lambda: self._sandbox.clock.travel_to(until),
            what="whatsapp.clock.travel_to(…)",
            sandbox=self._sandbox,
        )

    def advance_to_next(self) -> AwaitableAdvance:
        """Let simulated time pass until the next event or webhook is due, and carry it out.

        Returns what happened. When nothing is due, no time passes. The yearly search for idle templates does
        not count.
        """
        return awaitable(
            self._sandbox.clock.advance_to_next,
            what="whatsapp.clock.advance_to_next()",
            sandbox=self._sandbox,
        )

    def drives(self, *schedulers: Any) -> AbstractContextManager[None]:
        """Carry out the jobs of the app's schedulers as time passes, inside the ``with`` block.

        Jobs and timeline are walked together, each at its instant. A scheduler is one of APScheduler 3, a
        Celery app, a ``sched.scheduler``, an asyncio loop, or any object with ``next_due() -> datetime |
        None`` and ``run()``. Raises :class:`TypeError` for anything else, and what a job raises.
        """
        from emulator.testing.clocks.schedulers.table import driving

        return driving(self._sandbox, self._times, *schedulers)

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()} {self._sandbox.clock.mode}>"


def as_instant(when: datetime | str) -> datetime:
    """Read an instant from a datetime or from ISO 8601 text, in UTC.

    One without a time zone is in UTC already. Raises :class:`ValueError` for text that is no instant.
    """
    return parse_instant(when) if isinstance(when, str) else in_utc(when)
