"""A receiver behind HTTP that takes a webhook and does not answer it until it is let."""

from __future__ import annotations

from threading import Event

from emulator import Webhook
from kit.receivers import ServedInbox

PATIENCE = 20.0
"""Real seconds after which a test gives up."""


class HangingInbox(ServedInbox):
    """Keeps what it gets; answers only once it is released."""

    def __init__(self) -> None:
        super().__init__()
        self._came, self._released = Event(), Event()

    def take(self, webhook: Webhook) -> int:
        self._came.set()
        self._released.wait(PATIENCE)
        return super().take(webhook)

    def wait(self) -> None:
        """Wait until a webhook has come, which is not answered then."""
        assert self._came.wait(PATIENCE), "no webhook came"

    def release(self) -> None:
        """Answer what has come, and at once all that comes later."""
        self._released.set()
