"""The free entry point: 72 hours in which everything is free, after an ad was clicked and answered.

Sources: D/pricing#free-entry-point-windows (5 August 2026) and its older form in
D/pricing/conversation-based-pricing (14 November 2025). Both want an answer within 24 hours; the newer page
counts the 72 hours from the answer, the older one from its delivery. A second click while one is open is
documented nowhere: here it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ANSWER_WITHIN = timedelta(hours=24)
LENGTH = timedelta(hours=72)
DEVICES = ("android", "ios", "web", "desktop")
"""What a person may click an ad on."""
COUNTED = ("android", "ios")
"""The devices on which a click may become a free entry point."""


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A click on an ad by one person towards one business number, and what came of it."""

    phone_number_id: str
    wa_id: str
    id: str
    """The id of its conversation, as statuses tell it."""
    clicked_at: datetime
    """When the person wrote from the ad."""
    opened_at: datetime | None = None

    @property
    def answer_by(self) -> datetime:
        """The first instant at which an answer comes too late."""
        return self.clicked_at + ANSWER_WITHIN

    @property
    def closes_at(self) -> datetime | None:
        """The first instant at which messages cost again; ``None`` when it never opened."""
        return self.opened_at and self.opened_at + LENGTH

    def is_open(self, at: datetime) -> bool:
        return self.opened_at is not None and self.opened_at <= at < self.opened_at + LENGTH

    def is_answered_by(self, accepted_at: datetime) -> bool:
        """Whether a message accepted at that instant would open it."""
        return self.opened_at is None and self.clicked_at <= accepted_at < self.answer_by

    def makes_free(self, accepted_at: datetime, at: datetime) -> bool:
        """Whether a message is free that was accepted at one instant and is sent ``at`` another."""
        return self.is_open(at) or self.is_answered_by(accepted_at)

    def clicked_again(self, id_: str, at: datetime) -> EntryPoint:
        """What another click makes of it: nothing while it is open, and else a new chance to answer.

        Until it has opened it keeps its id, which statuses may have told already.
        """
        if self.is_open(at):
            return self
        return replace(self, id=id_ if self.opened_at else self.id, clicked_at=at, opened_at=None)

    def opened(self, at: datetime) -> EntryPoint:
        return replace(self, opened_at=at)
