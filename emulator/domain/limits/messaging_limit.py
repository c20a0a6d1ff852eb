"""The messaging limit of a portfolio: how many people it may reach outside their windows, and how it grows.

Source: D/messaging-limits (2026), in force since October 2025. Before that each number had a tier of its own;
that is not emulated. How long a raise takes is documented as a maximum only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

WITHIN = timedelta(hours=24)
"""The moving time in which people are counted, each once."""
LOOK_BACK = timedelta(days=7)
"""The moving time in which use earns a higher tier."""
SCALING, SCALING_WITHIN = 2000, timedelta(days=30)
"""How many people reached in how long earn the first raise without verification."""
HIGH_THROUGHPUT = 100_000
"""How many people one number must reach in 24 hours to be given a higher throughput."""
NAMES_RENEWED = datetime(2026, 2, 1, tzinfo=UTC)
"""When webhooks lost the members of limits that belonged to one number."""
_LOW = ("YELLOW", "RED")


class Tier(StrEnum):
    """A messaging limit."""

    T250 = "TIER_250"
    T2K = "TIER_2K"
    T10K = "TIER_10K"
    T100K = "TIER_100K"
    UNLIMITED = "TIER_UNLIMITED"

    @property
    def people(self) -> int | None:
        """How many people may be reached; ``None`` for any number of them."""
        return _PEOPLE[self]

    @property
    def next(self) -> Tier:
        """The tier above; the highest stays."""
        every = list(Tier)
        return every[min(every.index(self) + 1, len(every) - 1)]

    @property
    def earns_at(self) -> int | None:
        """How many people reached in the look-back earn the tier above; ``None`` where use does not."""
        return None if self is Tier.T250 or self.people is None else self.people // 2

    def named(self, major: int) -> str:
        """What ``messaging_limit_tier`` calls it: until version 23 there was no 2K, but a 1K."""
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
    """How many people a portfolio has reached outside their windows, when it is about to reach one more."""

    most: int
    used: int
    is_counted: bool
    """Whether this person is among them already."""

    @property
    def is_exceeded(self) -> bool:
        """Whether one more is one too many."""
        return not self.is_counted and self.used >= self.most


def is_well_liked(ratings: Iterable[str]) -> bool:
    """Whether quality stands in the way of no raise: no number or template is rated medium or low."""
    return not any(rating in _LOW for rating in ratings)


def is_earned(tier: Tier, reached: int, ratings: Iterable[str]) -> bool:
    """Whether use earned the tier above: half of the limit, and people do not mind.

    ``reached`` are the people reached outside their windows in the look-back.
    """
    return tier.earns_at is not None and reached >= tier.earns_at and is_well_liked(ratings)


def deserves_throughput(tier: Tier, reached: int, rating: str) -> bool:
    """Whether a number is to be given a higher throughput (D/throughput).

    ``reached`` are the people it reached outside their windows in 24 hours.
    """
    return tier is Tier.UNLIMITED and reached >= HIGH_THROUGHPUT and rating != "RED"
