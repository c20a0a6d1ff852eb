"""The end of a sandbox: one signal, which everything that waits in the sandbox hears."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock

from emulator.sandbox.errors import SandboxClosed


class Closing:
    """Whether a sandbox is being closed, and whom to call when it is.

    Whoever waits (for time to move, for a receiver to answer, for something to become due) adds a call that
    ends the wait, and asks :meth:`check` afterwards. So a sandbox ends at once, whatever is under way in it.
    """

    def __init__(self, name: str) -> None:
        """Make the signal of the sandbox called ``name``."""
        self.name = name
        self._begun = Event()
        self._calls: list[Callable[[], None]] = []
        self._lock = Lock()

    @property
    def has_begun(self) -> bool:
        """Whether the sandbox is being closed, or has been."""
        return self._begun.is_set()

    def check(self) -> None:
        """Raise :class:`~emulator.sandbox.errors.SandboxClosed` when the sandbox is being closed."""
        if self._begun.is_set():
            raise SandboxClosed(f"the sandbox {self.name} has been closed")

    def wait(self, seconds: float) -> None:
        """Wait for some real ``seconds``, or until closing begins."""
        self._begun.wait(seconds)

    def on_begin(self, call: Callable[[], None]) -> None:
        """Have ``call`` called when closing begins, in the order in which calls were added.

        It runs on the closing thread, wakes those who wait, and must itself neither wait nor raise. Added
        when closing has begun, it is called at once.
        """
        with self._lock:
            if not self._begun.is_set():
                self._calls.append(call)
                return
        call()

    def begin(self) -> bool:
        """Begin to close: every wait ends. ``False`` when somebody has begun before."""
        with self._lock:
            if self._begun.is_set():
                return False
            self._begun.set()
        for call in self._calls:
            call()
        return True
