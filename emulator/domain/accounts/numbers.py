"""Business phone numbers: status, display name, quality rating, throughput."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emulator.domain.limits.throughput import STANDARD

ALLOW_LIST_SIZE = 5
"""How many people a test number may write to (D/about-the-platform)."""
CONNECTED = "CONNECTED"
UNUSABLE = ("PENDING", "DISCONNECTED", "UNVERIFIED", "MIGRATED", "DELETED", "UNKNOWN")
"""Statuses of a number that is not, or not any more, registered."""
LIMITED = ("FLAGGED", "RESTRICTED", "RATE_LIMITED")
"""Statuses of a number that people mind, or that has sent too much."""
BANNED = "BANNED"
NUMBER_STATUSES = (CONNECTED, *UNUSABLE, *LIMITED, BANNED)
NAME_STATUSES = ("APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "EXPIRED", "PENDING_REVIEW", "NONE")
NAME_IS_FINE = ("APPROVED", "AVAILABLE_WITHOUT_REVIEW")
NAME_DECISIONS = {
    "APPROVED": "APPROVED",
    "REJECTED": "DECLINED",
    "DEFERRED": "PENDING_REVIEW",
    "PENDING": "PENDING_REVIEW",
}
"""What a review of a display name may come to, and the status it leaves the name in."""
NAME_REJECTIONS = (
    "NAME_EMPLOYEE_ISSUE",
    "NAME_ENDCLIENT_NOTRELATED",
    "NAME_FORMAT_UNACCEPTABLE",
    "NAME_INDIVIDUAL_ISSUE",
    "NAME_NOT_CONSISTENT",
    "UNKNOWN",
)
RATINGS = ("GREEN", "YELLOW", "RED", "UNKNOWN", "NA")


@dataclass(frozen=True, slots=True)
class BusinessNumber:
    """A phone number that belongs to a WABA."""

    id: str
    waba_id: str
    digits: str
    verified_name: str
    kind: str = "production"
    registered: bool = True
    quality_rating: str = "GREEN"
    override_url: str | None = None
    override_verify_token: str | None = None
    status: str = CONNECTED
    """One of :data:`NUMBER_STATUSES`; of a number that is registered."""
    throughput: str = STANDARD
    """``STANDARD`` or ``HIGH``."""
    on_business_app: bool = False
    """Whether it is on the WhatsApp Business app, too."""
    maintenance_until: datetime | None = None
    """Until when it cannot be used, while its throughput is being raised."""
    pin: str | None = None
    """The six digits of its two-step verification, once they are set."""
    given_name_status: str | None = None
    """What became of its display name; ``None``: as usual for its kind."""
    new_name: str | None = None
    """A display name that is asked for."""
    new_name_status: str = "NONE"

    @property
    def is_test(self) -> bool:
        """Whether it is a public test number, which can write to its allow-list only."""
        return self.kind == "test"

    @property
    def is_provided(self) -> bool:
        """Whether WhatsApp provided it: such numbers have the area code 555 (``+1 555 …``)."""
        return self.digits.startswith("1555")

    @property
    def state(self) -> str:
        """Its status as the platform shows it: ``DISCONNECTED`` while it is not registered."""
        return self.status if self.registered else "DISCONNECTED"

    @property
    def name_status(self) -> str:
        """The status of its display name: the one given, else what is usual for its kind."""
        return self.given_name_status or ("AVAILABLE_WITHOUT_REVIEW" if self.is_test else "APPROVED")

    def is_in_maintenance(self, at: datetime) -> bool:
        """Say whether its throughput is being raised at the instant ``at``, so that it cannot send (131057).

        At exactly the end of the maintenance it can again.
        """
        return self.maintenance_until is not None and at < self.maintenance_until

    def changed(self, **facts: Any) -> BusinessNumber:
        """Copy this number with some of its fields replaced."""
        return replace(self, **facts)
