"""Slow down a caller who sends faster than webhooks go out, or so fast that a move of time never ends."""

from __future__ import annotations

from threading import Lock

from emulator.sandbox.core import Core
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.dispatcher import Dispatcher

MOST_WAITING = 64
"""Webhooks that may be due before a caller waits for one of them."""
WAITS = 0.02
"""Real seconds of that wait at most."""
SLOW = 0.1
"""Real seconds after which a receiver that has not answered is one that no waiting helps."""
LONG_MOVE = 1.0
"""Real seconds after which a move of time is one that callers may keep from ending."""
CALLS_A_SECOND = 20.0
"""How many calls a real second may be answered then, beside those that answer webhooks."""
CALLS_AN_INBOUND = 4.0
"""How many more for each message of a person that is delivered: read, typing, and two answers."""
CALLS_A_WEBHOOK = 0.1
"""How many more for each other webhook; a message has three, so that the webhooks come to an end."""
MOST_SAVED = 64.0
LONGEST_WAIT = 1.0
"""Real seconds that one call waits at most."""


class Backpressure:
    """Lets the callers of one sandbox wait a moment before they are answered, when it is behind.

    Whoever calls from inside a webhook must not wait long, for time waits for that webhook meanwhile. Such a
    caller cannot be told from another, so each delivered webhook allows some calls at once, and all others
    share a rate.
    """

    def __init__(self, core: Core, scheduler: Scheduler, dispatcher: Dispatcher) -> None:
        self._core, self._scheduler, self._dispatcher = core, scheduler, dispatcher
        self._lock = Lock()
        self._allowed = 0.0
        self._seen = (0.0, 0, 0)

    def wait(self) -> None:
        """Wait for as long as the sandbox is behind with its webhooks, or with a move of time.

        At most :data:`WAITS` real seconds, or :data:`LONGEST_WAIT` while time has been moving for longer than
        :data:`LONG_MOVE`. It waits only where a worker carries the webhooks, and outside every lock; and not
        while a receiver takes longer than :data:`SLOW` to answer, since it may never do so.
        """
        dispatcher = self._dispatcher
        if not dispatcher.has_worker or dispatcher.seconds_under_way > SLOW:
            return
        if self._scheduler.seconds_under_way > LONG_MOVE:
            if (seconds := self._reserve()) > 0:
                self._core.closing.wait(seconds)
        elif dispatcher.is_behind(MOST_WAITING):
            dispatcher.wait_for_one(WAITS)

    def _reserve(self) -> float:
        """Take one of the calls that are allowed; returns after how many real seconds it is."""
        with self._lock:
            now, carried, inbound = real_seconds(), self._dispatcher.carried, self._dispatcher.inbound_carried
            then, carried_then, inbound_then = self._seen
            self._seen = (now, carried, inbound)
            messages = inbound - inbound_then
            others = carried - carried_then - messages
            more = (now - then) * CALLS_A_SECOND + messages * CALLS_AN_INBOUND + others * CALLS_A_WEBHOOK
            self._allowed = min(MOST_SAVED, self._allowed + more) - 1
            wait = min(LONGEST_WAIT, -self._allowed / CALLS_A_SECOND)
            self._allowed = max(self._allowed, -LONGEST_WAIT * CALLS_A_SECOND)
            return wait
