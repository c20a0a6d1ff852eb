"""Wait in real time until something in a sandbox has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, get_ident

from emulator.sandbox.core import Core
from emulator.sandbox.real_time import real_seconds


class Waiter:
    """One thread that waits for a change which another thread makes.

    ``within`` are the real seconds it has, from when it was made. A frozen process does not stop them.
    """

    def __init__(self, within: float) -> None:
        self._thread = get_ident()
        self._changed = Event()
        self._until = real_seconds() + within

    @property
    def is_late(self) -> bool:
        """Whether its seconds are over."""
        return real_seconds() >= self._until

    def look(self) -> None:
        """Begin to look: a change from now on ends the next :meth:`wait` at once."""
        self._changed.clear()

    def wait(self) -> None:
        """Wait for a change since the last :meth:`look`, or until its seconds are over."""
        self._changed.wait(max(0.0, self._until - real_seconds()))

    def hear(self) -> None:
        """Take note of a change; those of its own thread do not count."""
        if get_ident() != self._thread:
            self._changed.set()

    def end(self) -> None:
        """End its wait."""
        self._changed.set()


class Changes:
    """Those who wait for a change in one sandbox. It costs nothing while nobody does."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._waiters: list[Waiter] = []
        core.closing.on_begin(self._end)

    @contextmanager
    def awaited(self, within: float) -> Iterator[Waiter]:
        """Have a waiter hear of every change inside the ``with`` block, for some real seconds.

        Its waits end when the sandbox is closed.
        """
        waiter = Waiter(within)
        hear: Callable[[], None] = waiter.hear
        self._waiters.append(waiter)
        self._core.on_change.append(hear)
        try:
            yield waiter
        finally:
            self._core.on_change.remove(hear)
            self._waiters.remove(waiter)

    def _end(self) -> None:
        for waiter in list(self._waiters):
            waiter.end()
