"""The facts about a person that decide whether a marketing message is delivered."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """The facts about the recipient of a marketing message."""

    stopped_at: datetime | None = None
    """When they opted out of the number's marketing; ``None``: they did not."""
    us_paused: bool = True
    """Whether the pause of marketing in the United States holds in this sandbox."""
    limit: int | None = None
    """How many marketing messages a person gets in 24 hours, of all businesses; ``None``: no limit."""
    received: int = 0
    """How many they got in the last 24 hours."""
    refused: int = 0
    """How often this account's messages failed at the limit in the last 24 hours."""
    held_out: bool = False
    """Whether an experiment excludes them from marketing."""
    free_entry: bool = False
    """Whether a free entry point is open, which exempts from the experiment."""
