"""What time it is for a scheduler, told by the sandbox's clock."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta

from emulator.sandbox.namespaces.clock import ClockNamespace

_SECOND = timedelta(seconds=1)


class Times:
    """Puts the instants of a scheduler onto the sandbox's time.

    A scheduler reckons by the clock of the process. Where that is frozen, and followed, both times are one.
    Where it is not, a job that is due in an hour by the process is due in an hour by the sandbox.
    """

    def __init__(self, clock: ClockNamespace) -> None:
        self._clock = clock
        self._seen: dict[Hashable, tuple[datetime, timedelta]] = {}

    def now(self) -> datetime:
        """The sandbox's time."""
        return self._clock.now()

    def due(self, job: Hashable, by_process: datetime, process: datetime) -> datetime:
        """Work out when a job is due by the sandbox that is due at ``by_process`` by the process.

        ``process`` is what that shows now; it counts when the job, at this instant, is first seen. Between
        the two clocks a moment passes: an instant that is no whole second then becomes the next one.
        """
        seen, shift = self._seen.get(job, (None, timedelta(0)))
        if seen != by_process:
            shift = self.now() - process
            self._seen[job] = (by_process, shift)
        return by_process + shift if not shift else _next_second(by_process + shift)

    def goes_on(self, job: Hashable, by_process: datetime) -> None:
        """Put a job to its next instant, reckoned from the one before as the scheduler itself does it."""
        _, shift = self._seen.get(job, (None, timedelta(0)))
        self._seen[job] = (by_process, shift)

    def forget(self, job: Hashable) -> None:
        """Forget a job that is done."""
        self._seen.pop(job, None)


def _next_second(instant: datetime) -> datetime:
    whole = instant.replace(microsecond=0)
    return whole if whole == instant else whole + _SECOND
