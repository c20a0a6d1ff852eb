"""The threads that keep the sandboxes of a process going: few, however many sandboxes there are.

One thread waits for what is due later; a pool of others carries out what is due now.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Collection
from itertools import count
from threading import Lock, Thread, get_ident
from time import process_time, thread_time

from emulator.sandbox.engine.tasks import Calendar, Lane, Task
from emulator.sandbox.real_time import real_seconds

log = logging.getLogger(__name__)


MOST = {Lane.DUE_WORK: 64, Lane.WEBHOOKS: 60, Lane.WAITING: 56, Lane.SLOW: 40}
"""Threads that tasks of a lane may have, together with those of the lanes after it."""
WORKING = 1
"""Tasks that work at the same time. More only wait for each other: Python runs one thread at a time."""
SHORTEST_WAIT = 0.002
"""Real seconds below which a task is none that waits: it may have waited for other threads of Python."""
WORKED = 0.2
"""The part of its time that a task computes at most if it counts as one that waits."""
STALL = 0.05
"""Real seconds without a task begun or ended, or half of them idle, after which those under way wait."""
SLOW_SECONDS = 0.25
"""Real seconds after which a task counts as one that hangs, and may do so the next time."""
REST = 1.0
"""Real seconds after which a thread without work ends."""
LONGEST_SLEEP = 3600.0
"""Real seconds after which a task looks again, whatever it waits for."""


class _Seat:
    """A thread without work; releasing the lock calls it."""

    def __init__(self) -> None:
        self.called = Lock()
        self.called.acquire()


class Pool:
    """Carries out tasks by few threads.

    A task that waits does not count as working. It is known by the time it computed the last time; and by its
    effect: others are queued, and for :data:`STALL` seconds none has begun or ended, or the process has
    computed for less than half of them. Then more threads come, twice as many each time, up to :data:`MOST`;
    those without work end after :data:`REST`. Tasks that were slow share a part of the threads among
    themselves, so that however many of them wait, the others have a thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._queues: dict[Lane, deque[Task]] = {lane: deque() for lane in Lane}
        self._running = dict.fromkeys(Lane, 0)
        self._working: set[Task] = set()
        """The tasks under way that count as working."""
        self._let_in = WORKING
        """How many of them there may be: more after a stall, as long as tasks are queued."""
        self._numbers = count()
        self._latest = 0.0
        """When a task began or ended."""
        self._behind_since: tuple[float, float] | None = None
        """Since when tasks were queued, or when that was last looked at; and what had been computed then."""
        self._idle: list[_Seat] = []
        self._beginning = 0
        """Threads that were called and have not looked for a task yet."""
        self._count = 0
        self._named = 0
        self._own: set[int] = set()
        """The threads of this pool that carry out tasks."""
        self._calendar = Calendar()
        self._timer: _Seat | None = None
        """The thread that waits for what is due later, while it waits."""
        self._has_timer = False
        self._wakes_at = 0.0

    @property
    def threads(self) -> int:
        """How many threads there are, with the one that waits for what is due later."""
        return self._count + self._has_timer

    def soon(self, task: Task) -> None:
        """Have a task done as soon as a thread is free; one that is under way is done once more."""
        with self._lock:
            if not self._is_coming(task):
                self._enqueue(task)

    def later(self, task: Task, seconds: float) -> None:
        """Have a task done after some real seconds at the latest; one that is under way is done once more."""
        with self._lock:
            if not self._is_coming(task):
                self._date(task, seconds)

    def is_coming(self, task: Task) -> bool:
        """Whether a task looks at what is due without being asked: it is queued, or was under way.

        One that is under way in another thread is done once more.
        """
        with self._lock:
            return self._is_coming(task)

    def end(self, tasks: Collection[Task], patience: float | None) -> None:
        """Let tasks be done no more, and wait up to ``patience`` real seconds for those under way.

        ``None`` waits for as long as they take. The calling thread's own task is not waited for.
        """
        until = None if patience is None else real_seconds() + patience
        with self._lock:
            waited_for = [task for task in tasks if task.thread not in (None, get_ident())]
            for task in tasks:
                task.is_ended = True
            self._calendar.forget(tasks)
        for task in waited_for:
            task.over.wait(None if until is None else max(0.0, until - real_seconds()))

    def _is_coming(self, task: Task) -> bool:
        if task.thread is not None and task.thread != get_ident():
            task.is_wanted = True
        return task.is_queued or task.is_ended or task.thread is not None

    def _enqueue(self, task: Task) -> None:
        self._calendar.strike(task)
        if not self._is_behind:
            self._latest = real_seconds()
        task.is_queued, task.number = True, next(self._numbers)
        self._queues[task.lately].append(task)
        if get_ident() in self._own:
            self._watch(real_seconds() + STALL)
        else:
            self._summon(task.lately)

    def _summon(self, lane: Lane) -> None:
        """Call a thread for a task of a lane, unless as many work as shall.

        A thread whose own task asks for another one needs no second one: it carries that out itself
        afterwards, and to call a thread costs more than most tasks.
        """
        if not self._may_begin(lane, self._beginning):
            self._watch(real_seconds() + STALL)
        elif self._idle:
            self._beginning += 1
            self._idle.pop().called.release()
        elif self._count < MOST[Lane.DUE_WORK]:
            self._beginning += 1
            self._count += 1
            self._named += 1
            Thread(target=self._work, name=f"emulator-worker-{self._named}", daemon=True).start()

    def _work(self) -> None:
        seat = _Seat()
        self._own.add(get_ident())
        task: Task | None = None
        wait: float | None = None
        is_called = True
        while is_called or task is not None:
            with self._lock:
                if task is not None:
                    self._finish(task, wait)
                self._beginning -= is_called
                is_called = False
                task = self._pick()  # an idle thread keeps no sandbox that has been closed
                if task is None:
                    self._idle.append(seat)
            if task is None:
                is_called = self._rest(seat)
            else:
                wait = self._carry_out(task)

    def _carry_out(self, task: Task) -> float | None:
        try:
            return task.context.run(task.act)
        except BaseException:
            log.exception("a task of a sandbox could not be carried out")
            return None

    def _rest(self, seat: _Seat) -> bool:
        """Wait until this thread is called; ``False`` when it shall end."""
        if seat.called.acquire(timeout=REST):
            return True
        with self._lock:
            if seat in self._idle:
                self._idle.remove(seat)
                self._own.discard(get_ident())
                self._count -= 1
                return False
        return seat.called.acquire()  # it was called in the last moment

    def _pick(self) -> Task | None:
        heads = []
        for lane, queue in self._queues.items():
            while queue and queue[0].is_ended:
                queue.popleft().is_queued = False
            if queue and self._may_begin(lane):
                heads.append((queue[0].number, lane))
        if not heads:
            return None
        _, lane = min(heads)
        task = self._queues[lane].popleft()
        task.is_queued, task.thread = False, get_ident()
        self._latest = task.begun = real_seconds()
        task.worked = thread_time()
        self._running[lane] += 1
        if lane < Lane.WAITING:
            self._working.add(task)
        elif (following := next((each for each in Lane if self._queues[each]), None)) is not None:
            self._summon(following)  # this thread will wait, and carry out nothing else meanwhile
        return task

    def _may_begin(self, lane: Lane, more: int = 0) -> bool:
        """Whether one more task of a lane may be under way, when so many ``more`` are about to be."""
        under_way = sum(self._running[each] for each in Lane if each >= lane) + more
        return under_way < MOST[lane] and (lane >= Lane.WAITING or len(self._working) + more < self._let_in)

    @property
    def _is_behind(self) -> bool:
        """Whether tasks wait for a thread that are not slow."""
        return any(queue for lane, queue in self._queues.items() if lane is not Lane.SLOW)

    def _finish(self, task: Task, wait: float | None) -> None:
        self._running[task.lately] -= 1
        self._working.discard(task)
        self._latest = now = real_seconds()
        took, worked = now - task.begun, thread_time() - task.worked
        waited = took > SHORTEST_WAIT and worked < WORKED * took
        task.lately = Lane.SLOW if took > SLOW_SECONDS else Lane.WAITING if waited else task.lane
        task.thread = None
        if not self._is_behind:
            self._let_in = WORKING
        if task.is_ended:
            task.over.set()
        elif task.is_wanted or wait == 0:
            task.is_wanted = False
            self._enqueue(task)
        elif wait is not None:
            self._date(task, wait)

    # what is due later

    def _date(self, task: Task, seconds: float) -> None:
        when = real_seconds() + min(seconds, LONGEST_SLEEP)
        self._calendar.put(task, when)
        self._watch(when)

    def _watch(self, when: float) -> None:
        """Have the waiting thread look at a real second, or earlier."""
        if not self._has_timer:
            self._has_timer = True
            Thread(target=self._keep_time, name="emulator-timer", daemon=True).start()
        elif self._timer is not None and when < self._wakes_at:
            self._timer.called.release()
            self._timer = None

    def _keep_time(self) -> None:
        seat = _Seat()
        begun_to_rest: float | None = None
        while True:
            with self._lock:
                now = real_seconds()
                until = self._look(now)
                if until is not None:
                    begun_to_rest = None
                elif begun_to_rest is None:
                    begun_to_rest = now
                elif now - begun_to_rest >= REST:
                    self._has_timer = False
                    return
                self._wakes_at = now + REST if until is None else until
                self._timer = seat
                wait = max(0.0, self._wakes_at - now)
            if not seat.called.acquire(timeout=wait):
                with self._lock:
                    if self._timer is not seat:  # it was called in the last moment
                        seat.called.acquire()
                    self._timer = None

    def _look(self, now: float) -> float | None:
        """Queue what is due, and let more tasks in when none has moved; returns when to look again."""
        for task in self._calendar.due(now):
            self._enqueue(task)
        if self._is_behind and (now - self._latest >= STALL or self._is_idle(now)):
            self._working.clear()
            self._latest = now
            self._let_in = min(2 * self._let_in, max(MOST.values()))
            for lane in Lane:
                for _ in range(min(self._let_in, len(self._queues[lane]))):
                    self._summon(lane)
        first = self._calendar.first()
        if not self._is_behind:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = now, process_time()
        if self._is_behind or any(self._running.values()):
            return now + STALL if first is None else min(first, now + STALL)
        return first

    def _is_idle(self, now: float) -> bool:
        """Whether this process has computed for less than half of the time in which tasks were queued."""
        if self._behind_since is None or now - self._behind_since[0] < STALL:
            return False
        since, computed = self._behind_since
        self._behind_since = now, process_time()
        return self._behind_since[1] - computed < (now - since) / 2


POOL = Pool()
"""The threads of this process."""

if hasattr(os, "register_at_fork"):  # a child of this process has none of its threads
    os.register_at_fork(after_in_child=POOL.__init__)  # type: ignore[misc]
