"""``whatsapp.reset()``, ``snapshot()`` and ``restore()``: the whole state of a test's sandbox."""

from __future__ import annotations

from datetime import datetime

from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.freezing import go_back
from emulator.testing.reports.verdict import remember


class State:
    """The whole state of a test's sandbox: back to its seed, kept, and put back. A part of ``whatsapp``."""

    sandbox: Sandbox
    began: datetime

    def reset(self) -> None:
        """Return to the seed and to the beginning of the test's time; the receiver stays.

        People, messages, faults, webhooks and the journal are gone, ids begin anew, and what expectations
        have found counts no more. What a strict test fails for stays. A process that ``whatsapp_freeze`` has
        frozen goes back, too. Raises ``CalledFromReceiver`` when a webhook receiver calls it.
        """
        remember(self.sandbox)
        self.sandbox.reset()
        go_back(self.began)

    def snapshot(self) -> bytes:
        """Write the whole state, with the simulated time and the files, for :meth:`restore` in any test."""
        return self.sandbox.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Replace the whole state by that of a snapshot; the sandbox keeps its seed and its receiver.

        Credentials and ids become those of the snapshot: ``whatsapp.token`` stays what it was if both come
        from the same seed. Raises :class:`~emulator.sandbox.errors.NotASnapshot` for anything else.
        """
        remember(self.sandbox)
        self.sandbox.restore(snapshot)
