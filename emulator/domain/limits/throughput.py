"""Rate limits of sending: the throughput of a number, and the pair rate to one person.

Sources: D/throughput, D/about-the-platform#pair-rate-limits (2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from emulator.domain.values import dataclass

SECOND = timedelta(seconds=1)
STANDARD, HIGH = "STANDARD", "HIGH"
"""The levels of throughput a number may have."""
PER_SECOND: Mapping[str, int] = {STANDARD: 80, HIGH: 1000}
"""Messages a second of a number by its level, inbound and outbound together."""
ON_BUSINESS_APP = 20
"""Messages a second of a number that is also on the WhatsApp Business app."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A rate limit: a ``burst`` at once, and then one message ``every`` so often (a leaky bucket).

    Its state is one instant, the *theoretical arrival* time (TAT) of the generic cell rate algorithm: how far
    ahead of (``tat``): when all messages so far would be through, were they spread out evenly.
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
        """Use the rate once at ``now``: whether that is allowed, and the theoretical arrival afterwards.

        ``tat`` is the one before, ``None`` when nothing was sent yet.
        """
        begins = now if tat is None else max(tat, now)
        after = begins + self.every
        if after - now > self.tolerance:
            return False, begins
        return True, after

    def taken(self, tat: datetime | None, now: datetime) -> datetime:
        """Find the theoretical arrival after a message that cannot be refused, such as an inbound one."""
        return min((now if tat is None else max(tat, now)) + self.every, now + self.tolerance)

    def used(self, tat: datetime | None, now: datetime) -> int:
        """Count how many of the burst are used up and not available again at ``now``."""
        ahead = timedelta(0) if tat is None else tat - now
        return max(0, min(self.burst, -(-ahead // self.every)))

    def left(self, tat: datetime | None, now: datetime) -> int:
        """Count how many may be sent at once at ``now``."""
        return self.burst - self.used(tat, now)

    def frees_up_at(self, tat: datetime | None, now: datetime) -> datetime | None:
        """Find when the next one may be sent; ``None`` when one may be sent ``now``."""
        if tat is None or self.left(tat, now):
            return None
        return tat + self.every - self.tolerance


@dataclass(frozen=True, slots=True)
class Reservation:
    """One use of a rate limit that is about to be made, at an instant."""

    rate: RateLimit
    tat: datetime | None
    """The theoretical arrival before."""
    at: datetime

    @property
    def is_free(self) -> bool:
        """Whether it is allowed."""
        return self.rate.at(self.tat, self.at)[0]

    @property
    def after(self) -> datetime:
        """The theoretical arrival once it is made."""
        return self.rate.at(self.tat, self.at)[1]

    @property
    def frees_up_at(self) -> datetime | None:
        """When the next one is allowed; ``None`` when this one is."""
        return self.rate.frees_up_at(self.tat, self.at)


PAIR = RateLimit(timedelta(seconds=6), 45)
"""Messages of one number to one person: 45 at once, and then one every six seconds."""


def per_second(messages: int) -> RateLimit:
    """Build the rate limit of a number that may handle so many messages a second."""
    return RateLimit(SECOND / messages, messages)


def throughput(level: str, *, on_business_app: bool) -> int:
    """Find the messages a second of a number by its level; 20 when it is on the Business app, too."""
    return ON_BUSINESS_APP if on_business_app else PER_SECOND[level]
