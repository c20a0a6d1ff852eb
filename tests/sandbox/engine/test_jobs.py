"""Jobs of other schedulers, and whoever waits at an instant, while a sandbox's time passes."""

from __future__ import annotations

from datetime import datetime, timedelta

from kit.times import START

from emulator import Sandbox

HOUR = timedelta(hours=1)


class Hourly:
    """A job every hour, a few times."""

    def __init__(self, sandbox: Sandbox, times: int) -> None:
        self.ran: list[datetime] = []
        self._sandbox, self._times = sandbox, times

    def next_due(self) -> datetime | None:
        count = len(self.ran) + 1
        return START + count * HOUR if count <= self._times else None

    def run(self) -> None:
        self.ran.append(self._sandbox.clock.now())


def test_jobs_are_carried_out_on_the_way(sandbox: Sandbox) -> None:
    """Inside the block, each at its instant, up to the end of the move and no further."""
    jobs = Hourly(sandbox, 5)

    with sandbox.clock.walks(jobs):
        sandbox.clock.advance(3 * HOUR - timedelta(microseconds=1))
        first = len(jobs.ran)
        sandbox.clock.advance(timedelta(microseconds=1))
    sandbox.clock.advance(10 * HOUR)

    assert first == 2
    assert jobs.ran == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR]


def test_whoever_waits_at_an_instant_may_make_more_due_at_it(sandbox: Sandbox) -> None:
    """Time goes on only when nothing is due any more, jobs of a listener included."""
    jobs = Hourly(sandbox, 2)
    seen: list[datetime] = []
    sandbox.clock.on_rest(lambda: seen.append(sandbox.clock.now()))

    with sandbox.clock.walks(jobs):
        sandbox.clock.advance(3 * HOUR)

    assert seen == jobs.ran == [START + HOUR, START + 2 * HOUR]
