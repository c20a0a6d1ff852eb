"""The threads that carry out calls: few that work, and one more for each that waits."""

from __future__ import annotations

import logging
from collections import deque
from threading import Condition, Thread, get_ident
from typing import Protocol

from emulator.web.http.seconds import seconds

WORKING = 2
"""Threads that work at the same time. More only wait for each other: Python runs one at a time, and so does
the lock of a sandbox."""
STALL = 0.02
"""Real seconds without any call begun or ended after which those under way count as waiting."""
REST = 5.0
"""Real seconds after which a thread without work ends, if there are more than :data:`WORKING`."""

log = logging.getLogger(__name__)


class Task(Protocol):
    """A call to carry out."""

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Threads:
    """Carries out the calls of a server, in the order in which they came.

    A call may wait for other calls: an ``advance`` waits for the integrator's app, which sends from inside
    its webhook. So a call that waits does not count as working. It is known by its effect: calls are queued,
    and for :data:`STALL` seconds none has begun or ended. Then those under way no longer count, and others
    are let in. A connection has at most one call under way, so there are never more threads than connections.

    The server's own loop calls :meth:`relieve` at least every :data:`STALL` seconds while
    :attr:`is_behind` is true.
    """

    def __init__(self, working: int = WORKING, stall: float = STALL, rest: float = REST) -> None:
        self._most, self._stall, self._rest = working, stall, rest
        self._changed = Condition()
        self._queue: deque[Task] = deque()
        self._working: set[int] = set()
        """The threads whose calls count as working."""
        self._beginning = 0
        """Threads that are started and have not looked for a call yet."""
        self._idle = 0
        self._count = 0
        self._named = 0
        self._latest = seconds()
        """When a call began or ended."""
        self._stopping = False

    @property
    def count(self) -> int:
        """How many threads there are."""
        return self._count

    @property
    def is_behind(self) -> bool:
        """Whether calls are queued."""
        return bool(self._queue)

    def add_task(self, task: Task) -> None:
        """Queue a call. Waitress calls this."""
        with self._changed:
            if self._stopping:
                task.cancel()
                return
            if not self._queue:
                self._latest = seconds()
            self._queue.append(task)
            self._summon()

    def relieve(self) -> None:
        """Let others in when nothing has moved for a while: the calls under way wait for something."""
        with self._changed:
            if self._queue and seconds() - self._latest >= self._stall:
                self._working.clear()
                self._latest = seconds()
                for _ in range(min(self._most, len(self._queue))):
                    self._summon()

    def stop(self, patience: float) -> bool:
        """Cancel what is queued, and wait up to ``patience`` real seconds for the calls under way.

        Returns whether all have ended.
        """
        until = seconds() + patience
        with self._changed:
            self._stopping = True
            while self._queue:
                self._queue.popleft().cancel()
            self._changed.notify_all()
            while self._count and (left := until - seconds()) > 0:
                self._changed.wait(left)
            return not self._count

    def _summon(self) -> None:
        if len(self._working) + self._beginning >= self._most:
            return
        if self._idle:
            self._changed.notify()
            return
        self._count += 1
        self._beginning += 1
        self._named += 1
        Thread(target=self._work, name=f"emulator-server-{self._named}", daemon=True).start()

    def _work(self) -> None:
        task = self._next(begins=True)
        while task is not None:
            try:
                task.service()
            except BaseException:
                log.exception("a call could not be carried out")
                task.cancel()
            task = self._next()

    def _next(self, *, begins: bool = False) -> Task | None:
        """The call that this thread carries out next; ``None`` when it shall end."""
        me = get_ident()
        with self._changed:
            self._beginning -= begins
            self._working.discard(me)
            self._latest = seconds()
            while not self._stopping:
                if self._queue and len(self._working) < self._most:
                    self._working.add(me)
                    self._latest = seconds()
                    return self._queue.popleft()
                self._idle += 1
                summoned = self._changed.wait(self._rest)
                self._idle -= 1
                if not summoned and not self._queue and self._count > self._most:
                    break
            self._count -= 1
            self._changed.notify_all()
            return None
