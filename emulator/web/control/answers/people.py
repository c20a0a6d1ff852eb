"""What is answered about people, and how they stand to business numbers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person as PersonNoun
from emulator.web.control.answers.markers import Facts, Instant, Json, Page
from emulator.web.control.answers.messages import Message

OfflineAnswer = TypedDict("OfflineAnswer", {"from": str, "until": str | None})
"""A time in which a phone is off: two instants, or two times of every day."""


class RuleAnswer(TypedDict):
    """A rule by which a person answers; ``after`` is in seconds, one number or the least and the most."""

    when: Json
    then: list[Json]
    after: float | list[float] | None
    chance: float


_INSIDE_HABITS = (("offline", list[OfflineAnswer]), ("answers", list[RuleAnswer]))
_INSIDE = (("habits", Annotated[Json, Facts("Habits", Habits, inside=_INSIDE_HABITS)]),)
Person = Annotated[Json, Facts("Person", PersonNoun, inside=_INSIDE)]
People = Annotated[Json, Page("people", Person)]


class CrowdAnswer(TypedDict):
    """The numbers of the people who were added."""

    people: list[str]


class RelationshipAnswer(TypedDict):
    """How a person and a business number stand: ``null`` for what does not hold."""

    phone_number_id: str
    wa_id: str
    blocked_number_at: Instant | None
    stopped_marketing_at: Instant | None
    blocked_person_at: Instant | None
    typing_until: Instant | None


class RelationshipsAnswer(TypedDict):
    """How a person stands to each business number."""

    relationships: list[RelationshipAnswer]


class ChatWindowAnswer(TypedDict):
    """The customer service window of a person that closes last, and whether it is open now."""

    phone_number_id: str
    open: bool
    closes_at: Instant


class ChatAnswer(TypedDict):
    """A person, and how their conversation with the business stands.

    ``relationships`` are those with the business numbers something happened with; ``unread`` is how many
    messages have been delivered to them that they have not read: 100 are as many, or more.
    """

    person: Person
    window: ChatWindowAnswer | None
    relationships: list[RelationshipAnswer]
    unread: int
    last_message: Message | None


Chats = Annotated[Json, Page("chats", ChatAnswer)]
