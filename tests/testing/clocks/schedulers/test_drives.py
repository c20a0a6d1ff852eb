"""``whatsapp.clock.drives()``: jobs of an app's schedulers and the sandbox's timeline, walked together."""

from __future__ import annotations

import sched
import time
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from freezegun import freeze_time
from kit.messages import LIFE
from kit.plugin import FREEZE, after, later, send, slow_sheena
from kit.receivers import Inbox

from emulator.sandbox.engine.advance import NotQuiet
from emulator.testing.whatsapp import WhatsApp


class Agenda:
    """A scheduler of one's own, with the two functions that are asked of it."""

    def __init__(self, whatsapp: WhatsApp, *dues: datetime) -> None:
        self.whatsapp, self.dues = whatsapp, sorted(dues)
        self.ran: list[datetime] = []

    def next_due(self) -> datetime | None:
        return self.dues[0] if self.dues else None

    def run(self) -> None:
        self.ran.append(self.whatsapp.clock.now())
        while self.dues and self.dues[0] <= self.whatsapp.clock.now():
            self.dues.pop(0)


# the protocol


def test_jobs_are_run_each_at_its_instant(whatsapp: WhatsApp) -> None:
    """Those that are due by the end of the move, and no others; after the block none."""
    agenda = Agenda(whatsapp, after(hours=1), after(hours=23), after(hours=24), after(hours=30))

    with whatsapp.clock.drives(agenda):
        whatsapp.clock.advance(hours=23, minutes=59)
        first = list(agenda.ran)
        whatsapp.clock.travel_to(after(hours=24))
    whatsapp.clock.advance(hours=10)

    assert first == [after(hours=1), after(hours=23)]
    assert agenda.ran == [after(hours=1), after(hours=23), after(hours=24)]


