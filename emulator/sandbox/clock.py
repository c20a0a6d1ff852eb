"""Simulated time: the only time the services of a sandbox know, and the only module that reads the real time.

A clock runs, stands still until it is moved, or follows a process that a test has frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

from emulator.domain.values import dataclass
from emulator.sandbox.freeze import Freeze, frozen_process


class TimeGoesForward(ValueError):
    """Somebody asked for a time that has passed: an advance, a clock to be stopped, or a frozen process.

    Time goes back only by a reset or a restored snapshot. ``now`` is the present, ``asked`` what was asked
    for.
    """

    def __init__(self, now: datetime, asked: datetime) -> None:
        super().__init__(
            f"it is {now.isoformat()} in this sandbox and time only goes forward; {asked.isoformat()} has "
            "passed. `reset` returns the sandbox to its beginning, a snapshot to where it was taken."
        )
        self.now, self.asked = now, asked


def in_utc(instant: datetime) -> datetime:
    """Convert an instant to UTC. Raises :class:`ValueError` for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, {instant.isoformat()} has none")
    return instant.astimezone(UTC)


class Mode(StrEnum):
    """How a clock moves: by itself, not at all until it is moved, or with a process that was frozen."""

    RUNNING = "running"
    FROZEN = "frozen"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs.

    At the real time ``wall`` it showed ``at``, and since then it goes ``speed`` times as fast.
    """

    at: datetime
    wall: datetime
    speed: float = 1.0


LAST_INSTANT = datetime(9000, 1, 1, tzinfo=UTC)
"""Where the calendar ends: from here every duration still has an end."""


class EndOfCalendar(ValueError):
    """Time cannot go as far as that: the calendar ends with :data:`LAST_INSTANT`."""

    def __init__(self, asked: object) -> None:
        super().__init__(f"{asked} is past the end of the calendar, {LAST_INSTANT:%Y-%m-%d}")


def read_wall_clock() -> datetime:
    """Read the real time, in UTC: nothing else in the package does.

    In a process that freezegun or time-machine has frozen it is the frozen time, as for everybody.
    """
    return datetime.now(UTC)


class Clock:
    """The time of one sandbox: the only time that its services know.

    It runs, or stands still until it is moved, or follows a process that a test has frozen with freezegun or
    time-machine. While work is carried out at an instant the clock is *held* there, for everybody who asks.
    It may be asked from any thread.
    """

    def __init__(
        self, at: datetime | None = None, *, speed: float | None = None, follow: bool = False
    ) -> None:
        """Start at ``at`` (default: the real time), running at ``speed`` or, with ``None``, standing still.

        ``follow`` lets it follow a frozen process.
        """
        self._mutex = Lock()
        self._held: datetime | None = None
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._follow = follow
        self.on_freeze: Callable[[], None] | None = None
        """Called whenever this clock finds the process frozen."""
        self.has_history = False
        """Whether anything has happened by this clock; until then a freeze may begin in its past."""
        self.has_followed = False
        """Whether it has ever found the process frozen, and followed that."""
        start = in_utc(at) if at else read_wall_clock()
        if start > LAST_INSTANT:
            raise EndOfCalendar(start.isoformat())
        self._at = start
        self.beginning: dict[str, Any] = {"at": start.isoformat() if at else None, "speed": speed}
        """What :meth:`beginning_again` returns to; without an instant it is the present."""
        self._running: Running | None = None
        if speed is not None:
            self.run(speed, at=start)

    def now(self) -> datetime:
        """Read the sandbox's time, in UTC; it never goes back.

        Raises :class:`TimeGoesForward` when the process it follows is frozen before what has already
        happened.
        """
        with self._mutex:
            if self._held is not None:
                return self._held
            return self._read()

    @property
    def latest(self) -> datetime:
        """The last instant this clock has shown; asking moves nothing, and never raises."""
        return self._held or max(self._at, self._latest)

    def _read(self) -> datetime:
        freeze = self.freeze()
        if freeze is not None:
            frozen_at = freeze.now()
            if frozen_at < self._at and self.has_history:
                if self._at - frozen_at > freeze.jitter:
                    raise TimeGoesForward(self._at, frozen_at)
                frozen_at = self._at
            self._at, self._running = frozen_at, None
            return self._at
        if self._running is not None:
            elapsed = read_wall_clock() - self._running.wall
            self._latest = max(self._latest, self._running.at + elapsed * self._running.speed)
            return self._latest
        return self._at

    @property
    def mode(self) -> Mode:
        """How it moves now: following, when it may and the process is frozen, else running or frozen.

        It is found anew at each look, since a test may freeze and release its process at any time.
        """
        if self.freeze() is not None:
            return Mode.FOLLOWING
        return Mode.FROZEN if self._running is None else Mode.RUNNING

    @property
    def speed(self) -> float | None:
        """How many simulated seconds a real one has; ``None`` while it does not run."""
        return self._running.speed if self._running and self.mode is Mode.RUNNING else None

    @property
    def stands(self) -> bool:
        """Whether no time passes by itself, whatever has frozen it; asking moves nothing, never raises."""
        return self._running is None

    def freeze(self) -> Freeze | None:
        """Find the process-wide freeze this clock follows.

        ``None`` without one, and for a clock that follows none. Calls :attr:`on_freeze` when there is one.
        """
        freeze = frozen_process() if self._follow else None
        if freeze is not None:
            self.has_followed = True
            if self.on_freeze is not None:
                self.on_freeze()
        return freeze

    def frozen_at(self) -> datetime | None:
        """Read where the process-wide freeze stands; ``None`` without one."""
        freeze = self.freeze()
        return None if freeze is None else freeze.now()

    def stand(self, at: datetime | None = None) -> None:
        """Stand still, at the present or at a later instant.

        What would be due until then is not carried out here. Raises :class:`TimeGoesForward` for one that has
        passed.
        """
        now = self.now()
        if at is not None and in_utc(at) < now:
            raise TimeGoesForward(now, at)
        with self._mutex:
            self._at, self._running = at or now, None

    def run(self, speed: float = 1.0, *, at: datetime | None = None) -> None:
        """Run from the present (or from ``at``) on, ``speed`` simulated seconds a real one.

        Raises :class:`ValueError` for a speed that is not above 0 and up to 1,000,000.
        """
        if not 0 < speed <= 1e6:
            raise ValueError(f"a clock runs at a speed above 0 and up to 1,000,000; got {speed}")
        start = at or self.now()
        with self._mutex:
            self._at = self._latest = start
            self._running = Running(start, read_wall_clock(), speed)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the clock under control inside the ``with`` block.

        It moves only by :meth:`hold`, and goes on from there. Inside another such block it changes nothing.
        """
        with self._mutex:
            outermost = self._held is None
            if outermost:
                self._held = self._read()
        try:
            yield
        finally:
            if outermost:
                with self._mutex:
                    self._resume(self._held or self._at)
                    self._held = None

    def hold(self, instant: datetime) -> None:
        """Move a held clock on to ``instant``; a frozen process moves along.

        Raises :class:`TimeGoesForward` for an earlier one, and when it is not held.
        """
        with self._mutex:
            held = self._held
            if held is None or instant < held:
                raise TimeGoesForward(held or self._at, instant)
            self._held = instant
        freeze = self.freeze()
        if freeze is not None and freeze.now() < instant:
            freeze.move_to(instant)

    def _resume(self, instant: datetime) -> None:
        self._at = max(instant, self._at)
        if self._running is not None:
            now = self._running.at + (read_wall_clock() - self._running.wall) * self._running.speed
            if instant > now:
                self._running = Running(instant, read_wall_clock(), self._running.speed)
            self._latest = max(self._latest, instant)

    def real_seconds_until(self, instant: datetime) -> float | None:
        """Work out how many real seconds pass until this clock shows ``instant``.

        ``None`` when it stands still before it. 0 for an instant that has come.
        """
        if self._running is None or self.mode is not Mode.RUNNING:
            return None if instant > self.now() else 0.0
        return max(0.0, (instant - self.now()) / timedelta(seconds=1) / self._running.speed)

    def state(self, *, rebased: bool = False) -> dict[str, Any]:
        """Write what must be kept to go on later, as JSON: the mode, the instant and the speed.

        ``rebased`` leaves out the real time, so that what passes in between does not count, as in a snapshot.
        """
        now = self.now()
        running = self._running
        if running is None:
            return {"mode": "frozen", "at": now.isoformat()}
        if rebased:
            return {"mode": "running", "at": now.isoformat(), "speed": running.speed}
        return {
            "mode": "running",
            "at": running.at.isoformat(),
            "wall": running.wall.isoformat(),
            "speed": running.speed,
        }

    def not_before(self, instant: datetime | None) -> None:
        """Go on from ``instant`` if this clock, taken up again, shows less; ``None`` changes nothing."""
        if instant is None or instant <= self.now():
            return
        if self._running is not None:
            self.run(self._running.speed, at=instant)
        else:
            self.stand(instant)

    @contextmanager
    def beginning_again(self) -> Iterator[None]:
        """Become what this clock was when it was made, without a history; stay as it is if the block raises.

        One that was given no instant begins at the real time.
        """
        at, speed = self.beginning["at"], self.beginning["speed"]
        with self._mutex:
            before = (self._at, self._latest, self._running, self.has_history)
            self._at = self._latest = datetime.fromisoformat(at) if at else read_wall_clock()
            self._running = Running(self._at, read_wall_clock(), speed) if speed is not None else None
            self.has_history = False
        try:
            yield
        except BaseException:
            with self._mutex:
                self._at, self._latest, self._running, self.has_history = before
            raise

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state that :meth:`state` wrote, whatever this clock shows.

        Beside :meth:`beginning_again` it is the only way in which a clock may go back.
        """
        at = datetime.fromisoformat(state["at"])
        with self._mutex:
            self._at = self._latest = at
            self._running = None
            if state["mode"] == "running":
                wall = datetime.fromisoformat(state["wall"]) if "wall" in state else read_wall_clock()
                self._running = Running(at, wall, state["speed"])
