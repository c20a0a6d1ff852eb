"""What a message costs, as status webhooks tell it: category, type and model, by date.

Sources: D/pricing (5 August 2026), D/pricing/non-template-messages (25 August 2026),
D/webhooks/reference/messages/status (21 May 2026). The day the platform changes a rule, one row here changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emulator.domain.templates.categories import billed_as

SERVICE = "service"
FREE_SERVICE_MESSAGES = 1000
"""Free service messages per business number and calendar month, since 2026-10-01."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """The ``pricing`` object of a status."""

    billable: bool
    model: str
    category: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of time with one price list."""

    since: date
    """The day it begins, at midnight where the WABA is."""
    model: str
    window_is_free: bool
    free_service_messages: int | None
    """How many service messages a number has free each month; ``None`` for all of them."""


ERAS = (
    Era(date(1970, 1, 1), "CBP", False, None),
    Era(date(2025, 7, 1), "PMP", True, None),
    Era(date(2026, 10, 1), "PMP", False, FREE_SERVICE_MESSAGES),
)


def era_on(day: date) -> Era:
    return next(era for era in reversed(ERAS) if day >= era.since)


def in_group(usual: Pricing) -> Pricing:
    """The price of a message in a group (D/groups; billed for each participant it is delivered to)."""
    kind = "free_group_customer_service" if usual.type == "free_customer_service" else usual.type
    return Pricing(usual.billable, usual.model, f"group_{usual.category}", kind)


def price(category: str, day: date, *, window_open: bool, service_messages: int) -> Pricing:
    """Price a message sent on ``day`` by the calendar of the WABA's time zone.

    ``category`` is a template's, or ``service`` for anything that is not a template; ``service_messages`` is
    how many the business number had this month before it. The free entry point is not emulated.
    """
    era = era_on(day)
    spoken = SERVICE if category == SERVICE else billed_as(category).lower()
    if spoken == SERVICE:
        free = era.free_service_messages is None or service_messages < era.free_service_messages
    else:
        free = spoken == "utility" and window_open and era.window_is_free
    if era.model == "CBP":
        return Pricing(not free, era.model, spoken)
    return Pricing(not free, era.model, spoken, "free_customer_service" if free else "regular")