def test_jobs_and_the_timeline_are_walked_in_order(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """What a job sends is sent at its instant, between what is due before it and after it."""
    with freeze_time(FREEZE):
        slow_sheena(whatsapp)
        send(whatsapp, "Hi!")
        agenda = Agenda(whatsapp, later(seconds=90), later(minutes=2), later(seconds=150))
        run = agenda.run
        agenda.run = lambda: (run(), inbox.seen_at.append(datetime.now(UTC)))[0]  # type: ignore[method-assign, func-returns-value]

        with whatsapp.clock.drives(agenda):
            whatsapp.clock.advance(minutes=3)

    assert inbox.events == ["text Hello", *LIFE]
    assert [(seen - later()).total_seconds() for seen in inbox.seen_at] == [0, 60, 90, 120, 120, 150, 180]


def test_settle_runs_what_is_due_now_and_next_goes_to_a_job(whatsapp: WhatsApp) -> None:
    """As with everything on the timeline."""
    agenda = Agenda(whatsapp, after(), after(hours=3))

    with whatsapp.clock.drives(agenda):
        whatsapp.settle()
        happened = whatsapp.clock.advance_to_next()

    assert agenda.ran == [after(), after(hours=3)]
    assert happened.until == whatsapp.clock.now() == after(hours=3)


def test_a_job_that_raises_fails_the_test(whatsapp: WhatsApp) -> None:
    """With what it raised; the sandbox stands at that instant."""
    agenda = Agenda(whatsapp, after(hours=1))

    def run() -> None:
        raise ZeroDivisionError

    agenda.run = run  # type: ignore[method-assign]
    with whatsapp.clock.drives(agenda), pytest.raises(ZeroDivisionError):
        whatsapp.clock.advance(hours=2)

    assert whatsapp.clock.now() == after(hours=1)


def test_jobs_without_end_are_told(whatsapp: WhatsApp) -> None:
    """``next_due()`` has to go on."""
    agenda = Agenda(whatsapp, after(hours=1))
    agenda.run = lambda: None  # type: ignore[method-assign]

    with whatsapp.clock.drives(agenda), pytest.raises(NotQuiet, match=r"next_due\(\) not go on"):
        whatsapp.clock.advance(hours=2)


def test_several_schedulers_at_once(whatsapp: WhatsApp) -> None:
    """Their jobs are in one order."""
    order: list[str] = []
    early, late = Agenda(whatsapp, after(hours=1)), Agenda(whatsapp, after(hours=2))
    early.run = lambda: (order.append("early"), early.dues.clear())[1]  # type: ignore[method-assign, func-returns-value]
    late.run = lambda: (order.append("late"), late.dues.clear())[1]  # type: ignore[method-assign, func-returns-value]

    with whatsapp.clock.drives(late, early):
        whatsapp.clock.advance(hours=3)

    assert order == ["early", "late"]


def test_an_unknown_scheduler_is_told_the_protocol(whatsapp: WhatsApp) -> None:
    """And what is known."""
    with (
        pytest.raises(
            TypeError, match=r"builtins\.list .*APScheduler 3, Celery, .*next_due\(\) .* and run\(\)"
        ),
        whatsapp.clock.drives([]),
    ):
        pass


def test_an_instant_without_a_time_zone_is_refused(whatsapp: WhatsApp) -> None:
    """Whose time it would be in nobody knows."""
    agenda = Agenda(whatsapp, datetime(2026, 11, 2, 10))

    with whatsapp.clock.drives(agenda), pytest.raises((TypeError, ValueError)):
        whatsapp.clock.advance(hours=2)


# APScheduler


@pytest.mark.parametrize("started", [False, True], ids=["not started", "started"])
@pytest.mark.parametrize("is_frozen", [False, True], ids=["real", "frozen"])
def test_apscheduler(whatsapp: WhatsApp, started: bool, is_frozen: bool) -> None:
    """Dates and intervals, in a frozen process and in one that is not; its own thread runs nothing."""
    ran: list[tuple[str, datetime]] = []
    scheduler = BackgroundScheduler(timezone=UTC)

    def note(name: str) -> None:
        ran.append((name, whatsapp.clock.now()))
        if name == "date":
            scheduler.add_job(note, "date", run_date=datetime.now(UTC) + timedelta(hours=5), args=["again"])

    with freeze_time("2026-11-02 09:00:00") if is_frozen else freeze_time("2026-11-02") as frozen:
        if not is_frozen:
            frozen.move_to("2026-11-02 09:00:00")
        if started:
            scheduler.start(paused=False)
        scheduler.add_job(note, "date", run_date=datetime.now(UTC) + timedelta(hours=23), args=["date"])
        scheduler.add_job(note, "interval", hours=10, args=["interval"])
        scheduler.add_job(note, "interval", hours=1, args=["paused"], id="paused", next_run_time=None)
        try:
            with whatsapp.clock.drives(scheduler):
                whatsapp.clock.advance(hours=30)
        finally:
            if started:
                scheduler.shutdown(wait=False)

    assert ran == [
        ("interval", after(hours=10)),
        ("interval", after(hours=20)),
        ("date", after(hours=23)),
        ("again", after(hours=28)),
        ("interval", after(hours=30)),
    ]


def test_apscheduler_in_a_process_that_is_not_frozen(whatsapp: WhatsApp) -> None:
    """What is due in 23 hours by the process is due in 23 hours; times of day are the sandbox's."""
    ran: list[tuple[str, datetime]] = []
    scheduler = BlockingScheduler(timezone=UTC)

    def note(name: str) -> None:
        ran.append((name, whatsapp.clock.now()))
        if name == "date":
            scheduler.add_job(note, "date", run_date=datetime.now(UTC) + timedelta(hours=5), args=["again"])

    scheduler.add_job(note, "cron", hour=8, args=["daily"])
    with whatsapp.clock.drives(scheduler):
        scheduler.add_job(note, "date", run_date=datetime.now(UTC) + timedelta(hours=23), args=["date"])
        scheduler.add_job(note, "interval", hours=10, args=["interval"])
        whatsapp.clock.advance(hours=30)

    assert ran == [
        ("interval", after(hours=10)),
        ("interval", after(hours=20)),
        ("daily", after(hours=23)),
        ("date", after(hours=23)),
        ("again", after(hours=28)),
        ("interval", after(hours=30)),
    ]


# sched


@pytest.mark.parametrize("timefunc", [time.monotonic, time.time])
def test_sched(whatsapp: WhatsApp, timefunc: object) -> None:
    """Delays are those of the sandbox, whatever the time function counts from; of one time by priority."""
    ran: list[tuple[str, datetime]] = []
    scheduler = sched.scheduler(timefunc)  # type: ignore[arg-type]

    def note(name: str) -> None:
        ran.append((name, whatsapp.clock.now()))
        if name == "first":
            scheduler.enter(3600, 1, note, ("then",))

    at = scheduler.timefunc() + 7200
    scheduler.enterabs(at, 2, note, kwargs={"name": "second"})
    scheduler.enterabs(at, 1, note, ("first",))
    with whatsapp.clock.drives(scheduler):
        whatsapp.clock.advance(hours=3)
        whatsapp.clock.advance(hours=3)

    assert ran == [("first", after(hours=2)), ("second", after(hours=2)), ("then", after(hours=3))]
    assert scheduler.empty()
