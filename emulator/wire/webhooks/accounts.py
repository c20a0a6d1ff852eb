"""Payloads about numbers, accounts and portfolios.

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
from emulator.domain.events.numbers import (
    DisplayNameReviewed,
    NumberFlagged,
    PinChanged,
    ThroughputRaised,
)
from emulator.domain.limits.messaging_limit import NAMES_RENEWED, Tier
from emulator.wire.webhooks.timestamps import seconds

_NUMBERS_AT_FIRST, _NUMBERS_LATER = 2, 25
"""How many phone numbers go with the lowest tier, and with those above."""

Payload = dict[str, object]


def violates(event: AccountRestricted) -> bool:
    """Say whether an account was restricted for a violation of a policy, which has a webhook of its own."""
    return event.violation is not None


def violated(event: AccountRestricted) -> Payload:
    """Build ``ACCOUNT_VIOLATION`` of ``account_update``: the policy that was violated."""
    return {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": event.violation}}


def restricts(event: AccountRestricted) -> bool:
    """Say whether webhooks have a name for one of the restrictions; a lock and countries have none."""
    return any(each.type in TYPES for each in event.restrictions)


def restricted(event: AccountRestricted) -> Payload:
    """Build ``ACCOUNT_RESTRICTION`` of ``account_update``: the restrictions with their end in seconds.

    Restrictions without a name in webhooks are left out.
    """
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
    """Say whether the restrictions ban the account."""
    return any(each.type == DISABLED for each in event.restrictions)


def disabled(event: AccountRestricted) -> Payload:
    """Build ``DISABLED_UPDATE`` of ``account_update`` for an account that was banned."""
    return _ban("DISABLE", event.at)


def reinstates(event: AccountRestrictionsLifted) -> bool:
    """Say whether a ban was among the restrictions that were lifted."""
    return DISABLED in event.types


def reinstated(event: AccountRestrictionsLifted) -> Payload:
    """Build ``DISABLED_UPDATE`` of ``account_update`` for an account whose ban was lifted."""
    return _ban("REINSTATE", event.at)


def _ban(state: str, at: datetime) -> Payload:
    """The date is written in English."""
    date = f"{at:%B} {at.day}, {at.year}"
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state, "waba_ban_date": date}}


def reviewed(event: AccountReviewed) -> Payload:
    """Build the value of ``account_review_update``: the decision of the account's review."""
    return {"decision": event.decision}


def no_increase(event: MessagingLimitNotRaised) -> Payload:
    """Build the value of ``account_alerts``: the messaging limit cannot be raised, and why.

    ``alert_type`` ends with ``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``.
    """
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
    """Build the value of ``business_capability_update``: people and phone numbers a portfolio may have.

    −1 stands for any number of people. Until February 2026 it has the member of the limit per number, too.
    """
    tier = event.portfolio.tier
    people = -1 if tier.people is None else tier.people
    limits: Payload = {"max_daily_conversations_per_business": people}
    if event.at < NAMES_RENEWED:
        limits = {"max_daily_conversation_per_phone": people} | limits
    if tier is Tier.T250:
        return limits | {"max_phone_numbers_per_business": _NUMBERS_AT_FIRST}
    return limits | {"max_phone_numbers_per_waba": _NUMBERS_LATER}


def throughput_raised(event: ThroughputRaised) -> Payload:
    """Build ``THROUGHPUT_UPGRADE`` of ``phone_number_quality_update``.

    The member with the messaging limit has another name since February 2026.
    """
    name = "current_limit" if event.at < NAMES_RENEWED else "max_daily_conversations_per_business"
    return {
        "display_phone_number": event.number.digits,
        "event": "THROUGHPUT_UPGRADE",
        name: str(event.tier),
    }


def is_told_of_flags(event: NumberFlagged) -> bool:
    """Say whether webhooks report flags at that time: no longer since February 2026."""
    return event.at < NAMES_RENEWED


def flagged(event: NumberFlagged) -> Payload:
    """Build ``FLAGGED`` or ``UNFLAGGED`` of ``phone_number_quality_update``."""
    return {
        "display_phone_number": event.number.digits,
        "event": "FLAGGED" if event.flagged else "UNFLAGGED",
        "current_limit": str(event.tier),
    }


def name_reviewed(event: DisplayNameReviewed) -> Payload:
    """Build the value of ``phone_number_name_update``: the decision about a display name, and its reason."""
    return {
        "display_phone_number": event.number.digits,
        "decision": event.decision,
        "requested_verified_name": event.name,
        "rejection_reason": event.reason,
    }


def pin_changed(event: PinChanged) -> Payload:
    """Build ``PIN_CHANGED`` of ``security``: the two-step verification of a number has another PIN."""
    return {"display_phone_number": event.number.digits, "event": "PIN_CHANGED"}
