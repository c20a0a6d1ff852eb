"""The messaging limit of a portfolio: how many people it may reach outside their windows, and how it grows.

Source: D/messaging-limits (2026), in force since October 2025. Before that each number had a tier of its own;
that is not emulated. How long a raise takes is documented as a maximum only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from emulator.domain.values import dataclass

WITHIN = timedelta(hours=24)
"""The sliding time in which people are counted, each once."""
LOOK_BACK = timedelta(days=7)
"""The sliding time in which use earns a higher tier."""
SCALING, SCALING_WITHIN = 2000, timedelta(days=30)
"""How many people reached within how long earn the first raise without verification."""
HIGH_THROUGHPUT = 100_000
"""How many people one number must reach in 24 hours to be given a higher throughput."""
NAMES_RENEWED = datetime(2026, 2, 1, tzinfo=UTC)
"""When the members of limits per number were removed from webhooks."""
_LOW = ("YELLOW", "RED")


class Tier(StrEnum):
    """A tier of the messaging limit, by the platform's name."""

    T250 = "TIER_250"
    T2K = "TIER_2K"
    T10K = "TIER_10K"
    T100K = "TIER_100K"
    UNLIMITED = "TIER_UNLIMITED"

    @property
    def people(self) -> int | None:
        """How many people may be reached in 24 hours; ``None``: any number."""
        return _PEOPLE[self]

    @property
    def next(self) -> Tier:
        """The next higher tier; the highest has itself."""
        every = list(Tier)
        return every[min(every.index(self) + 1, len(every) - 1)]

    @property
    def earns_at(self) -> int | None:
        """How many people reached within seven days earn the next tier; ``None``: use does not earn it."""
        return None if self is Tier.T250 or self.people is None else self.people // 2

    def named(self, major: int) -> str:
        """Write it as ``messaging_limit_tier`` does: until version 23 ``TIER_1K`` in place of ``TIER_2K``."""
        return "TIER_1K" if self is Tier.T2K and major < 24 else str(self)


_PEOPLE: Mapping[Tier, int | None] = {
    Tier.T250: 250,
    Tier.T2K: 2_000,
    Tier.T10K: 10_000,
    Tier.T100K: 100_000,
    Tier.UNLIMITED: None,
}


@dataclass(frozen=True, slots=True)
class MessagingLimitUse:
    """How many people a portfolio has reached outside their windows, before it reaches one more."""

    most: int
    used: int
    is_counted: bool
    """Whether this person is among them, so that another message does not count."""

    @property
    def is_exceeded(self) -> bool:
        """Whether this message would reach one person too many."""
        return not self.is_counted and self.used >= self.most


def quality_allows_raise(ratings: Iterable[str]) -> bool:
    """Say whether quality allows a raise: no number or template is rated YELLOW or RED."""
    return not any(rating in _LOW for rating in ratings)


def is_earned(tier: Tier, reached: int, ratings: Iterable[str]) -> bool:
    """Say whether use has earned the next tier: half of the limit is reached, and quality allows it.

    ``reached`` are the people reached outside their windows within seven days; exactly half is enough.
    """
    return tier.earns_at is not None and reached >= tier.earns_at and quality_allows_raise(ratings)


def earns_throughput(tier: Tier, reached: int, rating: str) -> bool:
    """Say whether a number is to be given the higher throughput (D/throughput).

    It needs the unlimited tier, a ``rating`` other than RED, and 100,000 people ``reached`` outside their
    windows within 24 hours.
    """
    return tier is Tier.UNLIMITED and reached >= HIGH_THROUGHPUT and rating != "RED"
