"""The events of the standard library's :mod:`sched`."""

from __future__ import annotations

import sched
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from emulator.testing.clocks.schedulers.times import Times

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SchedJobs:
    """Runs the events of a ``sched.scheduler``, whatever its time function counts seconds from."""

    needs_event_loop = False

    def __init__(self, scheduler: sched.scheduler, times: Times) -> None:
        self._scheduler, self._times = scheduler, times

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Nothing has to be kept from running: it runs only where somebody calls it."""
        yield

    def next_due(self) -> datetime | None:
        return min((due for due, _ in self._waiting()), default=None)

    def run(self) -> None:
        """Run what is due: the earliest first, of one time by its priority."""
        now = self._times.now()
        for due, event in list(self._waiting()):
            if due <= now:
                self._scheduler.cancel(event)
                self._times.forget(self._key(event))
                event.action(*event.argument, **event.kwargs)

    def _key(self, event: sched.Event) -> tuple[int, int]:
        return id(self._scheduler), event.sequence

    def _waiting(self) -> Iterator[tuple[datetime, sched.Event]]:
        process = self._instant(self._scheduler.timefunc())
        for event in self._scheduler.queue:
            yield self._times.due(self._key(event), self._instant(event.time), process), event

    @staticmethod
    def _instant(seconds: float) -> datetime:
        return _EPOCH + timedelta(seconds=seconds)
