"""What an integrator owns: apps, tokens, WhatsApp Business Accounts and their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emulator.domain.authentication import Eligibility
from emulator.domain.limits import STANDARD
from emulator.domain.restrictions import Restriction
from emulator.domain.tiers import Tier

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
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
APPROVED = "APPROVED"
REVIEW_DECISIONS = (APPROVED, "REJECTED", "PENDING", "DEFERRED")
"""What the review of an account may come to; only an approved one is of use."""
VERIFIED, NOT_VERIFIED = "verified", "not_verified"
VERIFICATIONS = (VERIFIED, NOT_VERIFIED, "pending", "failed", "rejected", "pending_need_more_info")


@dataclass(frozen=True, slots=True)
class App:
    """A Meta app: its secret signs the webhooks it receives."""

    id: str
    name: str
    secret: str
    api_version: str = "v24.0"
    """What a call without a version segment gets (chosen in the app's dashboard)."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. An app token is ``APP_ID|SECRET`` and acts for the app itself."""

    text: str
    app_id: str
    kind: str = "system_user"
    scopes: tuple[str, ...] = (MANAGEMENT, MESSAGING)
    expires_at: datetime | None = None

    @property
    def is_app_token(self) -> bool:
        return self.kind == "app"

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A business portfolio: all its accounts share one messaging limit."""

    id: str
    name: str
    verification: str = NOT_VERIFIED
    """One of :data:`VERIFICATIONS`."""
    tier: Tier = Tier.T250

    def changed(self, **facts: Any) -> Portfolio:
        return replace(self, **facts)


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
        """Whether a restriction of this type holds at an instant."""
        return any(each.type == kind and each.holds(at) for each in self.restrictions)

    def changed(self, **facts: Any) -> Waba:
        return replace(self, **facts)


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
        """Whether it is a public test number, which only reaches its allow-list."""
        return self.kind == "test"

    @property
    def is_provided(self) -> bool:
        """Whether WhatsApp provided it: those numbers have the area code 555."""
        return self.digits.startswith("1555")

    @property
    def state(self) -> str:
        """Its status, as the platform tells it."""
        return self.status if self.registered else "DISCONNECTED"

    @property
    def name_status(self) -> str:
        """What became of its display name; one of :data:`NAME_STATUSES`."""
        return self.given_name_status or ("AVAILABLE_WITHOUT_REVIEW" if self.is_test else APPROVED)

    def is_in_maintenance(self, at: datetime) -> bool:
        return self.maintenance_until is not None and at < self.maintenance_until

    def changed(self, **facts: Any) -> BusinessNumber:
        return replace(self, **facts)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where an app wants its webhooks, and which fields of them."""

    app_id: str
    callback_url: str | None
    verify_token: str
    fields: tuple[tuple[str, str], ...]
    """Field names with the API version their payloads follow."""

    def version_of(self, field: str) -> str | None:
        """The version under which ``field`` is subscribed, ``None`` when it is not."""
        return dict(self.fields).get(field)


@dataclass(frozen=True, slots=True)
class SubscribedApp:
    """An app that a WABA lets listen, with the URL that replaces the app's own."""

    waba_id: str
    app_id: str
    override_url: str | None = None
    override_verify_token: str | None = None
