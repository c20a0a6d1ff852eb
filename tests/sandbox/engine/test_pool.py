"""Few threads carry out many tasks, and one that waits holds up no other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar, copy_context
from functools import partial
from threading import Barrier, Event, Lock

import pytest
from kit.served import until

from emulator.sandbox.engine import pool as module
from emulator.sandbox.engine import tasks
from emulator.sandbox.engine.pool import MOST, WORKING, Pool
from emulator.sandbox.engine.tasks import Lane, Task

PATIENCE = 10.0
"""Seconds of real time after which a test gives up."""
NEVER = 1000.0
"""Seconds after which nothing comes within a test."""
word: ContextVar[str] = ContextVar("word")


@pytest.fixture
def pool() -> Pool:
    """A pool of its own, beside that of the process."""
    return Pool()


@pytest.fixture
def go() -> Iterator[Event]:
    """What tasks that hang wait for; set at the end of a test."""
    event = Event()
    yield event
    event.set()


def task(act: Callable[[], float | None], lane: Lane = Lane.DUE_WORK) -> Task:
    return Task(act, lane, copy_context())


class Counting:
    """Counts how often it is done; ``wait`` is what it returns."""

    def __init__(self, wait: float | None = None) -> None:
        self.times, self.wait = 0, wait
        self.done = Event()

    def __call__(self) -> float | None:
        self.times += 1
        self.done.set()
        return self.wait


class Hanging:
    """Says when it is under way, and ends when it may."""

    def __init__(self, go: Event) -> None:
        self._go = go
        self.came = Event()
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        self.came.set()
        self._go.wait(PATIENCE)


def test_a_task_is_done_in_the_context_it_was_made_in(pool: Pool) -> None:
    """In another thread."""
    heard: list[tuple[str, bool]] = []
    word.set("of the maker")
    done = Event()

    def act() -> None:
        heard.append((word.get(), threading.current_thread() is threading.main_thread()))
        done.set()

    pool.soon(task(act))

    assert done.wait(PATIENCE)
    assert heard == [("of the maker", False)]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other things makes no task one that waits."""
    monkeypatch.setattr(module, "STALL", PATIENCE)
    monkeypatch.setattr(module, "SHORTEST_WAIT", PATIENCE)


@pytest.mark.usefixtures("busy")
def test_a_thousand_tasks_have_as_many_threads_as_two(pool: Pool) -> None:
    """Each is done."""
    acts = [Counting() for _ in range(1000)]

    for act in acts:
        pool.soon(task(act))
    for act in acts:
        assert act.done.wait(PATIENCE)

    assert [act.times for act in acts] == [1] * 1000
    assert pool.threads <= WORKING + 1


def test_a_task_that_is_asked_for_while_it_is_under_way_is_done_once_more(pool: Pool, go: Event) -> None:
    """Once, however often it is asked for, and never twice at once."""
    act = Hanging(go)
    made = task(act)
    pool.soon(made)
    assert act.came.wait(PATIENCE)

    for _ in range(3):
        pool.soon(made)
    while_under_way = act.times
    go.set()

    until(lambda: act.times == 2 and made.thread is None and not made.is_queued)
    assert while_under_way == 1


def test_a_task_asks_for_itself(pool: Pool) -> None:
    """0 has it done again at once, a number after so many seconds, ``None`` when it is asked for."""
    waits: list[float | None] = [0.0, 0.001, None]
    times: list[int] = []
    done = Event()

    def act() -> float | None:
        times.append(1)
        wait = waits[len(times) - 1]
        if wait is None:
            done.set()
        return wait

    pool.soon(task(act))

    assert done.wait(PATIENCE)
    assert len(times) == 3


def test_a_task_is_done_later_and_earlier_when_it_is_asked_for(pool: Pool) -> None:
    """The earliest of what was said holds."""
    act = Counting()
    made = task(act)

    pool.later(made, NEVER)
    pool.later(made, 0.001)

    assert act.done.wait(PATIENCE)
    assert made.when is None


def test_what_was_replaced_in_the_calendar_does_not_pile_up(pool: Pool) -> None:
    """However often the instant of a task is put forward."""
    made = task(Counting())

    for number in range(500):
        pool.later(made, NEVER - number)

    assert len(pool._calendar) <= tasks._SPARE + 3


def test_tasks_that_wait_hold_up_no_other(pool: Pool, go: Event) -> None:
    """Threads come for the others, up to a bound."""
    hanging = [Hanging(go) for _ in range(20)]
    for each in hanging:
        pool.soon(task(each, Lane.WEBHOOKS))
    other = Counting()

    pool.soon(task(other))

    assert other.done.wait(PATIENCE)
    for each in hanging:
        assert each.came.wait(PATIENCE)


