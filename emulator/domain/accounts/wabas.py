"""WhatsApp Business Accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emulator.domain.accounts.restrictions import Restriction
from emulator.domain.pricing.authentication_international import Eligibility

APPROVED = "APPROVED"
REVIEW_DECISIONS = (APPROVED, "REJECTED", "PENDING", "DEFERRED")
"""What the review of an account may come to; only an approved one is of use."""


@dataclass(frozen=True, slots=True)
class Waba:
    """A WhatsApp Business Account."""

    id: str
    name: str
    namespace: str
    currency: str = "USD"
    country: str | None = None
    timezone_id: str = "1"
    timezone: str = "UTC"
    """Where its days and months begin: prices change and free messages are counted there."""
    portfolio_id: str | None = None
    review: str = APPROVED
    """One of :data:`REVIEW_DECISIONS`."""
    has_payment_method: bool = True
    restrictions: tuple[Restriction, ...] = ()
    primary_business_location: str | None = None
    """The country the platform has verified the business to be in."""
    authentication_abroad: Eligibility | None = None
    """Since when it pays the authentication-international rate, ``None`` for most."""

    def is_restricted(self, kind: str, at: datetime) -> bool:
        """Say whether a restriction of the type ``kind`` holds at the instant ``at``."""
        return any(each.type == kind and each.holds(at) for each in self.restrictions)

    def changed(self, **facts: Any) -> Waba:
        """Copy this account with some of its fields replaced."""
        return replace(self, **facts)
