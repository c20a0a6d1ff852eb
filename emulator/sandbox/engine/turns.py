"""Who may move the time of a sandbox: one thread at a time, in the order in which they asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, get_ident

from emulator.sandbox.closing import Closing
from emulator.sandbox.webhooks.dispatcher import LOOK


class Turns:
    """The right to move time. The thread that has it may take it again inside.

    The order is that of asking, so a stream of short turns, such as those of the worker, keeps nobody out.
    """

    def __init__(self, closing: Closing) -> None:
        self._closing = closing
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._owner: int | None = None
        self._depth = 0
        self._is_missed = False
        self.on_free: Callable[[], None] | None = None
        """Called when nobody has the right any more, after somebody has not got it who did not wait."""
        closing.on_begin(self._wake)

    @contextmanager
    def taken(self, look: Callable[[], None] | None = None) -> Iterator[None]:
        """Wait for the right to move time, and have it inside.

        ``look`` is called every :data:`LOOK` real seconds of waiting; what it raises ends the wait. Raises
        :class:`~emulator.sandbox.errors.SandboxClosed` when the sandbox is closed before the turn comes.
        """
        if self._owner != get_ident():
            self._take(look)
        self._depth += 1
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def taken_if_free(self) -> Iterator[bool]:
        """Have the right inside if nobody else has it or waits for it; says whether it is so.

        If not, :attr:`on_free` is called once it could be had.
        """
        with self._changed:
            is_mine = self._owner == get_ident() or (self._owner is None and not self._waiting)
            if is_mine:
                self._owner = get_ident()
                self._depth += 1
            else:
                self._is_missed = True
        try:
            yield is_mine
        finally:
            if is_mine:
                self._leave()

    def _leave(self) -> None:
        with self._changed:
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
            self._changed.notify_all()
            is_missed = self._is_missed and not self._waiting
            if is_missed:
                self._is_missed = False
        if is_missed and self.on_free is not None:
            self.on_free()

    def _take(self, look: Callable[[], None] | None) -> None:
        me = object()
        with self._changed:
            self._waiting.append(me)
            try:
                while self._owner is not None or self._waiting[0] is not me:
                    self._closing.check()
                    if not self._changed.wait(LOOK) and look is not None:
                        look()
                self._closing.check()
                self._owner = get_ident()
            finally:
                self._waiting.remove(me)
                self._changed.notify_all()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
