"""How a person behaves: how long messages to them take, whether they read, and how soon they have enough."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

HABITS = ("sent_after", "delivered_after", "read_after", "reads", "blocks", "reports", "stops")
"""The names of the habits, as seeds and calls spell them."""
CHANCES = ("blocks", "reports", "stops")
"""Those that are a chance between 0 and 1 for each template message that reaches the person."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How long a message to a person takes, whether they read it, and how soon they have enough.

    ``read_after`` counts from the delivery; ``None`` for ``delivered_after`` is a phone that stays off, and
    ``reads=False`` is a person who leaves messages unread (or has read receipts off). ``blocks``, ``reports``
    and ``stops`` are the chances, for each template message delivered, that they block the number, report the
    message, or (of a marketing template) stop marketing.
    """

    sent_after: timedelta = timedelta(milliseconds=400)
    delivered_after: timedelta | None = timedelta(milliseconds=900)
    read_after: timedelta = timedelta(seconds=6)
    reads: bool = True
    blocks: float = 0.0
    reports: float = 0.0
    stops: float = 0.0

    @property
    def complains(self) -> bool:
        """Whether there is any chance that they block the number, report a message or stop marketing."""
        return self.blocks > 0 or self.reports > 0 or self.stops > 0

    @classmethod
    def at_once(cls) -> Habits:
        """Make the habits of a person whose phone delivers and shows every message in the same instant."""
        return cls(timedelta(0), timedelta(0), timedelta(0))

    def changed(self, **habits: Any) -> Habits:
        """Copy the habits with some of them replaced."""
        return replace(self, **habits)


def habits_as_json(habits: Habits) -> dict[str, object]:
    """Write habits as JSON: durations in seconds, chances from 0 to 1, as the control API has them."""
    return {
        name: value.total_seconds() if isinstance(value, timedelta) else value
        for name, value in asdict(habits).items()
    }


def habits_from_json(values: dict[str, Any], usual: Habits | None = None) -> Habits:
    """Habits from seconds; what is not said stays as ``usual``."""
    given: dict[str, Any] = {
        name: timedelta(seconds=value) if name.endswith("_after") and value is not None else value
        for name, value in values.items()
    }
    return replace(usual or Habits(), **given)
