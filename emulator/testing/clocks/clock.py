"""``whatsapp.clock``: the simulated time of a test, which stands still until the test moves it."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from emulator.domain.instants import in_utc, parse_instant
from emulator.sandbox.engine.advance import OnStep
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import acted, awaitable
from emulator.testing.clocks.durations import duration
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
        :class:`TypeError` for what is no duration, with what may have been meant, and ``CalledFromReceiver``
        when a webhook receiver calls it.
        """
        length = duration("advance", delta, units)
        return awaitable(
            lambda: self._sandbox.clock.advance(length, on_step),
            what="whatsapp.clock.advance(…)",
            sandbox=self._sandbox,
        )

    def travel_to(self, instant: datetime | str) -> AwaitableAdvance:
        """Let simulated time pass until ``instant``, a datetime or ISO 8601 text; without a zone it is UTC.

        As :meth:`advance` does it. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` for an instant
        that has passed.
        """
        try:
            until = as_instant(instant)
        except ValueError as problem:
            raise ValueError(f"{problem}, or let time pass by advance(days=1)") from None
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

    def freeze(self, at: datetime | str | None = None) -> Awaitable[None]:
        """Stop the clock now, or let time pass until ``at`` and stop it there.

        The clock of a test stands still from the beginning: it is for after :meth:`run`. Raises as
        :meth:`travel_to`.
        """
        if at is None:
            self._sandbox.clock.freeze()
            return acted(None, self._sandbox)
        until = as_instant(at)
        return awaitable(
            lambda: self._sandbox.clock.freeze(until),
            what="whatsapp.clock.freeze(…)",
            sandbox=self._sandbox,
        )

    def run(self, speed: float = 1.0) -> None:
        """Let the clock run by itself, ``speed`` simulated seconds a real one, until :meth:`freeze`.

        What becomes due is carried out at the next :meth:`tick`, ``settle()`` or expectation; inside
        ``whatsapp.live()`` by itself. Raises :class:`ValueError` for a speed that is not above 0 and up to
        1,000,000.
        """
        self._sandbox.clock.run(speed)

    def tick(self, delta: timedelta | float = 1.0) -> AwaitableAdvance:
        """Let simulated time pass by a timedelta or some seconds (default: 1), as freezegun's ``tick`` does.

        As :meth:`advance` does it.
        """
        length = delta if isinstance(delta, timedelta) else timedelta(seconds=delta)
        return awaitable(
            lambda: self._sandbox.clock.advance(length),
            what="whatsapp.clock.tick(…)",
            sandbox=self._sandbox,
        )

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()} {self._sandbox.clock.mode}>"


def as_instant(when: datetime | str) -> datetime:
    """Read an instant from a datetime or from ISO 8601 text, in UTC.

    One without a time zone is in UTC already. Raises :class:`ValueError` for text that is no instant.
    """
    return parse_instant(when) if isinstance(when, str) else in_utc(when)
