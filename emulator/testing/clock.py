"""The simulated time, as a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.instants import in_utc, parse_instant
from emulator.sandbox.engine.scheduler import Advance, OnStep
from emulator.sandbox.sandbox import Sandbox


class TestClock:
    """The sandbox's time. While freezegun holds the process both are the same, whoever moves it."""

    __test__ = False

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        """The simulated time, in UTC."""
        return self._sandbox.clock.now()

    def advance(
        self, delta: timedelta | None = None, *, on_step: OnStep | None = None, **units: float
    ) -> Advance:
        """Let time pass: ``advance(hours=25)`` or ``advance(timedelta(days=1))``.

        Everything due on the way is done in order, its webhooks are delivered and answered. On a long way
        ``on_step`` hears how far it is: it gets the walk and the instant, whenever something was done. Raises
        :class:`~emulator.sandbox.clock.TimeGoesForward` for a negative duration.
        """
        if delta is not None and units:
            raise TypeError("advance() takes a timedelta or units like hours=25, not both")
        return self._sandbox.clock.advance(timedelta(**units) if delta is None else delta, on_step)

    def travel_to(self, instant: datetime | str) -> Advance:
        """Let time pass until ``instant``; without a zone it is UTC."""
        return self._sandbox.clock.travel_to(as_instant(instant))

    def advance_to_next(self) -> Advance:
        """Let time pass until the next thing that is due."""
        return self._sandbox.clock.advance_to_next()

    def __repr__(self) -> str:
        return f"<Clock {self.now().isoformat()} {self._sandbox.clock.mode}>"


def as_instant(when: datetime | str) -> datetime:
    """An instant in UTC from a datetime or ISO 8601 text; one without a time zone is in UTC already."""
    return parse_instant(when) if isinstance(when, str) else in_utc(when)
