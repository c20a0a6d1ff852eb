"""What a message costs, as status webhooks tell it: category, type and model, by date.

Sources: D/pricing (5 August 2026), D/pricing/non-template-messages (25 August 2026),
D/pricing/conversation-based-pricing (14 November 2025), D/webhooks/reference/messages/status (21 May 2026).
The day the platform changes a rule, one row here changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from emulator.domain.templates.categories import billed_as

SERVICE = "service"
ENTRY_POINT = "referral_conversion"
"""The category of what is free for the sake of an ad."""
FREE_A_MONTH = 1000
"""Free service messages of a number, or in earlier years conversations of a WABA, in a calendar month."""
FREE_IN_WINDOW = "free_customer_service"
FREE_ENTRY_POINT = "free_entry_point"
FREE_TIER = "free_tier"
FREE_IN_CONVERSATION = "open_conversation"


@dataclass(frozen=True, slots=True)
class Pricing:
    """The ``pricing`` object of a status, and the conversation it belongs to."""

    billable: bool
    model: str
    category: str
    type: str | None = None
    conversation_id: str | None = None
    """``None`` when each message is a conversation of its own."""

    def as_json(self) -> dict[str, object]:
        """As it is kept with a message, without what it has not."""
        members: dict[str, object] = {
            "billable": self.billable,
            "model": self.model,
            "category": self.category,
            "type": self.type,
            "conversation_id": self.conversation_id,
        }
        return {name: value for name, value in members.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Quote:
    """What a status tells of money."""

    pricing: Pricing
    expires_at: datetime | None = None
    """When the conversation ends, as it looks when the message is sent."""


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of time with one price list."""

    since: date
    """The day it begins, at midnight where the WABA is."""
    model: str
    by_initiator: bool = False
    """Whether conversations have the category of who began them, and not of a template."""
    window_is_free: bool = False
    """Whether utility templates are free in an open window."""
    free_a_month: int | None = None
    """How much service is free each month; ``None`` for all of it."""

    @property
    def has_conversations(self) -> bool:
        """Whether conversations are priced, and not messages."""
        return self.model == "CBP"


ERAS = (
    Era(date(1970, 1, 1), "CBP", by_initiator=True, free_a_month=FREE_A_MONTH),
    Era(date(2023, 6, 1), "CBP", free_a_month=FREE_A_MONTH),
    Era(date(2024, 11, 1), "CBP"),
    Era(date(2025, 7, 1), "PMP", window_is_free=True),
    Era(date(2026, 10, 1), "PMP", free_a_month=FREE_A_MONTH),
)


def era_on(day: date) -> Era:
    """The price list of a day by the calendar of the WABA's time zone."""
    return next(era for era in reversed(ERAS) if day >= era.since)


def pricing_category(category: str) -> str:
    """The category of a message as prices say it, from a template's or ``service``."""
    return SERVICE if category == SERVICE else billed_as(category).lower()


def price_message(category: str, era: Era, *, window_open: bool, served: int = 0) -> Pricing:
    """Price a message of a ``category`` that prices speak of, in a time when messages are priced.

    ``served`` is how many service messages of the number were delivered this month before it. What a free one
    of the first thousand is told as is documented nowhere: here like one in the window.
    """
    if category == SERVICE:
        free = era.free_a_month is None or served < era.free_a_month
    else:
        free = category == "utility" and window_open and era.window_is_free
    return Pricing(not free, era.model, category, FREE_IN_WINDOW if free else "regular")


def price_at_entry_point(era: Era, category: str, conversation_id: str) -> Pricing:
    """Price a message in a free entry point; ``category`` is what it is told as."""
    if era.has_conversations:
        return Pricing(False, era.model, ENTRY_POINT, None, conversation_id)
    return Pricing(False, era.model, category, FREE_ENTRY_POINT, conversation_id)


def price_by_conversation(category: str, era: Era, conversation_id: str) -> Pricing:
    """Price a message by its conversation.

    One inside the free thousand is told as billable all the same, and appears on the invoice without a price;
    since service is free for good it is not billable.
    """
    billable = category != ENTRY_POINT and not (category == SERVICE and era.free_a_month is None)
    return Pricing(billable, "CBP", category, None, conversation_id)


def price_in_group(usual: Pricing) -> Pricing:
    """The price of a message in a group (D/groups; billed for each participant it is delivered to)."""
    kind = "free_group_customer_service" if usual.type == FREE_IN_WINDOW else usual.type
    return Pricing(usual.billable, usual.model, f"group_{usual.category}", kind)


def is_at_entry_point(pricing: Pricing) -> bool:
    """Whether a price is that of a message in a free entry point."""
    return pricing.type == FREE_ENTRY_POINT or pricing.category == ENTRY_POINT
