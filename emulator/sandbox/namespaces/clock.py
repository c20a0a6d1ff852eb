"""``sandbox.clock``: what time it is in a sandbox, and how it passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.timeline import HOUSEKEEPING, KINDS, Planned

if TYPE_CHECKING:
    from emulator.sandbox.clock import Mode
    from emulator.sandbox.engine.advance import Advance, OnStep, Progress
    from emulator.sandbox.engine.jobs import Jobs


class ClockNamespace(Namespace):
    """The simulated time of a sandbox, in UTC: what it is, how it passes, and moving it.

    It only goes forward; :meth:`Sandbox.reset` begins anew. What moves it waits for webhooks to be answered,
    so it cannot be called from a webhook receiver: that raises ``CalledFromReceiver``.
    """

    def now(self) -> datetime:
        """The present instant.

        Raises :class:`~emulator.sandbox.clock.TimeGoesForward` when the process it follows is frozen before
        what has already happened.
        """
        return self._core.clock.now()

    @property
    def mode(self) -> Mode:
        """Whether it is running, frozen, or follows a process that a test has frozen."""
        return self._core.clock.mode

    @property
    def speed(self) -> float | None:
        """How many simulated seconds pass in a real one; ``None`` while it does not run."""
        return self._core.clock.speed

    @property
    def latest(self) -> datetime:
        """The latest instant it has shown, also when :meth:`now` raises; asking moves nothing."""
        return self._core.clock.latest

    @property
    def progress(self) -> Progress | None:
        """How far the advance has come that is under way; ``None`` while nobody moves the clock."""
        return self._services.scheduler.progress

    @property
    def is_advancing(self) -> bool:
        """Whether somebody is moving the clock right now, on any thread."""
        return self._services.scheduler.is_advancing

    def next_due(self) -> datetime | None:
        """Find when the next event or webhook is due; ``None`` when nothing is.

        The yearly search for idle templates does not count.
        """
        with self._store.reading():
            return self._services.scheduler.next_due(besides=HOUSEKEEPING)

    def due(self, limit: int = -1) -> list[Planned]:
        """List what is due, the earliest first: what will be done, when, and about what.

        ``limit`` keeps the first of it; -1 keeps all. Webhooks that wait are deliveries, and not among it.
        """
        with self._store.reading():
            found = self._store.timeline.all(limit)
        return [Planned(each.due, KINDS[each.kind], each.subject, each.wa_id) for each in found]

    def cancel(self) -> bool:
        """End the advance that is under way at the instant it has come to; ``False`` when there is none.

        What is due at that instant is still carried out. It is called from another thread, as of a server.
        """
        progress = self.progress
        if progress is None:
            return False
        progress.is_cancelled = True
        return True

    def advance(self, delta: timedelta, on_step: OnStep | None = None) -> Advance:
        """Let ``delta`` pass: carry out every event on the way in due order and deliver its webhooks.

        ``on_step`` is called at each instant with an event, with the progress so far and that instant.
        Returns when nothing more is due, with what happened. Raises
        :class:`~emulator.sandbox.clock.TimeGoesForward` for a negative ``delta``.
        """
        try:
            return self._services.scheduler.advance_by(delta, on_step)
        finally:
            self._core.tell()

    def travel_to(self, instant: datetime, on_step: OnStep | None = None) -> Advance:
        """Let time pass until ``instant``, as :meth:`advance` does it; returns what happened.

        Raises :class:`~emulator.sandbox.clock.TimeGoesForward` for an instant that has passed, and
        :class:`ValueError` for one without a time zone.
        """
        try:
            return self._services.scheduler.advance_to(instant, on_step)
        finally:
            self._core.tell()

    def advance_to_next(self) -> Advance:
        """Let time pass until the next event or webhook is due, and carry it out; returns what happened.

        When nothing is due, no time passes. Raises as :meth:`advance`.
        """
        try:
            return self._services.scheduler.advance_to_next()
        finally:
            self._core.tell()

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock now, or let time pass until ``at`` and stop it there.

        It is moved by hand from then on. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` for an
        instant that has passed.
        """
        if at is not None:
            self._services.scheduler.advance_to(at)
        self._change(self._core.clock.stand)
        self._core.log("clock", "frozen until it is moved")

    def run(self, speed: float = 1.0) -> None:
        """Let the clock run from the present on, ``speed`` simulated seconds a real one.

        On a server what becomes due is carried out by itself. Raises :class:`ValueError` for a speed that is
        not above 0 and up to 1,000,000.
        """
        self._change(lambda: self._core.clock.run(speed))
        self._core.log("clock", f"running, {speed:,g} simulated seconds a real one")

    @property
    def is_following(self) -> bool:
        """Whether freezegun or time-machine holds the process now, and this clock goes by that."""
        return self._core.clock.freeze() is not None

    @property
    def has_followed(self) -> bool:
        """Whether the process was frozen at any time when somebody asked this clock."""
        return self._core.clock.has_followed

    def on_freeze(self, listener: Callable[[], None]) -> None:
        """Have ``listener`` called whenever the clock finds that the process is frozen.

        It replaces the one before.
        """
        self._core.clock.on_freeze = listener

    @contextmanager
    def walks(self, *jobs: Jobs) -> Iterator[None]:
        """Carry out the jobs of other schedulers, too, inside the ``with`` block: each at its instant.

        Whatever lets time pass walks them together with the timeline, in due order. At one instant the
        timeline goes first. What a job raises ends the walk.
        """
        scheduler = self._services.scheduler
        scheduler.jobs += jobs
        try:
            yield
        finally:
            for each in jobs:
                scheduler.jobs.remove(each)

    @property
    def jobs_need_event_loop(self) -> bool:
        """Whether jobs that are walked may need an event loop of the calling thread to go on."""
        return any(getattr(jobs, "needs_event_loop", False) for jobs in self._services.scheduler.jobs)

    def on_rest(self, listener: Callable[[], object]) -> None:
        """Have ``listener`` called at each instant at which something was carried out, before time goes on.

        Nothing more is due then; what the listener waits for may make more due at that instant, which is
        carried out as well. It replaces the one before.
        """
        self._services.scheduler.linger = listener

    def _change(self, change: Callable[[], None]) -> None:
        change()
        with self._core.command():
            self._core.note(
                "clock", self._services.name, f"the clock is {self._core.clock.mode}", is_logged=True
            )
            self._store.facts.put("clock", self._core.clock.state())
