"""What a message of a business was sent for, and what tells."""

from __future__ import annotations

from enum import StrEnum

from emulator.domain.values import dataclass


class CauseBasis(StrEnum):
    """What tells the cause of a send, the surest first."""

    CONTEXT = "context"
    """The send names it: as a reply (``context.message_id``), or as what it reacts to."""
    HANDLER = "handler"
    """The app sent it while it handled the webhook, in this process: in the same thread or task."""
    DELIVERY = "delivery"
    """It came while the webhook of a message of the same person was being delivered."""
    UNANSWERED = "unanswered"
    """It is the first to a person since they last wrote or called, and their window is open."""

    @property
    def is_certain(self) -> bool:
        """Whether the app itself has told; the other two are likely, and may be a coincidence."""
        return self in (CauseBasis.CONTEXT, CauseBasis.HANDLER)


@dataclass(frozen=True, slots=True)
class Cause:
    """The id of what a message was sent for, and what tells."""

    id: str
    basis: CauseBasis
