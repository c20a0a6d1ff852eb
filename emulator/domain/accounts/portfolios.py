"""Business portfolios and their verification."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from emulator.domain.facts.facts import fact
from emulator.domain.facts.types import digits, one_of, text
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.values import dataclass

VERIFIED, NOT_VERIFIED = "verified", "not_verified"
VERIFICATIONS = (VERIFIED, NOT_VERIFIED, "pending", "failed", "rejected", "pending_need_more_info")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A business portfolio: owns WABAs, which share its messaging limit (``tier``)."""

    id: str = field(metadata=fact(digits(), seed=True, json=True))
    name: str = field(metadata=fact(text(), seed=True, json=True, changeable=True))
    verification: str = field(
        default=NOT_VERIFIED,
        metadata=fact(one_of(VERIFICATIONS), seed="verified", json=True, changeable=True),
    )
    """One of :data:`VERIFICATIONS`; in a seed true or false, for the first two."""
    tier: Tier = field(default=Tier.T250, metadata=fact(one_of(Tier), seed=True, json=True, changeable=True))

    def changed(self, **facts: Any) -> Portfolio:
        """Copy this portfolio with some of its fields replaced."""
        return replace(self, **facts)
