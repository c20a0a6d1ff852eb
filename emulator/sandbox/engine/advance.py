"""A move of the clock: what it brought about, how far it has come, and what keeps it from its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from emulator.domain.journal import JournalEntry
from emulator.domain.values import dataclass


class NotQuiet(RuntimeError):
    """The sandbox does not come to rest at one instant: every answer of the app causes another webhook."""


class CalledFromReceiver(RuntimeError):
    """A webhook receiver asked time to move while time waits for that receiver.

    The control API answers 409.
    """


@dataclass(frozen=True)
class Advance:
    """What a move of the clock brought about.

    From when until when, how many events and webhooks, and their journal.
    """

    since: datetime
    until: datetime
    events: int
    """How many events of the timeline were carried out."""
    deliveries: int
    """How many attempts to deliver webhooks were made, failed ones too."""
    journal: tuple[JournalEntry, ...]
    """The journal entries written meanwhile, oldest first; the first thousand of them."""

    @property
    def counts(self) -> str:
        """How many events and webhooks it carried out, as words: ``3 events, 1 webhook``."""
        counted = ((self.events, "event"), (self.deliveries, "webhook"))
        return ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counted)


@dataclass(slots=True)
class Progress:
    """A move of the clock that is under way, as it stands when you look."""

    since: datetime
    until: datetime
    """The instant the move goes to; a freeze that is moved meanwhile moves it on."""
    events: int = 0
    """How many events of the timeline were carried out so far."""
    deliveries: int = 0
    """How many attempts to deliver webhooks were made so far."""
    is_cancelled: bool = False
    """Whether somebody wants it to end at the instant it has come to."""


OnStep = Callable[[Progress, datetime], None]
"""Called at each instant at which something was carried out, with that instant."""
