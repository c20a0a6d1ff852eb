"""What happens to numbers, accounts and portfolios, as webhooks tell it.

Shapes: D/webhooks/reference/{account_update, account_review_update, account_alerts,
business_capability_update, phone_number_name_update, phone_number_quality_update, security} (2026).
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.restrictions import DISABLED, TYPES
from emulator.domain.events.accounts import (
    AccountRestricted,
    AccountRestrictionsLifted,
    AccountReviewed,
    MessagingLimitNotRaised,
    MessagingLimitRaised,
)
from emulator.domain.events.numbers import DisplayNameReviewed, PinChanged, ThroughputRaised
from emulator.domain.limits.messaging_limit import NAMES_RENEWED, Tier
from emulator.wire.webhooks.timestamps import seconds

_NUMBERS_AT_FIRST, _NUMBERS_LATER = 2, 25
"""How many phone numbers go with the lowest tier, and with those above."""

Payload = dict[str, object]


def violates(event: AccountRestricted) -> bool:
    """Whether an account was restricted for a violation."""
    return event.violation is not None


def violated(event: AccountRestricted) -> Payload:
    """``ACCOUNT_VIOLATION``: the policy that was broken."""
    return {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": event.violation}}


def restricts(event: AccountRestricted) -> bool:
    """Whether webhooks have a name for one of the restrictions; a lock and a list of countries have none."""
    return any(each.type in TYPES for each in event.restrictions)


def restricted(event: AccountRestricted) -> Payload:
    """``ACCOUNT_RESTRICTION``: what an account may not do, and until when."""
    listed: list[Payload] = []
    for each in event.restrictions:
        if each.type not in TYPES:
            continue
        shown: Payload = {"restriction_type": each.type}
        if each.expires_at is not None:
            shown["expiration"] = seconds(each.expires_at)
        if each.remediation is not None:
            shown["remediation"] = each.remediation
        listed.append(shown)
    return {"event": "ACCOUNT_RESTRICTION", "restriction_info": listed}


def disables(event: AccountRestricted) -> bool:
    """Whether an account was banned."""
    return any(each.type == DISABLED for each in event.restrictions)


def disabled(event: AccountRestricted) -> Payload:
    """``DISABLED_UPDATE``: an account was banned."""
    return _ban("DISABLE", event.at)


def reinstates(event: AccountRestrictionsLifted) -> bool:
    """Whether a ban was among what was lifted."""
    return DISABLED in event.types


def reinstated(event: AccountRestrictionsLifted) -> Payload:
    """``DISABLED_UPDATE``: an account is banned no more."""
    return _ban("REINSTATE", event.at)


def _ban(state: str, at: datetime) -> Payload:
    """The date is written in English."""
    date = f"{at:%B} {at.day}, {at.year}"
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state, "waba_ban_date": date}}


def reviewed(event: AccountReviewed) -> Payload:
    """What the review of an account came to."""
    return {"decision": event.decision}


def no_increase(event: MessagingLimitNotRaised) -> Payload:
    """An alert that limits cannot grow: ``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``."""
    portfolio = event.portfolio
    return {
        "entity_type": "BUSINESS",
        "entity_id": portfolio.id,
        "alert_info": {
            "alert_severity": "WARNING",
            "alert_status": "ACTIVE",
            "alert_type": f"INCREASED_CAPABILITIES_ELIGIBILITY_{event.outcome}",
            "alert_description": f"Limits cannot be increased for your business {portfolio.name}. Use "
            "WhatsApp Business platform actively for several days and follow our messaging policies.",
        },
    }


def capability(event: MessagingLimitRaised) -> Payload:
    """How many people a portfolio may reach and how many numbers it may have; −1 for any number of them."""
    tier = event.portfolio.tier
    people = -1 if tier.people is None else tier.people
    limits: Payload = {"max_daily_conversations_per_business": people}
    if event.at < NAMES_RENEWED:
        limits = {"max_daily_conversation_per_phone": people} | limits
    if tier is Tier.T250:
        return limits | {"max_phone_numbers_per_business": _NUMBERS_AT_FIRST}
    return limits | {"max_phone_numbers_per_waba": _NUMBERS_LATER}


def throughput_raised(event: ThroughputRaised) -> Payload:
    """A number got a higher throughput; the member that tells the tier has another name since 2026."""
    name = "current_limit" if event.at < NAMES_RENEWED else "max_daily_conversations_per_business"
    return {
        "display_phone_number": event.number.digits,
        "event": "THROUGHPUT_UPGRADE",
        name: str(event.tier),
    }


def name_reviewed(event: DisplayNameReviewed) -> Payload:
    """What the review of a display name came to."""
    return {
        "display_phone_number": event.number.digits,
        "decision": event.decision,
        "requested_verified_name": event.name,
        "rejection_reason": event.reason,
    }


def pin_changed(event: PinChanged) -> Payload:
    """The two-step verification of a number has another PIN."""
    return {"display_phone_number": event.number.digits, "event": "PIN_CHANGED"}
