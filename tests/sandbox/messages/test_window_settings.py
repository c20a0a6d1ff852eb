"""What the business hears of calls, edits and deletions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.receivers import Inbox
from kit.sandboxes import begin, hear, notes
from kit.values import present

from emulator import Emulator

START = "2026-11-02T09:00:00"
BUSINESS = "15550783881"


def calls(inbox: Inbox) -> list[dict[str, Any]]:
    return [call for value in inbox.values for call in value.get("calls", ())]


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        (None, {"timestamp": "1793610045", "status": "FAILED"}),
        (
            timedelta(minutes=2),
            {
                "timestamp": "1793610120",
                "status": "COMPLETED",
                "start_time": "1793610000",
                "end_time": "1793610120",
                "duration": 120,
            },
        ),
    ],
)
def test_a_call_connects_and_terminates(
    emulator: Emulator, lasts: timedelta | None, end: dict[str, Any]
) -> None:
    """Times of the call only when somebody answered."""
    sandbox, inbox = begin(emulator, START)

    made = sandbox.people.call(SHEENA, lasts=lasts)
    sandbox.clock.advance(timedelta(minutes=5))

    connect, terminate = calls(inbox)
    about = {
        "id": made.id,
        "to": BUSINESS,
        "from": SHEENA,
        "from_user_id": sandbox.people.get(SHEENA).user_id,
    }
    session = connect.pop("session")
    assert connect == about | {"event": "connect", "timestamp": "1793610000", "direction": "USER_INITIATED"}
    assert (session["sdp_type"], session["sdp"][:5]) == ("offer", "v=0\r\n")
    assert terminate == about | {"event": "terminate", "direction": "USER_INITIATED"} | end


def test_calls_are_told_under_their_own_field(emulator: Emulator) -> None:
    """With the business number, and who calls; without the time of the entry."""
    sandbox, inbox = begin(emulator, START)

    made = sandbox.people.call(SHEENA)
    sandbox.settle()

    (entry,) = inbox.webhooks[0].json["entry"]
    assert made.id.startswith("wacid.")
    assert set(entry) == {"id", "changes"}
    assert entry["changes"][0]["field"] == "calls"
    assert entry["changes"][0]["value"]["metadata"]["phone_number_id"] == PRODUCTION
    assert entry["changes"][0]["value"]["contacts"][0]["wa_id"] == SHEENA


def test_without_the_field_nobody_hears_of_calls(emulator: Emulator) -> None:
    """The journal says so."""
    sandbox, inbox = begin(emulator, START)
    hear(sandbox, 23)
    with sandbox.services.command() as store:
        from dataclasses import replace

        subscription = present(store.accounts.subscription(sandbox.accounts.app().id))
        store.accounts.put_subscription(replace(subscription, fields=(("messages", "v23.0"),)))

    sandbox.people.call(SHEENA)
    sandbox.settle()

    assert inbox.webhooks == []
    assert "nobody listens to calls: no app has a callback URL for it" in notes(sandbox, "webhook")


def test_most_numbers_hear_that_something_was_edited_and_nothing_of_deletions(emulator: Emulator) -> None:
    """The edit is a message the API does not show."""
    sandbox, inbox = begin(emulator, START)
    said = sandbox.people.say(SHEENA, "Helo")

    sandbox.people.edit(SHEENA, said.id, "Hello")
    assert sandbox.people.delete(SHEENA, said.id) is None
    sandbox.settle()

    _, edited = (message for value in inbox.values for message in value["messages"])
    assert (edited["type"], edited["unsupported"]) == ("unsupported", {"type": "edit"})
    assert edited["errors"][0]["code"] == 131051
    assert notes(sandbox, "message")[-1].endswith("deleted: Helo; the business does not hear of it")


def test_others_get_edits_and_deletions_as_messages(emulator: Emulator) -> None:
    """With the id of the original."""
    sandbox, inbox = begin(emulator, START, edits_told="messages")
    said = sandbox.people.say(SHEENA, "Helo")

    sandbox.people.edit(SHEENA, said.id, "Hello")
    sandbox.people.delete(SHEENA, said.id)
    sandbox.settle()

    _, edited, revoked = (message for value in inbox.values for message in value["messages"])
    assert (edited["type"], edited["edit"]) == (
        "edit",
        {"original_message_id": said.id, "message": {"type": "text", "text": {"body": "Hello"}}},
    )
    assert (revoked["type"], revoked["revoke"]) == ("revoke", {"original_message_id": said.id})


def test_an_ad_stands_before_what_was_written(emulator: Emulator) -> None:
    """The referral is a member of the message."""
    sandbox, inbox = begin(emulator, START)
    ad = {"source_url": "https://fb.me/1", "source_id": "1", "source_type": "post"}

    sandbox.people.say(SHEENA, "Hello", referral=ad)
    sandbox.settle()

    message = inbox.values[0]["messages"][0]
    assert message["referral"] == ad
    assert message["text"] == {"body": "Hello"}
