"""Business phone numbers: status, display name, quality rating, throughput."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from typing import Any

from emulator.domain.facts import types
from emulator.domain.facts.facts import fact
from emulator.domain.limits.throughput import PER_SECOND, STANDARD
from emulator.domain.phones import displayed
from emulator.domain.values import dataclass

ALLOW_LIST_SIZE = 5
"""How many people a test number's allow-list may have (D/about-the-platform)."""
CONNECTED = "CONNECTED"
UNUSABLE = ("PENDING", "DISCONNECTED", "UNVERIFIED", "MIGRATED", "DELETED", "UNKNOWN")
"""Statuses in which a number is not registered, so that it cannot send (133010)."""
FLAGGED = "FLAGGED"
LIMITED = (FLAGGED, "RESTRICTED", "RATE_LIMITED")
"""Statuses of a number whose quality is low, or that has sent too much; its messages fail with 131048."""
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
"""What a review of a display name may decide, and the name status that follows."""
NAME_ANNOUNCED = {"APPROVED": "APPROVED", "DECLINED": "REJECTED", "PENDING_REVIEW": "PENDING"}
"""The name statuses that come of a decision, and that decision."""
NAME_REJECTIONS = (
    "NAME_EMPLOYEE_ISSUE",
    "NAME_ENDCLIENT_NOTRELATED",
    "NAME_FORMAT_UNACCEPTABLE",
    "NAME_INDIVIDUAL_ISSUE",
    "NAME_NOT_CONSISTENT",
    "UNKNOWN",
)
RATINGS = ("GREEN", "YELLOW", "RED", "UNKNOWN", "NA")
PRODUCTION, TEST = "production", "test"


def _six_digits(pin: str) -> None:
    if not (len(pin) == 6 and pin.isascii() and pin.isdigit()):
        raise ValueError(f"a PIN has six digits, got {pin!r}")


@dataclass(frozen=True, slots=True)
class BusinessNumber:
    """A business phone number of a WABA, with its registration, status, display name and throughput."""

    id: str = field(metadata=fact(types.digits(), seed=True, json="phone_number_id"))
    waba_id: str = field(metadata=fact(types.digits(), seed="waba", json=True))
    digits: str = field(
        metadata=fact(types.digits(show=displayed), seed="number", json="display_phone_number")
    )
    verified_name: str = field(metadata=fact(types.text(), seed=True, json=True))
    kind: str = field(
        default=PRODUCTION, metadata=fact(types.one_of((PRODUCTION, TEST)), seed=True, json=True)
    )
    registered: bool = field(default=True, metadata=fact(types.flag(), seed=True, json=True))
    status: str = field(
        default=CONNECTED,
        metadata=fact(types.one_of(NUMBER_STATUSES), seed=True, json=True, shown_as="state", changeable=True),
    )
    """One of :data:`NUMBER_STATUSES`; of a number that is registered."""
    given_name_status: str | None = field(
        default=None,
        metadata=fact(
            types.one_of(NAME_STATUSES, optional=True),
            seed="name_status",
            json="name_status",
            column="name_status",
            shown_as="name_status",
            changeable=True,
        ),
    )
    """The status of its display name; ``None``: what is usual for its kind."""
    quality_rating: str = field(
        default="GREEN", metadata=fact(types.one_of(RATINGS), json=True, changeable=True)
    )
    throughput: str = field(
        default=STANDARD, metadata=fact(types.one_of(PER_SECOND), seed=True, json=True, changeable=True)
    )
    """``STANDARD`` or ``HIGH``."""
    on_business_app: bool = field(
        default=False, metadata=fact(types.flag(), seed=True, json=True, changeable=True)
    )
    """Whether it is also on the WhatsApp Business app, which lowers its throughput to 20 messages a
    second."""
    pin: str | None = field(
        default=None, metadata=fact(types.text(optional=True, check=_six_digits), seed=True)
    )
    """The six digits of its two-step verification, once they are set."""
    override_url: str | None = field(default=None, metadata=fact(types.text(optional=True)))
    override_verify_token: str | None = field(default=None, metadata=fact(types.text(optional=True)))
    maintenance_until: datetime | None = field(default=None, metadata=fact(types.instant(optional=True)))
    """The first instant at which it can be used again, while its throughput is being raised."""
    new_name: str | None = field(default=None, metadata=fact(types.text(optional=True)))
    """A display name that was requested and is under review."""
    new_name_status: str = field(default="NONE", metadata=fact(types.one_of(NAME_STATUSES)))

    @property
    def is_test(self) -> bool:
        """Whether it is a public test number, which can write to its allow-list only."""
        return self.kind == TEST

    @property
    def is_provided(self) -> bool:
        """Whether WhatsApp provided it: such numbers have the area code 555 (``+1 555 …``)."""
        return self.digits.startswith("1555")

    @property
    def state(self) -> str:
        """Its status as the platform shows it: ``DISCONNECTED`` while it is not registered."""
        return self.status if self.registered else "DISCONNECTED"

    @property
    def hears(self) -> bool:
        """Whether anything that people write to it arrives: not while it is unusable or banned."""
        return self.state not in (*UNUSABLE, BANNED)

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
