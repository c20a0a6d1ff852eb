"""The jobs of APScheduler 3, whichever of its schedulers has them: started, or not."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from emulator.sandbox.clock import read_wall_clock
from emulator.testing.clocks.background_tasks import call_in_event_loop
from emulator.testing.clocks.schedulers.times import Times

_RUNNING = 1


class APSchedulerJobs:
    """Runs the jobs of an APScheduler as its own threads would, one after the other.

    Its triggers say when, as ever; the times of day of a ``CronTrigger`` are the sandbox's. What a job raises
    is raised. A paused job stays paused.
    """

    def __init__(self, scheduler: Any, times: Times) -> None:
        self._scheduler, self._times = scheduler, times
        self._by_the_day: set[str] = set()
        self.needs_event_loop = "asyncio" in type(scheduler).__module__

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Keep its own thread from running jobs meanwhile."""
        was_running = self._scheduler.state == _RUNNING
        if was_running:
            self._scheduler.pause()
        try:
            yield
        finally:
            if was_running:
                self._scheduler.resume()

    def next_due(self) -> datetime | None:
        return min((due for due, _, _ in self._waiting()), default=None)

    def run(self) -> None:
        """Run what is due, the earliest first."""
        now = self._times.now()
        due = [(at, order, job) for at, order, job in self._waiting() if at <= now]
        for _, _, job in sorted(due, key=lambda each: each[:2]):
            self._run(job)

    def _run(self, job: Any) -> None:
        at = job.next_run_time
        again = job.trigger.get_next_fire_time(at, at)
        if again is None:
            self._scheduler.remove_job(job.id)
            self._times.forget(self._key(job))
        else:
            self._scheduler.modify_job(job.id, next_run_time=again)
            self._times.goes_on(self._key(job), again.astimezone(UTC))
        if inspect.iscoroutinefunction(job.func):
            call_in_event_loop(job.func, *job.args, **job.kwargs)
        else:
            job.func(*job.args, **job.kwargs)

    def _key(self, job: Any) -> tuple[int, str]:
        return id(self._scheduler), job.id

    def _waiting(self) -> Iterator[tuple[datetime, int, Any]]:
        for order, job in enumerate(self._scheduler.get_jobs()):
            names_times = type(job.trigger).__name__ == "CronTrigger"
            process = self._times.now() if names_times else read_wall_clock()
            is_pending = not hasattr(job, "next_run_time")  # its scheduler was not started
            if is_pending or (names_times and job.next_run_time and job.id not in self._by_the_day):
                first = job.trigger.get_next_fire_time(None, process.astimezone(self._scheduler.timezone))
                self._scheduler.modify_job(job.id, next_run_time=first)
                job.next_run_time = first
                self._by_the_day.add(job.id)
            if job.next_run_time is not None:
                by_process = job.next_run_time.astimezone(UTC)
                yield self._times.due(self._key(job), by_process, process), order, job
