"""What the threads of a process carry out: tasks, their kinds, and a calendar of those that are due later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import Context
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import count
from threading import Event

_SPARE = 64
"""Entries of a calendar that may have been replaced before it is made anew."""


class Lane(IntEnum):
    """What a task may wait for, and so how many threads tasks of its kind may have."""

    DUE_WORK = 0
    """For a link to be fetched, now and then."""
    WEBHOOKS = 1
    """For receivers, each time."""
    WAITING = 2
    """A task of either kind that has just waited for most of its time."""
    SLOW = 3
    """A task of either kind that has just taken so long that it may hang the next time, too."""


class Task:
    """Something that is done again and again, when it is asked for or at an instant, never twice at once.

    ``act`` is called in ``context`` and returns after how many real seconds it wants to be done again, or
    ``None``. What it raises is logged, and does not come again by itself.
    """

    def __init__(self, act: Callable[[], float | None], lane: Lane, context: Context) -> None:
        self.act, self.lane, self.context = act, lane, context
        self.is_queued = self.is_ended = self.is_wanted = False
        self.lately = lane
        """The lane that the last time has shown it to belong to."""
        self.thread: int | None = None
        """The thread that carries it out right now."""
        self.begun = self.worked = 0.0
        """When it began: in real seconds, and in those that its thread had computed."""
        self.number = 0
        """Its place in the queue."""
        self.when: float | None = None
        """The real second at which it is to be done, unless it is asked for earlier."""
        self.over = Event()
        """Set when it has ended."""


class Calendar:
    """Tasks by the real second at which each is to be done, one for each task. For one thread at a time.

    An instant that is replaced leaves an entry behind, which counts for nothing.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[float, int, Task]] = []
        self._numbers = count()
        self._dated = 0
        """How many tasks have an instant."""

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, task: Task, when: float) -> None:
        """Give a task an instant, unless it has an earlier one."""
        if task.when is not None and task.when <= when:
            return
        self._dated += task.when is None
        task.when = when
        heappush(self._entries, (when, next(self._numbers), task))
        if len(self._entries) > 2 * self._dated + _SPARE:
            self._entries = [entry for entry in self._entries if entry[2].when == entry[0]]
            heapify(self._entries)

    def strike(self, task: Task) -> None:
        """Take away a task's instant, if it has one."""
        self._dated -= task.when is not None
        task.when = None

    def forget(self, tasks: Iterable[Task]) -> None:
        """Keep nothing of some tasks, so that they can go."""
        gone = set(tasks)
        for task in gone:
            self.strike(task)
        self._entries = [entry for entry in self._entries if entry[2] not in gone]
        heapify(self._entries)

    def first(self) -> float | None:
        """The real second at which to look again; ``None`` when no task has an instant."""
        return self._entries[0][0] if self._entries else None

    def due(self, now: float) -> Iterator[Task]:
        """Take out the tasks whose instant has come, the earliest first."""
        while self._entries and self._entries[0][0] <= now:
            when, _, task = heappop(self._entries)
            if task.when == when:
                self.strike(task)
                yield task
