"""Chats from before are cut into chunks by age, and their messages are read from what a test writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import SHEENA_NELSON as SHEENA
from kit.identities import PABLO
from kit.times import MICROSECOND, MORNING

from emulator.domain.messages.chat_history import (
    USUAL_CHUNK,
    PastMessage,
    chunks,
    has_file,
    past_message,
    phase_of,
)
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person

DAY = timedelta(days=1)
PABLO_MORALES = Person(PABLO, "Pablo Morales", "US.2")


def said(age: timedelta, person: Person = SHEENA) -> Message:
    at = MORNING - age
    return Message("wamid.1", NUMBER.id, person.wa_id, False, "text", MessageStatus.READ, at)


@pytest.mark.parametrize(
    ("age", "phase"),
    [
        (0 * DAY, 0),
        (DAY, 0),
        (DAY + MICROSECOND, 1),
        (90 * DAY, 1),
        (90 * DAY + MICROSECOND, 2),
        (180 * DAY, 2),
        (180 * DAY + MICROSECOND, None),
    ],
)
def test_the_phase_is_that_of_the_age(age: timedelta, phase: int | None) -> None:
    """Up to a day, 90 days, 180 days; what is older is not shared."""
    assert phase_of(MORNING - age, MORNING) == phase


def test_chunks_go_through_the_phases_until_all_is_shared() -> None:
    """Each has at most so many messages, with the people they are from; the last one has 100 per cent."""
    threads = [
        (SHEENA, (said(100 * DAY), said(2 * DAY), said(0 * DAY))),
        (PABLO_MORALES, (said(200 * DAY, PABLO_MORALES), said(3 * DAY, PABLO_MORALES))),
    ]

    found = chunks(threads, MORNING, 1)
    joined = chunks(threads, MORNING, 2)

    assert [(each.phase, each.order, each.progress) for each in found] == [
        (0, 1, 25),
        (1, 2, 50),
        (1, 3, 75),
        (2, 4, 100),
    ]
    assert [[person.name for person, _ in each.threads] for each in joined] == [
        ["Sheena Nelson"],
        ["Sheena Nelson", "Pablo Morales"],
        ["Sheena Nelson"],
    ]
    assert [each.messages for each in joined] == [1, 2, 1]
    assert chunks([], MORNING) == []
    with pytest.raises(ValueError, match="at least one message"):
        chunks(threads, MORNING, 0)


def test_a_message_of_a_chat_is_read() -> None:
    """With what is usual where nothing is said."""
    assert past_message({"text": "Hi"}, MORNING) == PastMessage("Hi", False, MORNING - timedelta(hours=1))
    given = {"text": "Hi", "from": "business", "at": "2026-10-01T09:00:00Z", "status": "played"}
    read = past_message(given, MORNING)
    assert (read.by_business, read.at.isoformat(), read.status) == (
        True,
        "2026-10-01T09:00:00+00:00",
        MessageStatus.PLAYED,
    )
    assert past_message({"text": "Hi", "at": MORNING}, MORNING).at == MORNING


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ({"text": ""}, "has a text, got ''"),
        ({}, "has a text, got None"),
        ({"text": "Hi", "by": "x"}, "not 'by'"),
        ({"text": "Hi", "from": "nobody"}, "from business or person, not 'nobody'"),
        (
            {"text": "Hi", "status": "lost"},
            "one of PENDING, SENT, DELIVERED, .*; got 'lost'",
        ),
        ({"text": "Hi", "at": MORNING + MICROSECOND}, "nothing was written at .* yet"),
        ({"text": "Hi", "at": "soon"}, "soon"),
    ],
)
def test_what_no_message_can_be_is_refused(value: dict[str, object], complaint: str) -> None:
    """With what it may be."""
    with pytest.raises(ValueError, match=complaint):
        past_message(value, MORNING)


def test_files_of_the_last_14_days_are_shared() -> None:
    """Of exactly 14 days too."""
    ages = (0 * DAY, 14 * DAY, 14 * DAY + MICROSECOND)

    assert [has_file(MORNING - age, MORNING) for age in ages] == [True, True, False]


def test_a_chunk_has_a_hundred_messages_unless_told_otherwise() -> None:
    """The last one has what is left."""
    made = chunks([(SHEENA, tuple(said(DAY) for _ in range(USUAL_CHUNK + 1)))], MORNING)

    assert [chunk.messages for chunk in made] == [100, 1]
