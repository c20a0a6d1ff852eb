"""Keep a sandbox going by itself on a server: one task for due work, one for webhooks.

A sandbox of the pytest plugin has none, so that nothing happens beside the test.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime
from functools import partial

from emulator.sandbox.core import Core
from emulator.sandbox.engine.pool import POOL
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.engine.tasks import Lane, Task
from emulator.sandbox.errors import NotKept, SandboxClosed
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.dispatcher import Dispatcher

log = logging.getLogger(__name__)
LONGEST_JOIN = 1.0
AFTER_A_PROBLEM = 1.0
"""Real seconds after which what could not be done is tried again."""
SLICE = 0.005
"""Real seconds after which a task lets those of other sandboxes have its thread."""

NextDue = Callable[[], datetime | None]


class Worker:
    """Keeps a sandbox going by itself, with two tasks: one for due work, one for webhooks.

    The threads are those of the process, for all its sandboxes: :data:`~emulator.sandbox.engine.pool.POOL`. A
    task is carried out at the next due instant of a running clock, and when something has changed. A clock
    that stands still is no trap: what is due at its instant is still done, and before the next command,
    whichever thread comes to it first.
    """

    def __init__(self, core: Core, scheduler: Scheduler, dispatcher: Dispatcher) -> None:
        self._core, self._scheduler, self._dispatcher = core, scheduler, dispatcher
        self._stopping = False
        self._tasks: list[tuple[Task, NextDue]] = []
        self.problems: list[BaseException] = []
        """What was raised in the tasks, which have no caller to raise it to."""

    def start(self) -> None:
        """Start both tasks; a worker that runs already goes on.

        From then on due work and webhooks are carried out by themselves, and a flush waits for the task of
        the webhooks. They have the caller's context variables.
        """
        if self._tasks:
            return
        self._stopping = False
        store = self._core.store
        kinds = (
            (Lane.DUE_WORK, self._do_events, store.timeline.next_due),
            (Lane.WEBHOOKS, self._do_webhooks, store.deliveries.next_due),
        )
        self._tasks = [
            (Task(partial(self._go_on, work, next_due), lane, copy_context()), next_due)
            for lane, work, next_due in kinds
        ]
        self._core.on_change.append(self.wake)
        self._core.before_command = self._scheduler.catch_up
        self._scheduler.on_free = self.wake
        self._dispatcher.employ(True)
        self.wake()

    def stop(self) -> None:
        """Stop both tasks and wait for them; what is under way is finished first.

        While the sandbox is being closed, a receiver in this process that does not return is waited for
        :data:`LONGEST_JOIN` real seconds at most: what it does afterwards changes nothing.
        """
        tasks, self._tasks = self._tasks, []
        self._stopping = True
        if not tasks:
            return
        POOL.end([task for task, _ in tasks], LONGEST_JOIN if self._core.closing.has_begun else None)
        self._core.on_change.remove(self.wake)
        self._core.before_command = self._scheduler.on_free = None
        self._dispatcher.employ(False)
        self._dispatcher.rest()

    def wake(self) -> None:
        """Have done at once what is due now, and later what is due then.

        Called after every command that changed something, and when nobody moves time any more.
        """
        tasks = [each for each in self._tasks if not POOL.is_coming(each[0])]
        if not tasks:
            return
        with self._core.store.reading():
            if self._core.closing.has_begun:
                return
            waits = [self._seconds_until(next_due()) for _, next_due in tasks]
        for (task, _), wait in zip(tasks, waits, strict=True):
            if wait == 0:
                POOL.soon(task)
            elif wait is not None:
                POOL.later(task, wait)

    def _seconds_until(self, due: datetime | None) -> float | None:
        return None if due is None else self._core.clock.real_seconds_until(due)

    def _do_events(self) -> tuple[bool, float | None]:
        return self._scheduler.carry_out_due(SLICE), None

    def _do_webhooks(self) -> tuple[bool, float | None]:
        until = real_seconds() + SLICE
        while not self._stopping and self._dispatcher.carry_one(self._core.clock.now()):
            if real_seconds() >= until:
                break
        return True, self._dispatcher.tidy()

    def _go_on(self, work: Callable[[], tuple[bool, float | None]], next_due: NextDue) -> float | None:
        """Do what is due; returns after how many real seconds to do so again, and ``None`` until woken.

        ``work`` says whether it could, and after how many seconds it wants to be done though nothing is due.
        """
        if self._stopping:
            return None
        try:
            could, wait = work()
            if not could:
                return None
            with self._core.store.reading():
                if self._core.closing.has_begun:
                    return None
                until_due = self._seconds_until(next_due())
        except SandboxClosed:
            return None
        except NotKept:  # the database has said why; what is due stays due
            return AFTER_A_PROBLEM
        except BaseException as problem:
            if self._core.closing.has_begun:
                return None  # whatever it was that it met in a sandbox that is being closed
            log.exception("the worker met a problem and goes on")
            self.problems.append(problem)
            return AFTER_A_PROBLEM
        return min((each for each in (wait, until_due) if each is not None), default=None)
