"""Business portfolios and their verification."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from emulator.domain.limits.messaging_limit import Tier

VERIFIED, NOT_VERIFIED = "verified", "not_verified"
VERIFICATIONS = (VERIFIED, NOT_VERIFIED, "pending", "failed", "rejected", "pending_need_more_info")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A business portfolio: all its accounts share one messaging limit."""

    id: str
    name: str
    verification: str = NOT_VERIFIED
    """One of :data:`VERIFICATIONS`."""
    tier: Tier = Tier.T250

    def changed(self, **facts: Any) -> Portfolio:
        """Copy this portfolio with some of its fields replaced."""
        return replace(self, **facts)
