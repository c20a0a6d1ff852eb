"""Groups: several people and one business number, with a window of their own.

Sources: D/groups and D/groups/groups-messaging (2025 and 2026).
"""

from __future__ import annotations

from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.values import dataclass

MOST_PARTICIPANTS = 8
"""How many people a group may have beside the business."""
SUBJECT_LENGTH = 128


@dataclass(frozen=True, slots=True)
class Group:
    """A group that a business number has made, with its participants as they are now.

    A suspended group cannot be written in (131207).
    """

    id: str
    phone_number_id: str
    digits: str
    """The group's own number, which its id and the ids of its messages carry."""
    subject: str
    participants: tuple[str, ...]
    """The ``wa_id`` of every participant but the business."""
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """How far a message to a group has come with one of its participants."""

    wa_id: str
    status: MessageStatus
    """``delivered`` or ``read``; whom it has not reached has no receipt."""


def check(subject: str, participants: tuple[str, ...]) -> None:
    """Raise :class:`ValueError` for a group that the platform would not make.

    A ``subject`` has 1 to 128 characters, and there are at most eight ``participants``, each once.
    """
    if not 1 <= len(subject) <= SUBJECT_LENGTH:
        raise ValueError(f"a group's subject has 1 to {SUBJECT_LENGTH} characters")
    if len(set(participants)) != len(participants):
        raise ValueError("somebody is in the group twice")
    if len(participants) > MOST_PARTICIPANTS:
        raise ValueError(f"a group has at most {MOST_PARTICIPANTS} participants, not {len(participants)}")
