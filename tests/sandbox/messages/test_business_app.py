"""What somebody of a business does in the WhatsApp Business app, and what the app of the integrator hears."""

from __future__ import annotations

from io import BytesIO

import pytest
from kit.golden import golden, normalised
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.receivers import Inbox
from kit.sandboxes import send
from kit.times import DAY, START

from emulator import Sandbox


def test_chats_are_shared_as_documented(sandbox: Sandbox, everything: Inbox) -> None:
    """The golden payload, here of one message."""
    sandbox.people.change(SHEENA, username="sheena.n", shows_number=True)
    sandbox.business_app.share_history(
        {SHEENA: [{"text": "Here's the info you requested!", "from": "business"}]}
    )
    sandbox.settle()

    (made,) = everything.of("history")
    expected = golden("history", "threads")
    (chunk,) = expected["history"]
    chunk["metadata"]["progress"] = 100
    chunk["threads"][0]["context"]["username"] = "sheena.n"
    chunk["threads"][0]["messages"].pop()
    chunk["threads"][0]["messages"][0]["id"] = "<wamid>"
    assert normalised(made) == expected


def test_without_chats_the_conversations_of_the_sandbox_are_shared(
    sandbox: Sandbox, everything: Inbox
) -> None:
    """Files are placeholders, groups are left out, and what nobody has marked as read is pending."""
    sandbox.people.say(SHEENA, "Long ago")
    sandbox.clock.advance(2 * DAY)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.show(SHEENA, "image", BytesIO(b"\x89PNG"), "image/png", caption="A fern")
    sandbox.people.send(SHEENA, "location", {"latitude": 1.5, "longitude": 2.5})
    group = sandbox.groups.make("Gardeners", SHEENA)
    sandbox.people.say(SHEENA, "Hello all", group=group.id)
    sent = send(sandbox, "Hi")
    sandbox.settle()
    everything.clear()

    found = sandbox.business_app.share_history(chunk=3)
    sandbox.settle()

    values = everything.of("history")
    assert [(each.phase, each.order, each.progress, each.messages) for each in found] == [
        (0, 1, 60, 3),
        (0, 2, 80, 1),
        (1, 3, 100, 1),
    ]
    messages = [
        message
        for value in values
        for chunk in value["history"]
        for thread in chunk["threads"]
        for message in thread["messages"]
    ]
    assert [(message["type"], message["history_context"]["status"]) for message in messages] == [
        ("text", "PENDING"),
        ("media_placeholder", "PENDING"),
        ("location", "PENDING"),
        ("text", "READ"),
        ("text", "PENDING"),
    ]
    assert [message["id"] for message in messages if "to" in message] == [sent]
    assert "image" not in messages[1]
    assert len(sandbox.messages.all()) == 6


def test_chats_that_are_not_shared_are_told_by_an_error(sandbox: Sandbox, everything: Inbox) -> None:
    """The golden payload."""
    sandbox.business_app.decline_history()
    sandbox.settle()

    assert normalised(everything.of("history")) == [golden("history", "declined")]


@pytest.mark.parametrize("action", ["add", "remove"])
def test_contacts_of_the_app_are_told(sandbox: Sandbox, everything: Inbox, action: str) -> None:
    """The golden payload: a name for one that is added or changed, none for one that is removed."""
    sandbox.people.change(SHEENA, username="pablomorales", shows_number=True)
    if action == "add":
        sandbox.business_app.save_contact(SHEENA, "Pablo Morales", "Pablo")
    else:
        sandbox.business_app.remove_contact(SHEENA)
    sandbox.settle()

    assert normalised(everything.of("smb_app_state_sync")) == [golden("smb_app_state_sync", action)]


def test_a_contact_is_called_as_they_call_themselves(sandbox: Sandbox, everything: Inbox) -> None:
    """Unless a name is given; the journal says so."""
    sandbox.business_app.save_contact(PABLO)
    sandbox.settle()

    (value,) = everything.of("smb_app_state_sync")
    contact = value["state_sync"][0]["contact"]
    assert (contact["full_name"], contact["first_name"]) == ("Pablo Morales", "Pablo")
    (entry,) = sandbox.journal.all(kind="person")
    assert (entry.wa_id, entry.at) == (PABLO, START)
    assert entry.summary.startswith("Pablo Morales is saved as Pablo Morales in the app of ")


def test_an_app_that_is_not_subscribed_hears_nothing(sandbox: Sandbox, inbox: Inbox) -> None:
    """The journal says that nobody listens."""
    sandbox.business_app.share_history({SHEENA: [{"text": "Hi"}]}, number=PRODUCTION)
    sandbox.settle()

    assert inbox.webhooks == []
    assert any("nobody listens to history" in entry.summary for entry in sandbox.journal.all(kind="webhook"))
