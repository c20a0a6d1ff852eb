"""Conversations, which were priced until 30 June 2025: one charge for 24 hours of messages.

Source: D/pricing/conversation-based-pricing (14 November 2025). A conversation opens when the message that
began it is delivered; its id is reported before that, with the message's ``sent``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from emulator.domain.pricing.prices import SERVICE, Era
from emulator.domain.values import dataclass

LENGTH = timedelta(hours=24)
USER_INITIATED = "user_initiated"
BUSINESS_INITIATED = "business_initiated"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of messages between a number and a person that is charged once, in one category.

    It lasts 24 hours from the delivery of its first message; several of different categories may be open.
    """

    id: str
    category: str
    opened_at: datetime | None = None
    """When its first message was delivered; ``None`` while that is on its way."""
    closes_at: datetime | None = None

    def is_over(self, at: datetime) -> bool:
        """Say whether its 24 hours are over at the instant ``at``; at exactly 24 hours they are."""
        return self.closes_at is not None and at >= self.closes_at

    def opened(self, at: datetime) -> Conversation:
        """Open the conversation at the instant its first message was delivered; it closes 24 hours later."""
        return replace(self, opened_at=at, closes_at=at + LENGTH)


def conversation_for(
    category: str, conversations: Iterable[Conversation], at: datetime, era: Era
) -> Conversation | None:
    """Find the open conversation that a message of ``category`` belongs to; ``None``: it begins a new one.

    A template belongs to one of its own category. Anything else belongs to whatever is open, the one that
    opened last if there are several, which no source settles. Before June 2023 every message did.
    """
    going_on = [each for each in conversations if not each.is_over(at)]
    if category != SERVICE and not era.by_initiator:
        going_on = [each for each in going_on if each.category == category]
    return max(going_on, key=lambda each: (each.opened_at is not None, each.opened_at or at), default=None)


def category_of_new_conversation(category: str, era: Era, *, window_open: bool) -> str:
    """Decide the category of the conversation that a message of ``category`` begins in this era.

    Before June 2023 it is who began it, which ``window_open`` tells; since then the message's own category.
    """
    if not era.by_initiator:
        return category
    return USER_INITIATED if window_open else BUSINESS_INITIATED


def counts_as_free(category: str, era: Era) -> bool:
    """Say whether the monthly free conversations cover one of ``category``, while there are any left.

    Service conversations were free so until October 2024; before June 2023 those of both initiators were.
    """
    return era.free_a_month is not None and (era.by_initiator or category == SERVICE)
