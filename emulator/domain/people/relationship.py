"""How a person and a business number stand to each other: blocks, and whether marketing is welcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one person and one business number think of each other; ``None``: it is not so."""

    phone_number_id: str
    wa_id: str
    blocked_number_at: datetime | None = None
    """When the person blocked the number: what it sends does not reach them."""
    stopped_marketing_at: datetime | None = None
    """When the person stopped its marketing messages."""
    blocked_person_at: datetime | None = None
    """When the business blocked the person: neither reaches the other."""
    answered_marketing_at: datetime | None = None
    """When the person last answered a marketing message."""

    def changed(self, **facts: Any) -> Relationship:
        return replace(self, **facts)
