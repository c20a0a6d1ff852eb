"""A chat: a person, with what a list of conversations shows beside their name."""

from __future__ import annotations

from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.values import dataclass
from emulator.domain.windows import Window

MOST_UNREAD = 100
"""Up to how many unread messages of a person are counted; who has this many may have more."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A person, and how their conversation with the business stands now."""

    person: Person
    window: Window | None
    """Of their customer service windows the one that closes last, open or closed; ``None`` when they never
    wrote or called."""
    relationships: tuple[Relationship, ...]
    """How they and business numbers stand, by the numbers' ids; none for numbers nothing happened with."""
    unread: int
    """How many messages have been delivered to them that they have not read, up to :data:`MOST_UNREAD`; those
    in groups do not count."""
    last_message: Message | None
    """The newest message from or to them; of groups, what they wrote there themselves."""
