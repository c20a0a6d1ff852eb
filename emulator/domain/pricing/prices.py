"""The price of a message as status webhooks carry it: category, type and model, by date.

Sources: D/pricing (5 August 2026), D/pricing/non-template-messages (25 August 2026),
D/pricing/conversation-based-pricing (14 November 2025), D/webhooks/reference/messages/status (21 May 2026).
The day the platform changes a rule, one row of :data:`ERAS` changes here.
"""

from __future__ import annotations

from datetime import date, datetime

from emulator.domain.templates.categories import billed_as
from emulator.domain.values import dataclass

SERVICE = "service"
ENTRY_POINT = "referral_conversion"
"""The category of a free conversation that began with a click on an ad."""
FREE_A_MONTH = 1000
"""How many service messages of a number, in earlier years conversations of a WABA, are free in a calendar
month."""
FREE_IN_WINDOW = "free_customer_service"
FREE_ENTRY_POINT = "free_entry_point"
FREE_TIER = "free_tier"
FREE_IN_CONVERSATION = "open_conversation"


@dataclass(frozen=True, slots=True)
class Pricing:
    """The ``pricing`` object of a status webhook, and the id of the conversation it belongs to.

    ``model`` is ``CBP`` (by conversation) or ``PMP`` (by message), ``category`` in lower case, ``type``
    ``regular`` or the reason it is free; conversations have no type.
    """

    billable: bool
    model: str
    category: str
    type: str | None = None
    conversation_id: str | None = None
    """The id of its conversation; ``None`` when each message is a conversation of its own."""

    def as_json(self) -> dict[str, object]:
        """Write the price as it is stored with a message; members that are ``None`` are left out."""
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
    """A price and, for statuses that carry the conversation, when that ends.

    ``pricing`` becomes the object of that name in the status.
    """

    pricing: Pricing
    expires_at: datetime | None = None
    """When the conversation ends, as expected when the message is sent; ``None`` where it is not known."""


@dataclass(frozen=True, slots=True)
class Era:
    """A time with one way of pricing, from the day ``since`` until the day before the next era.

    ``model`` is ``CBP`` while conversations are charged and ``PMP`` while messages are.
    """

    since: date
    """Its first day, which begins at midnight in the WABA's time zone."""
    model: str
    by_initiator: bool = False
    """Whether a conversation's category is who began it (business or user), and not a template's category."""
    window_is_free: bool = False
    """Whether utility templates are free in an open customer service window."""
    free_a_month: int | None = None
    """How many service messages or conversations are free each month; ``None``: all of them."""

    @property
    def has_conversations(self) -> bool:
        """Whether conversations are priced (``CBP``), and not messages (``PMP``)."""
        return self.model == "CBP"


ERAS = (
    Era(date(1970, 1, 1), "CBP", by_initiator=True, free_a_month=FREE_A_MONTH),
    Era(date(2023, 6, 1), "CBP", free_a_month=FREE_A_MONTH),
    Era(date(2024, 11, 1), "CBP"),
    Era(date(2025, 7, 1), "PMP", window_is_free=True),
    Era(date(2026, 10, 1), "PMP", free_a_month=FREE_A_MONTH),
)
"""All eras, the oldest first; a change of the platform's rules is one more row."""


def era_on(day: date) -> Era:
    """Find the era of a calendar day in the WABA's time zone.

    Each begins with its day ``since``, inclusive; the first one reaches back to any day.
    """
    return next((era for era in reversed(ERAS) if day >= era.since), ERAS[0])


def pricing_category(category: str) -> str:
    """Translate a message's category into the one prices have: ``service``, or a template's in lower case.

    The ten legacy categories are priced as ``utility``.
    """
    return SERVICE if category == SERVICE else billed_as(category).lower()


def price_message(category: str, era: Era, *, window_open: bool, served: int = 0) -> Pricing:
    """Price a message by itself, in an era that prices messages.

    ``category`` is as :func:`pricing_category` gives it, ``window_open`` whether the customer service window
    was open. ``served`` is how many service messages of the number were delivered this month before it. How a
    free one of the first thousand is reported is documented nowhere: here like one in the window.
    """
    if category == SERVICE:
        free = era.free_a_month is None or served < era.free_a_month
    else:
        free = category == "utility" and window_open and era.window_is_free
    return Pricing(not free, era.model, category, FREE_IN_WINDOW if free else "regular")


def price_at_entry_point(era: Era, category: str, conversation_id: str) -> Pricing:
    """Price a message in a free entry point: not billable, under the ``category`` it is to be reported with.

    While conversations are priced the category is always ``referral_conversion``, and there is no type.
    """
    if era.has_conversations:
        return Pricing(False, era.model, ENTRY_POINT, None, conversation_id)
    return Pricing(False, era.model, category, FREE_ENTRY_POINT, conversation_id)


def price_by_conversation(category: str, era: Era, conversation_id: str) -> Pricing:
    """Price a message by the conversation it belongs to, in an era that prices conversations.

    One inside the free thousand is reported as billable all the same, and appears on the invoice without a
    price; since service is free for good it is not billable.
    """
    billable = category != ENTRY_POINT and not (category == SERVICE and era.free_a_month is None)
    return Pricing(billable, "CBP", category, None, conversation_id)


def price_in_group(usual: Pricing) -> Pricing:
    """Turn the price of a message into that of one in a group (D/groups).

    The category gets the prefix ``group_``; it is billed for each participant it is delivered to.
    """
    kind = "free_group_customer_service" if usual.type == FREE_IN_WINDOW else usual.type
    return Pricing(usual.billable, usual.model, f"group_{usual.category}", kind)


def is_at_entry_point(pricing: Pricing) -> bool:
    """Say whether a price is that of a message in a free entry point, in any era."""
    return pricing.type == FREE_ENTRY_POINT or pricing.category == ENTRY_POINT
