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
            self._depth -= 1
            if not self._depth:
                with self._changed:
                    self._owner = None
                    self._changed.notify_all()

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
