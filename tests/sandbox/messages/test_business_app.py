"""What somebody of a business does in the WhatsApp Business app, and what the app of the integrator hears."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from kit.golden import golden, normalised
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.receivers import Inbox
from kit.sandboxes import send
from kit.times import DAY, MICROSECOND, START

from emulator import Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.outbound import FreeForm


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
        for chunk in value.get("history", [])
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


def shown(sandbox: Sandbox, caption: str | None = "Black Prince echeveria") -> str:
    """Have Sheena show a photo; returns the id of her message."""
    return sandbox.people.show(SHEENA, "image", BytesIO(b"\xff\xd8\xff"), "image/jpeg", caption=caption).id


def files(inbox: Inbox) -> list[dict[str, Any]]:
    """The webhooks of the field history that have the file of a message."""
    return [value for value in inbox.of("history") if "history" not in value]


def test_the_file_of_a_placeholder_follows_as_documented(sandbox: Sandbox, everything: Inbox) -> None:
    """The golden payloads: of somebody who showed it, and of the business, which sent the same file."""
    sandbox.people.change(SHEENA, username="pablomorales", shows_number=True)
    came = shown(sandbox)
    media_id = sandbox.messages.get(came).content["id"]
    sent = send(sandbox, FreeForm(KINDS["image"], {"id": media_id, "caption": "Black Prince echeveria"}))
    sandbox.settle()
    everything.clear()

    sandbox.business_app.share_history()
    sandbox.settle()

    (chats, *told) = everything.of("history")
    placeholders = [each["id"] for each in chats["history"][0]["threads"][0]["messages"]]
    assert normalised(told) == [golden("history", "file"), golden("history", "file_echo")]
    assert placeholders == [came, sent] == [told[0]["messages"][0]["id"], told[1]["message_echoes"][0]["id"]]
    assert told[0]["messages"][0]["image"]["id"] == told[1]["message_echoes"][0]["image"]["id"] == media_id
    entries = [entry for entry in sandbox.journal.all(kind="message") if "is shared" in entry.summary]
    assert [(entry.subject, entry.wa_id) for entry in entries] == [(came, SHEENA), (sent, SHEENA)]


def test_files_of_the_last_14_days_are_shared(sandbox: Sandbox, everything: Inbox) -> None:
    """Those of exactly 14 days too, no older one; neither username nor caption where there is none."""
    sandbox.people.say(SHEENA, "Hello")
    number = sandbox.accounts.number(PRODUCTION)
    photo = sandbox.media.upload(number, BytesIO(b"\xff\xd8\xff"), "image/jpeg")
    send(sandbox, FreeForm(KINDS["image"], {"id": photo.id, "caption": "Too old"}))
    sandbox.clock.advance(MICROSECOND)
    in_time = send(sandbox, FreeForm(KINDS["image"], {"id": photo.id}))
    sandbox.clock.advance(14 * DAY)
    everything.clear()

    sandbox.business_app.share_history()
    sandbox.settle()

    (value,) = files(everything)
    (message,) = value["message_echoes"]
    assert (message["id"], sorted(message["image"])) == (in_time, ["id", "mime_type", "sha256"])
    assert "profile" not in value["contacts"][0]


def test_a_file_that_is_not_there_is_not_shared(sandbox: Sandbox, everything: Inbox) -> None:
    """One that was deleted, and one that was sent by a link; both are placeholders."""
    came = shown(sandbox)
    sandbox.settle()
    photo = sandbox.media.find(sandbox.messages.get(came).content["id"])
    assert photo is not None
    sandbox.media.delete(photo)
    send(sandbox, FreeForm(KINDS["image"], {"link": "http://127.0.0.1:9/a.jpg"}))
    everything.clear()

    (chunk,) = sandbox.business_app.share_history()
    sandbox.settle()

    assert (chunk.messages, files(everything)) == (2, [])


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
