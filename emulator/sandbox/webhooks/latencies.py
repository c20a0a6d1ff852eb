"""How long receivers took for attempts to deliver a webhook, in real time.

That is no part of a sandbox's state: what a sandbox keeps, and with it every snapshot, is a function of its
seed and of what was done in it, and no run takes as long as another.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta

MOST = 10_000
"""Of how many attempts it is known, the latest."""


class Latencies:
    """The real time between sending a webhook and its answer, of each of the latest attempts."""

    def __init__(self) -> None:
        self._seconds: OrderedDict[tuple[int, int], float] = OrderedDict()  # whose first is found at once

    def note(self, delivery_id: int, attempt: int, seconds: float) -> None:
        """Note how many real ``seconds`` the attempt of that number took, counted from 1 in its delivery."""
        known = self._seconds
        if len(known) >= MOST:
            known.popitem(last=False)
        known[delivery_id, attempt] = seconds

    def of(self, delivery_id: int, attempt: int) -> timedelta | None:
        """How long an attempt took; ``None`` for one that was not made, or long ago, or by others."""
        seconds = self._seconds.get((delivery_id, attempt))
        return None if seconds is None else timedelta(seconds=seconds)

    def forget(self) -> None:
        """Drop what is known: the sandbox has become another."""
        self._seconds.clear()
