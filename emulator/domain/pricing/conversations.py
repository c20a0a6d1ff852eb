"""Conversations: what was priced until 30 June 2025, one charge for 24 hours.

Source: D/pricing/conversation-based-pricing (14 November 2025). A conversation opens when the message that
began it is delivered; its id is told before that, with the message's ``sent``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emulator.domain.pricing.prices import SERVICE, Era

LENGTH = timedelta(hours=24)
USER_INITIATED = "user_initiated"
BUSINESS_INITIATED = "business_initiated"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of messages between a number and a person, of one category."""

    id: str
    category: str
    opened_at: datetime | None = None
    """``None`` while the message that began it is on its way."""
    closes_at: datetime | None = None

    def is_over(self, at: datetime) -> bool:
        return self.closes_at is not None and at >= self.closes_at

    def opened(self, at: datetime) -> Conversation:
        return replace(self, opened_at=at, closes_at=at + LENGTH)


def conversation_for(
    category: str, conversations: Iterable[Conversation], at: datetime, era: Era
) -> Conversation | None:
    """The conversation that a message of ``category`` belongs to; ``None`` when it begins one.

    A template belongs to one of its own category. Anything else belongs to whatever is open, the one that
    opened last if there are several, which no source settles. Before June 2023 every message did.
    """
    going_on = [each for each in conversations if not each.is_over(at)]
    if category != SERVICE and not era.by_initiator:
        going_on = [each for each in going_on if each.category == category]
    return max(going_on, key=lambda each: (each.opened_at is not None, each.opened_at or at), default=None)


def category_of_new_conversation(category: str, era: Era, *, window_open: bool) -> str:
    """The category of the conversation that a message begins."""
    if not era.by_initiator:
        return category
    return USER_INITIATED if window_open else BUSINESS_INITIATED


def counts_as_free(category: str, era: Era) -> bool:
    """Whether the monthly free conversations cover it, while there are any left."""
    return era.free_a_month is not None and (era.by_initiator or category == SERVICE)
