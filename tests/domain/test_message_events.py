"""Whom an event is about, and whose apps hear of it."""

from __future__ import annotations

import pytest
from kit.facts import LUCKY_NUMBER, SHEENA_NELSON
from kit.identities import SHEENA, WABA_ID
from kit.times import MORNING

from emulator.domain.events.messages import MessageRead
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person

MESSAGE = Message("wamid.1", LUCKY_NUMBER.id, SHEENA, True, "text", MessageStatus.READ, MORNING)


@pytest.mark.parametrize(("person", "wa_id"), [(SHEENA_NELSON, SHEENA), (None, None)])
def test_an_event_of_a_message_is_about_its_person(person: Person | None, wa_id: str | None) -> None:
    """About nobody where a number belongs to nobody, or in a group as a whole."""
    event = MessageRead(MESSAGE, LUCKY_NUMBER, person, None, at=MORNING)

    assert event.wa_id == wa_id
    assert (event.subject, event.waba_ids, event.business_number) == ("wamid.1", (WABA_ID,), LUCKY_NUMBER)
