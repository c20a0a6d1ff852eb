"""The relationship of a person and a business number: blocks, and whether marketing is wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.values import dataclass

TYPING_FOR = timedelta(seconds=25)
"""How long a person sees that a business types, unless a message ends it (D/typing-indicators)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """When one person and one business number blocked each other, and when marketing was stopped or answered.

    An instant that is ``None`` means that it is not so, or was taken back.
    """

    phone_number_id: str
    wa_id: str
    blocked_number_at: datetime | None = None
    """When the person blocked the number; its messages are accepted and do not reach them."""
    stopped_marketing_at: datetime | None = None
    """When the person stopped its marketing messages."""
    blocked_person_at: datetime | None = None
    """When the business blocked the person (``block_users``); messages of neither reach the other."""
    answered_marketing_at: datetime | None = None
    """When the person last answered a marketing message."""
    typing_until: datetime | None = None
    """Until when the person sees that the business types; from that instant on they do not."""

    def as_of(self, at: datetime) -> Relationship:
        """Return how they stand at an instant: without a typing indicator that has ended by then."""
        is_over = self.typing_until is not None and self.typing_until <= at
        return self.changed(typing_until=None) if is_over else self

    def changed(self, **facts: Any) -> Relationship:
        """Copy this relationship with some of its fields replaced."""
        return replace(self, **facts)
