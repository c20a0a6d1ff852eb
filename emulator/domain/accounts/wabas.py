"""WhatsApp Business Accounts, with their review, payment, prices and restrictions."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from typing import Any

from emulator.domain.accounts.restrictions import Restriction, restrictions_as_json, restrictions_from_json
from emulator.domain.facts.facts import fact
from emulator.domain.facts.types import digits, flag, json_value, one_of, text
from emulator.domain.pricing import authentication_international
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.values import dataclass

APPROVED = "APPROVED"
REVIEW_DECISIONS = (APPROVED, "REJECTED", "PENDING", "DEFERRED")
"""What the review of an account may decide; only an approved one can send."""

ACCOUNT, WABAS = "account", "wabas"
"""The doors of the control API that show a WABA: what it may do, and what it pays by."""


_EVERYWHERE = ("UTC", "America/Los_Angeles")
"""Time zones that there are wherever there are any: those that nobody chose need no library to be found."""


def _time_zone(name: str) -> None:
    if name in _EVERYWHERE:
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}") from None


@dataclass(frozen=True, slots=True)
class Waba:
    """A WhatsApp Business Account (WABA): owns numbers and templates, and pays for messages."""

    id: str = field(metadata=fact(digits(), seed=True, json="waba_id"))
    name: str = field(metadata=fact(text(), seed=True, json=True, door=WABAS))
    namespace: str = field(metadata=fact(text(), seed=True))
    currency: str = field(default="USD", metadata=fact(text(), seed=True, json=True, door=WABAS))
    country: str | None = field(default=None, metadata=fact(text(optional=True), seed=True))
    timezone: str = field(
        default="UTC", metadata=fact(text(check=_time_zone), seed=True, json=True, door=WABAS)
    )
    """Its IANA time zone: the days and months in which prices change and free messages are counted."""
    timezone_id: str = field(default="1", metadata=fact(digits(), seed=True))
    review: str = field(
        default=APPROVED,
        metadata=fact(
            one_of(REVIEW_DECISIONS), seed="account_review", json=True, door=ACCOUNT, changeable=True
        ),
    )
    """One of :data:`REVIEW_DECISIONS`."""
    has_payment_method: bool = field(
        default=True,
        metadata=fact(flag(), seed="payment_method", json="payment_method", door=ACCOUNT, changeable=True),
    )
    primary_business_location: str | None = field(
        default=None,
        metadata=fact(text(optional=True), seed=True, json=True, door=WABAS, changeable=True),
    )
    """The country the platform has verified the business to be in."""
    authentication_abroad: Eligibility | None = field(
        default=None,
        metadata=fact(
            json_value(
                authentication_international.from_json,
                authentication_international.as_json,
                optional=True,
                about="start_time in seconds since 1970, and exception_countries.",
            ),
            seed="auth_international_rate_eligibility",
            json="auth_international_rate_eligibility",
            door=WABAS,
            changeable=True,
        ),
    )
    """From when it pays the authentication-international rate; ``None``: it does not."""
    portfolio_id: str | None = field(default=None, metadata=fact(digits(optional=True), seed="portfolio"))
    restrictions: tuple[Restriction, ...] = field(
        default=(),
        metadata=fact(
            json_value(restrictions_from_json, restrictions_as_json, array=True),
            json=True,
            door=ACCOUNT,
        ),
    )

    def is_restricted(self, kind: str, at: datetime) -> bool:
        """Say whether a restriction of the type ``kind`` holds at the instant ``at``."""
        return any(each.type == kind and each.holds(at) for each in self.restrictions)

    def changed(self, **facts: Any) -> Waba:
        """Copy this account with some of its fields replaced."""
        return replace(self, **facts)
