"""The jobs of another scheduler, walked together with the sandbox's timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Jobs(Protocol):
    """The jobs of a scheduler whose time is the sandbox's: two functions are all that is asked of it."""

    def next_due(self) -> datetime | None:
        """When the next job is due, with a time zone; ``None`` when none is."""
        ...

    def run(self) -> object:
        """Carry out every job that is due by now, and take it off or put it to its next time."""
        ...
