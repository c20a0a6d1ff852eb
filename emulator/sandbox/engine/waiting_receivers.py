"""Tell when somebody who waits to move time is the receiver whose answer time waits for."""

from __future__ import annotations

from collections.abc import Callable

from emulator.sandbox.engine.advance import CalledFromReceiver
from emulator.sandbox.webhooks.dispatcher import LOOK, SHORTEST_PATIENCE, Dispatcher


class WaitingReceivers:
    """Refuses calls that would wait for themselves: those that come from inside a webhook."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def refuse_here(self) -> None:
        """Raise :class:`CalledFromReceiver` when the calling thread is delivering a webhook right now."""
        if self._dispatcher.is_here:
            raise CalledFromReceiver(
                "a webhook receiver must answer before time can go on: settle(), advance() and reset() wait "
                "for it. Call them from the test, after the receiver has returned."
            )

    def look(self, shortest: float = SHORTEST_PATIENCE) -> Callable[[], None]:
        """Make the check of one who waits to move time: are they the one that time waits for?

        Only a caller that came while a webhook was being delivered may be its receiver, and only one that is
        not answered for longer than receivers of this sandbox ever took, and for ``shortest`` real seconds.
        The check is called every :data:`LOOK` real seconds, and raises :class:`CalledFromReceiver`.
        """
        at_call, waited = self._dispatcher.under_way, 0.0

        def check() -> None:
            nonlocal waited
            if at_call is None or at_call != self._dispatcher.under_way:
                waited = 0.0
                return
            waited += LOOK
            if waited >= self._dispatcher.patience(shortest):
                raise CalledFromReceiver(
                    "time is moving already, and waits for a webhook to be answered: if this call comes from "
                    "the receiver of that webhook, answer it first; otherwise try again."
                )

        return check
