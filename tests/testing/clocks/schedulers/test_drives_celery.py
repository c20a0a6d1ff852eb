"""A Celery app that a test drives: no broker, no worker, no result backend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import Celery, chain
from celery.schedules import crontab
from freezegun import freeze_time
from kit.plugin import after

from emulator.testing.whatsapp import WhatsApp

Ran = list[tuple[str, datetime]]


@pytest.fixture
def ran() -> Ran:
    return []


@pytest.fixture
def app(whatsapp: WhatsApp, ran: Ran) -> Celery:
    """An app with a task that notes what it is given, and one that is tried again twice."""
    app = Celery("shop", broker="pyamqp://nobody.invalid", set_as_current=False)

    def note(name: str, *more: str) -> str:
        ran.append((name, whatsapp.clock.now()))
        return name

    def insist(task: Any) -> None:
        ran.append((f"try {task.request.retries}", whatsapp.clock.now()))
        if task.request.retries < 2:
            raise task.retry(countdown=600)

    app.task(note, name="note", shared=False)
    app.task(insist, name="insist", bind=True, shared=False)
    return app


def test_countdown_and_eta(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """At their instants; without either at the next ``settle``, as a worker would."""
    with whatsapp.clock.drives(app):
        app.tasks["note"].apply_async(["later"], countdown=3600)
        app.tasks["note"].apply_async(["eta"], eta=datetime.now(UTC) + timedelta(hours=23))
        app.tasks["note"].delay("now")
        before = list(ran)
        whatsapp.settle()
        now = list(ran)
        whatsapp.clock.advance(hours=24)

    assert before == []
    assert now == [("now", after())]
    assert ran[1:] == [("later", after(hours=1)), ("eta", after(hours=23))]


def test_an_eta_in_a_frozen_process(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """Is that very instant."""
    with freeze_time(after(), tz_offset=0), whatsapp.clock.drives(app):
        app.tasks["note"].apply_async(["eta"], eta=datetime(2026, 11, 3, 8, 30, 0, 5, tzinfo=UTC))
        whatsapp.clock.advance(hours=24)

    assert ran == [("eta", datetime(2026, 11, 3, 8, 30, 0, 5, tzinfo=UTC))]


def test_always_eager_would_disregard_both(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """Inside the block it does not hold; afterwards it does again, and the app is as it was."""
    app.conf.task_always_eager = True
    with whatsapp.clock.drives(app):
        app.tasks["note"].apply_async(["later"], countdown=3600)
        whatsapp.clock.advance(hours=1)
    app.tasks["note"].delay("eager")

    assert ran == [("later", after(hours=1)), ("eager", after(hours=1))]
    assert "send_task" not in vars(app)


def test_a_retry_comes_after_its_countdown(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """Each try knows which it is."""
    with whatsapp.clock.drives(app):
        app.tasks["insist"].delay()
        whatsapp.clock.advance(hours=1)

    assert ran == [("try 0", after()), ("try 1", after(minutes=10)), ("try 2", after(minutes=20))]


def test_links_chains_and_names(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """They are sent by Celery itself, when their task has ended; a task may be sent by its name."""
    note = app.tasks["note"]
    with whatsapp.clock.drives(app):
        note.apply_async(["one"], countdown=60, link=note.s("linked"))
        chain(note.s("two"), note.s("three").set(countdown=60))()
        app.send_task("note", ["named"], countdown=3600)
        whatsapp.clock.advance(hours=1)
        app.send_task("nowhere")
        with pytest.raises(LookupError, match="no task 'nowhere'"):
            whatsapp.settle()

    assert [name for name, _ in ran] == ["two", "one", "two", "one", "named"]


def test_an_expired_task_is_not_run(whatsapp: WhatsApp, app: Celery, ran: Ran) -> None:
    """By seconds, and by an instant."""
    note, soon = app.tasks["note"], datetime.now(UTC) + timedelta(minutes=30)
    with whatsapp.clock.drives(app):
        note.apply_async(["too late"], countdown=3600, expires=1800)
        note.apply_async(["too late"], countdown=3600, expires=soon)
        note.apply_async(["in time"], countdown=3600, expires=3600)
        whatsapp.clock.advance(hours=2)

    assert ran == [("in time", after(hours=1))]


def test_what_a_task_raises_is_raised(whatsapp: WhatsApp, app: Celery) -> None:
    """And not only stored as its result."""

    def fail() -> None:
        raise ZeroDivisionError

    app.task(fail, name="fail", shared=False)
    with whatsapp.clock.drives(app):
        app.tasks["fail"].delay()
        with pytest.raises(ZeroDivisionError):
            whatsapp.settle()


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        (timedelta(hours=10), [10, 20, 30]),
        (36000, [10, 20, 30]),
        (crontab(hour=8, minute=0), [23]),
        (crontab(hour="8,12", minute=0), [3, 23, 27]),
    ],
    ids=["timedelta", "seconds", "crontab", "crontab twice"],
)
def test_beat(whatsapp: WhatsApp, app: Celery, ran: Ran, schedule: object, hours: list[int]) -> None:
    """By the sandbox's time, whether the process is frozen or not."""
    app.conf.beat_schedule = {"reminder": {"task": "note", "schedule": schedule, "args": ("beat",)}}
    app.conf.timezone = "UTC"

    with whatsapp.clock.drives(app):
        whatsapp.clock.advance(hours=30)

    assert ran == [("beat", after(hours=hour)) for hour in hours]


def test_names_of_celery_that_are_relied_on(app: Celery) -> None:
    """A tracer takes whether it is eager and whether it raises; a schedule takes what time it is."""
    from celery.app.trace import build_tracer
    from celery.schedules import maybe_schedule

    task = app.tasks["note"]
    trace: Callable[..., Any] = build_tracer(task.name, task, eager=True, propagate=True, app=app)

    assert callable(trace)
    for schedule in (maybe_schedule(60, app=app), crontab(app=app)):
        assert hasattr(schedule, "nowfun")
