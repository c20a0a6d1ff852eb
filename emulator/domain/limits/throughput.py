"""Rate limits of sending: the throughput of a number, and the pair rate to one person.

Sources: D/throughput, D/about-the-platform#pair-rate-limits (2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
STANDARD, HIGH = "STANDARD", "HIGH"
"""The levels of throughput a number may have."""
PER_SECOND: Mapping[str, int] = {STANDARD: 80, HIGH: 1000}
"""Messages a second and number, both directions, of every kind."""
ON_BUSINESS_APP = 20
"""Messages a second of a number that is also on the WhatsApp Business app."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many at once, and then one every so often: the generic cell rate algorithm (GCRA).

    All that is kept of it is one instant, the *theoretical arrival time* (``tat``): when everything that was
    taken would be through, were it spread out evenly.
    """

    every: timedelta
    """How long it takes until one more may come."""
    burst: int
    """How many may come at once."""

    @property
    def tolerance(self) -> timedelta:
        """How far ahead of the present the theoretical arrival may be: a whole burst."""
        return self.every * self.burst

    def at(self, tat: datetime | None, now: datetime) -> tuple[bool, datetime]:
        """Take one now: whether there is one, and the theoretical arrival afterwards."""
        begins = now if tat is None else max(tat, now)
        after = begins + self.every
        if after - now > self.tolerance:
            return False, begins
        return True, after

    def taken(self, tat: datetime | None, now: datetime) -> datetime:
        """The theoretical arrival when one comes that nobody can refuse."""
        return min((now if tat is None else max(tat, now)) + self.every, now + self.tolerance)

    def used(self, tat: datetime | None, now: datetime) -> int:
        """How many of the burst have not come back yet."""
        ahead = timedelta(0) if tat is None else tat - now
        return max(0, min(self.burst, -(-ahead // self.every)))

    def left(self, tat: datetime | None, now: datetime) -> int:
        """How many there are to be had at once."""
        return self.burst - self.used(tat, now)

    def frees_up_at(self, tat: datetime | None, now: datetime) -> datetime | None:
        """When there is one to be had again; ``None`` when there is one now."""
        if tat is None or self.left(tat, now):
            return None
        return tat + self.every - self.tolerance


@dataclass(frozen=True, slots=True)
class Reservation:
    """One message that is about to use a rate, at an instant."""

    rate: RateLimit
    tat: datetime | None
    """The theoretical arrival before."""
    at: datetime

    @property
    def is_free(self) -> bool:
        return self.rate.at(self.tat, self.at)[0]

    @property
    def after(self) -> datetime:
        """The theoretical arrival once it is taken."""
        return self.rate.at(self.tat, self.at)[1]

    @property
    def frees_up_at(self) -> datetime | None:
        return self.rate.frees_up_at(self.tat, self.at)


PAIR = RateLimit(timedelta(seconds=6), 45)
"""Messages of one number to the same person: a burst borrows from what comes later."""


def per_second(messages: int) -> RateLimit:
    """The rate of a number that may handle so many messages a second."""
    return RateLimit(SECOND / messages, messages)


def throughput(level: str, *, on_business_app: bool) -> int:
    """Messages a second of a number by its level."""
    return ON_BUSINESS_APP if on_business_app else PER_SECOND[level]
