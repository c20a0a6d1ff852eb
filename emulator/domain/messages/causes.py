"""What a message was sent for, and what tells."""

from __future__ import annotations

from enum import StrEnum

from emulator.domain.values import dataclass


class CauseBasis(StrEnum):
    """What tells the cause of a message; of those of a business the surest first."""

    CONTEXT = "context"
    """The send names it: as a reply (``context.message_id``), or as what it reacts to."""
    HANDLER = "handler"
    """The app sent it while it handled the webhook, in this process: in the same thread or task."""
    DELIVERY = "delivery"
    """It came while the webhook of a message of the same person was being delivered."""
    UNANSWERED = "unanswered"
    """It is the first to a person since they last wrote or called, and their window is open."""
    HABIT = "habit"
    """A person wrote it, as they answer by themselves."""

    @property
    def is_certain(self) -> bool:
        """Whether it is known; of the other two the cause is likely, and may be a coincidence."""
        return self not in (CauseBasis.DELIVERY, CauseBasis.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Cause:
    """The id of what a message was sent for, and what tells."""

    id: str
    basis: CauseBasis
