"""Keep a sandbox going by itself on a server: one thread for due work, one for webhooks.

A sandbox of the pytest plugin has none, so that nothing happens beside the test.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime
from threading import Condition, Thread, current_thread

from emulator.sandbox.clock import Clock
from emulator.sandbox.core import Core
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.errors import NotKept, SandboxClosed
from emulator.sandbox.webhooks.dispatcher import Dispatcher

log = logging.getLogger(__name__)
LONGEST_JOIN = 1.0


class Worker:
    """Keeps a sandbox going by itself, with two threads: one for due work, one for webhooks.

    They sleep until the next due instant of a running clock, or until something changes. A clock that stands
    still is no trap: what is due at its instant is still done, and before the next command, whichever thread
    comes to it first.
    """

    def __init__(self, core: Core, scheduler: Scheduler, dispatcher: Dispatcher) -> None:
        self._core, self._scheduler, self._dispatcher = core, scheduler, dispatcher
        self._changed = Condition()
        self._generation = 0
        self._stopping = False
        self._threads: list[Thread] = []
        self.problems: list[BaseException] = []
        """What was raised in the threads, which have no caller to raise it to."""

    def start(self) -> None:
        """Start both threads; a worker that runs already goes on.

        From then on due work and webhooks are carried out by themselves, and a flush waits for the thread of
        the webhooks. They have the caller's context variables.
        """
        if self._threads:
            return
        self._stopping = False
        store = self._core.store
        self._core.on_change.append(self.wake)
        self._core.before_command = self._scheduler.catch_up
        loops = (
            (self._do_events, store.timeline.next_due),
            (self._do_webhooks, store.deliveries.next_due),
        )
        self._threads = [
            Thread(target=copy_context().run, args=(self._loop, *what), daemon=True) for what in loops
        ]
        self._dispatcher.employ(True)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop both threads and wait for them; what is under way is finished first.

        While the sandbox is being closed, a receiver in this process that does not return is waited for
        :data:`LONGEST_JOIN` real seconds at most: what it does afterwards changes nothing.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread is not current_thread():
                thread.join(LONGEST_JOIN if self._core.closing.has_begun else None)
        if self._threads:
            self._core.on_change.remove(self.wake)
        self._threads = []
        self._core.before_command = None
        self._dispatcher.employ(False)

    def wake(self) -> None:
        """Have both threads look at once what is due; called after every command that changed something."""
        with self._changed:
            self._generation += 1
            self._changed.notify_all()

    def _do_events(self) -> None:
        self._scheduler.carry_out_due()

    def _do_webhooks(self) -> None:
        carried = False
        while not self._stopping and self._dispatcher.carry_one(self._core.clock.now()):
            carried = True
        if carried:
            self._dispatcher.rest()

    def _loop(self, work: Callable[[], None], next_due: Callable[[], datetime | None]) -> None:
        clock: Clock = self._core.clock
        while not self._stopping:
            with self._changed:
                seen = self._generation
            try:
                work()
                with self._core.store.reading():
                    due = next_due()
                wait = None if due is None else clock.real_seconds_until(due)
            except SandboxClosed:
                return
            except NotKept:  # the database has said why; what is due stays due
                wait = 1.0
            except BaseException as problem:
                if self._core.closing.has_begun:
                    return  # whatever it was that it met in a sandbox that is being closed
                log.exception("the worker met a problem and goes on")
                self.problems.append(problem)
                wait = 1.0
            with self._changed:
                if self._generation == seen and not self._stopping:
                    self._changed.wait(min(wait, 3600.0) if wait is not None else None)