def test_webhooks_that_wait_leave_threads_to_due_work(
    pool: Pool, go: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though more of them wait than there may be threads."""
    monkeypatch.setattr(module, "STALL", 0.001)
    hanging = [Hanging(go) for _ in range(2 * MOST[Lane.DUE_WORK])]
    for each in hanging:
        pool.soon(task(each, Lane.WEBHOOKS))
    until(lambda: sum(each.came.is_set() for each in hanging) == MOST[Lane.WEBHOOKS])

    other = Counting()
    pool.soon(task(other))

    assert other.done.wait(PATIENCE)
    assert sum(each.came.is_set() for each in hanging) == MOST[Lane.WEBHOOKS]
    assert pool.threads <= MOST[Lane.DUE_WORK] + 1


def test_webhooks_that_were_slow_leave_threads_to_the_others(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those whose receivers hung the last time share a part of the threads."""
    monkeypatch.setattr(module, "STALL", 0.001)
    monkeypatch.setattr(module, "SLOW_SECONDS", 0.0)
    first, second = Event(), Event()
    going = [first]
    came: list[int] = []
    lock = Lock()

    def hang() -> None:
        with lock:
            came.append(1)
        going[0].wait(PATIENCE)

    made = [task(hang, Lane.WEBHOOKS) for _ in range(MOST[Lane.DUE_WORK])]
    first.set()
    for each in made:
        pool.soon(each)
    until(lambda: len(came) == len(made) and all(each.thread is None for each in made))
    came.clear()
    going[0] = second
    for each in made:
        pool.soon(each)
    until(lambda: len(came) == MOST[Lane.SLOW])
    monkeypatch.setattr(module, "SLOW_SECONDS", PATIENCE)
    other = Counting()

    pool.soon(task(other, Lane.WEBHOOKS))

    assert other.done.wait(PATIENCE)
    assert len(came) == MOST[Lane.SLOW]
    second.set()
    until(lambda: len(came) == len(made))


def test_tasks_that_waited_before_have_a_thread_each(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though none of them takes long: they do not wait for each other."""
    monkeypatch.setattr(module, "STALL", 10 * PATIENCE)
    monkeypatch.setattr(module, "SLOW_SECONDS", 10 * PATIENCE)
    number = 20
    together = Barrier(number)
    acts = [partial(_wait_and_meet, iter((Event(), together))) for _ in range(number)]
    made = [task(act, Lane.WEBHOOKS) for act in acts]
    for _ in range(2):
        for each in made:
            pool.soon(each)
        until(lambda: all(each.thread is None and not each.is_queued for each in made))

    assert not together.broken
    assert [each.lately for each in made] == [Lane.WAITING] * number


def _wait_and_meet(waits: Iterator[Event | Barrier]) -> None:
    """Wait for a moment the first time, and the second time for all others."""
    wait = next(waits)
    if isinstance(wait, Event):
        wait.wait(2 * module.SHORTEST_WAIT)
    else:
        wait.wait(PATIENCE)
        Event().wait(2 * module.SHORTEST_WAIT)


def test_more_threads_come_while_the_process_computes_little(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though tasks begin and end all the time, and none of them waits for long."""
    monkeypatch.setattr(module, "STALL", 0.01)
    monkeypatch.setattr(module, "SHORTEST_WAIT", PATIENCE)
    at_once, most, stop, lock = 0, 0, Event(), Lock()

    def wait_a_moment() -> float | None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        stop.wait(0.002)
        with lock:
            at_once -= 1
        return None if stop.is_set() else 0.0

    for _ in range(12):
        pool.soon(task(wait_a_moment))

    until(lambda: most > 2 * WORKING)
    stop.set()


def test_threads_without_work_end(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """And come again with the next task."""
    monkeypatch.setattr(module, "REST", 0.01)
    for _ in range(3):
        act = Counting()
        pool.soon(task(act))
        assert act.done.wait(PATIENCE)
        until(lambda: pool.threads == 0)


def test_the_end_waits_for_what_is_under_way(pool: Pool, go: Event) -> None:
    """For as long as one likes; what is queued or dated is not done any more."""
    act = Hanging(go)
    made, dated = task(act), task(Counting())
    pool.soon(made)
    pool.later(dated, NEVER)
    assert act.came.wait(PATIENCE)

    pool.end([made, dated], 0.01)
    was_over = made.over.is_set()
    go.set()
    pool.end([made, dated], None)
    pool.soon(made)
    pool.later(dated, 0.0)

    assert (was_over, made.over.is_set(), act.times) == (False, True, 1)
    assert len(pool._calendar) == 0


def test_a_task_may_end_itself(pool: Pool) -> None:
    """It is not waited for."""
    done = Event()

    def act() -> float:
        pool.end([made], None)
        done.set()
        return 0.0

    made = task(act)
    pool.soon(made)

    assert done.wait(PATIENCE)
    assert made.over.wait(PATIENCE)


def test_what_a_task_raises_takes_no_thread_with_it(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and the next task is done."""

    def fail() -> None:
        raise KeyError("broken")

    act = Counting()
    pool.soon(task(fail))
    pool.soon(task(act))

    assert act.done.wait(PATIENCE)
    until(lambda: len(caplog.records) == 1)
    assert caplog.records[0].getMessage() == "a task of a sandbox could not be carried out"


FORKED = """
import os, sys
from contextvars import copy_context
from threading import Event
from emulator.sandbox.engine.pool import POOL
from emulator.sandbox.engine.tasks import Lane, Task

def done() -> bool:
    event = Event()
    POOL.soon(Task(event.set, Lane.DUE_WORK, copy_context()))
    return event.wait(10)

assert done()
child = os.fork()
if not child:
    os._exit(0 if done() else 1)
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_has_threads_of_its_own() -> None:
    """Those of its parent are not in it."""
    subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], check=True, timeout=60)
