"""The free entry point: 72 hours of free messages after a person wrote from an ad and was answered.

Sources: D/pricing#free-entry-point-windows (5 August 2026) and its older form in
D/pricing/conversation-based-pricing (14 November 2025). Both want an answer within 24 hours; the newer page
counts the 72 hours from the answer, the older one from its delivery. A second click while one is open is
documented nowhere: here it changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from emulator.domain.people.devices import ANDROID, IOS
from emulator.domain.values import dataclass

ANSWER_WITHIN = timedelta(hours=24)
"""How long after the click an answer opens the free entry point; at exactly this time it is too late."""
LENGTH = timedelta(hours=72)
"""How long it stays open."""
COUNTED = (ANDROID, IOS)
"""The devices on which a click can become a free entry point."""


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A click on an ad by one person towards one business number, and the free time it led to.

    Messages accepted within 24 hours of the click answer it and are free, and so is every message of the
    number to the person while it is open.
    """

    phone_number_id: str
    wa_id: str
    id: str
    """The id of its conversation, as statuses report it."""
    clicked_at: datetime
    """When the person wrote from the ad or post."""
    opened_at: datetime | None = None
    """When the 72 hours began; ``None`` while it has not been answered."""

    @property
    def answer_by(self) -> datetime:
        """The first instant at which an answer is too late: 24 hours after the click."""
        return self.clicked_at + ANSWER_WITHIN

    @property
    def closes_at(self) -> datetime | None:
        """When messages cost again (first instant), 72 hours after it opened; ``None`` if it never did."""
        return self.opened_at and self.opened_at + LENGTH

    def is_open(self, at: datetime) -> bool:
        """Say whether messages are free at the instant ``at``: from its opening until before 72 hours."""
        return self.opened_at is not None and self.opened_at <= at < self.opened_at + LENGTH

    def is_answered_by(self, accepted_at: datetime) -> bool:
        """Say whether a message accepted at that instant would open it: within 24 hours from the click."""
        return self.opened_at is None and self.clicked_at <= accepted_at < self.answer_by

    def makes_free(self, accepted_at: datetime, at: datetime) -> bool:
        """Say whether a message is free that was accepted at one instant and is priced ``at`` another.

        It is while the entry point is open, and when it is itself the answer that opens it.
        """
        return self.is_open(at) or self.is_answered_by(accepted_at)

    def clicked_again(self, id_: str, at: datetime) -> EntryPoint:
        """Apply another click ``at`` an instant: no change while it is open, else 24 new hours to answer.

        ``id_`` becomes the conversation's id if this one has been open before; until it has opened it keeps
        its id, which statuses may have reported already.
        """
        if self.is_open(at):
            return self
        return replace(self, id=id_ if self.opened_at else self.id, clicked_at=at, opened_at=None)

    def opened(self, at: datetime) -> EntryPoint:
        """Open it at the instant ``at``, by an answer or its delivery as the setting says."""
        return replace(self, opened_at=at)
