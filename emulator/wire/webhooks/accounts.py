"""What happens to numbers, accounts and portfolios, as webhooks tell it.

Shapes: D/webhooks/reference/{account_update, account_review_update, account_alerts,
business_capability_update, phone_number_name_update, phone_number_quality_update, security} (2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import Restriction
from emulator.domain.limits.messaging_limit import NAMES_RENEWED, Tier

_NUMBERS_AT_FIRST, _NUMBERS_LATER = 2, 25
"""How many phone numbers go with the lowest tier, and with those above."""

Payload = dict[str, object]


def restricted(restrictions: Iterable[Restriction]) -> Payload:
    """``ACCOUNT_RESTRICTION``: what an account may not do, and until when."""
    told = []
    for each in restrictions:
        one: Payload = {"restriction_type": each.type}
        if each.expires_at is not None:
            one["expiration"] = int(each.expires_at.timestamp())
        if each.remediation is not None:
            one["remediation"] = each.remediation
        told.append(one)
    return {"event": "ACCOUNT_RESTRICTION", "restriction_info": told}


def violated(violation: str) -> Payload:
    """``ACCOUNT_VIOLATION``: the policy that was broken."""
    return {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": violation}}


def ban(state: str, at: datetime) -> Payload:
    """``DISABLED_UPDATE``: ``DISABLE``, ``SCHEDULE_FOR_DISABLE`` or ``REINSTATE``, with an English date."""
    date = f"{at:%B} {at.day}, {at.year}"
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state, "waba_ban_date": date}}


def reviewed(decision: str) -> Payload:
    """What the review of an account came to."""
    return {"decision": decision}


def no_increase(portfolio: Portfolio, outcome: str) -> Payload:
    """An alert that limits cannot grow: ``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``."""
    return {
        "entity_type": "BUSINESS",
        "entity_id": portfolio.id,
        "alert_info": {
            "alert_severity": "WARNING",
            "alert_status": "ACTIVE",
            "alert_type": f"INCREASED_CAPABILITIES_ELIGIBILITY_{outcome}",
            "alert_description": f"Limits cannot be increased for your business {portfolio.name}. Use "
            "WhatsApp Business platform actively for several days and follow our messaging policies.",
        },
    }


def capability(tier: Tier, at: datetime) -> Payload:
    """How many people a portfolio may reach and how many numbers it may have; −1 for any number of them."""
    people = -1 if tier.people is None else tier.people
    told: Payload = {"max_daily_conversations_per_business": people}
    if at < NAMES_RENEWED:
        told = {"max_daily_conversation_per_phone": people} | told
    if tier is Tier.T250:
        return told | {"max_phone_numbers_per_business": _NUMBERS_AT_FIRST}
    return told | {"max_phone_numbers_per_waba": _NUMBERS_LATER}


def throughput_raised(number: BusinessNumber, tier: Tier, at: datetime) -> Payload:
    """A number got a higher throughput; the member that tells the tier has another name since 2026."""
    told: Payload = {"display_phone_number": number.digits, "event": "THROUGHPUT_UPGRADE"}
    if at < NAMES_RENEWED:
        return told | {"current_limit": str(tier)}
    return told | {"max_daily_conversations_per_business": str(tier)}


def name_reviewed(number: BusinessNumber, name: str, decision: str, reason: str | None) -> Payload:
    """What the review of a display name came to."""
    return {
        "display_phone_number": number.digits,
        "decision": decision,
        "requested_verified_name": name,
        "rejection_reason": reason,
    }


def pin_changed(number: BusinessNumber) -> Payload:
    """The two-step verification of a number has another PIN."""
    return {"display_phone_number": number.digits, "event": "PIN_CHANGED"}
