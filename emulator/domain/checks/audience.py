"""What is known of the person a marketing message is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Audience:
    """What is known of the person a marketing message is for."""

    stopped_at: datetime | None = None
    """When they stopped marketing of this number."""
    us_paused: bool = True
    """Whether the pause in the United States holds here."""
    limit: int | None = None
    """How many marketing messages a person gets in 24 hours, of all businesses; ``None``: any number."""
    received: int = 0
    """How many they got in the last 24 hours that count."""
    refused: int = 0
    """How often this account failed at the limit in the last 24 hours."""
    held_out: bool = False
    """Whether they are among those whom an experiment keeps from marketing."""
    free_entry: bool = False
    """Whether a free entry point is open."""
