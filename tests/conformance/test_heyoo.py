"""heyoo, unmodified: an older library on requests, whose addresses are attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.clients import heyoo_library
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, rows
from kit.identities import PRODUCTION, SHEENA, SHEENA_NUMBER, TEST
from kit.receivers import ServedInbox

from emulator import Sandbox, Server

WhatsApp = heyoo_library.imported().WhatsApp
ROW = {"id": "fern", "title": "Fern", "description": "Likes shade"}
LIST = {
    "header": "Plants",
    "body": QUESTION,
    "footer": "Lucky Shrub",
    "action": {"button": "Choose", "sections": [{"title": "Green", "rows": [ROW]}]},
}
REPLY = {"type": "reply", "reply": {"id": "fern", "title": "Fern"}}
BUTTONS = {"type": "button", "body": {"text": QUESTION}, "action": {"buttons": [REPLY]}}
PABLO = {"name": {"formatted_name": "Pablo Morales", "first_name": "Pablo"}, "phones": [{"phone": "+1650"}]}

Send = Callable[[Any, str, str], dict[str, Any]]
"""Sends by the client, with the address of a file server and the id of a message Sheena wrote."""

SENDS: Mapping[str, Send] = {
    "text": lambda wa, *_: wa.send_message("See https://example.com", SHEENA),
    "image": lambda wa, shelf, _: wa.send_image(f"{shelf}/fern.png", SHEENA, caption="A fern"),
    "video": lambda wa, shelf, _: wa.send_video(f"{shelf}/water.mp4", SHEENA, "How to water it"),
    "audio": lambda wa, shelf, _: wa.send_audio(f"{shelf}/birds.mp3", SHEENA),
    "document": lambda wa, shelf, _: wa.send_document(f"{shelf}/prices.pdf", SHEENA, filename="prices.pdf"),
    "sticker": lambda wa, shelf, _: wa.send_sticker(f"{shelf}/cactus.webp", SHEENA),
    "location": lambda wa, *_: wa.send_location(37.4847, -122.1473, "The shop", "1 Hacker Way", SHEENA),
    "contacts": lambda wa, *_: wa.send_contacts([PABLO], SHEENA),
    "reaction": lambda wa, _, hello: wa.send_reaction("🌵", hello, SHEENA),
    "buttons": lambda wa, *_: wa.send_reply_button(BUTTONS, SHEENA),
    "list": lambda wa, *_: wa.send_button(LIST, SHEENA),
}


def pointed_at(server: Server, token: str, phone_number_id: str) -> Any:
    """A heyoo client whose addresses are the emulator's."""
    messenger = WhatsApp(token, phone_number_id)
    messenger.base_url = f"{server.url}/v14.0"
    messenger.v15_base_url = f"{server.url}/v15.0"
    messenger.url = f"{messenger.base_url}/{phone_number_id}/messages"
    return messenger


@pytest.fixture
def messenger(server: Server, sandbox: Sandbox) -> Any:
    return pointed_at(server, sandbox.identity()["access_token"], PRODUCTION)


@pytest.mark.parametrize("row", rows(SENDS))
def test_every_kind_arrives(row: str, messenger: Any, sandbox: Sandbox, shelf: str) -> None:
    """What the library makes of a kind, with ``null`` for what is not given, reaches the person."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id

    sent = SENDS[row](messenger, shelf, hello)
    sandbox.settle()

    assert arrived(sandbox, row, sent["messages"][0]["id"]) == expected(row)


@needs("media")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # it does not close the file it uploads
@pytest.mark.parametrize("name", ["fern.png", "prices.pdf"])
def test_a_file_goes_up_and_comes_down_again(name: str, messenger: Any, tmp_path: Path) -> None:
    """What was uploaded is downloaded unchanged, and is gone when it was deleted."""
    mime_type, content = FILES[name]
    (tmp_path / name).write_bytes(content)

    media_id = messenger.upload_media(str(tmp_path / name))["id"]
    url = messenger.query_media_url(media_id)
    saved = messenger.download_media(url, mime_type, str(tmp_path / "downloaded"))
    deleted = messenger.delete_media(media_id)

    assert Path(saved).read_bytes() == content
    assert deleted == {"success": True}
    assert messenger.query_media_url(media_id) is None


def test_its_helpers_read_what_a_person_wrote(
    messenger: Any, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """They look into the first entry, the first change and the first message, and find it there."""
    written = sandbox.people.say(SHEENA_NUMBER, "Do you ship to Oslo?")
    sandbox.settle()

    (webhook,) = receiver.payloads
    assert messenger.changed_field(webhook) == "messages"
    assert messenger.is_message(webhook) is True
    assert messenger.get_mobile(webhook) == SHEENA
    assert messenger.get_name(webhook) == "Sheena Nelson"
    assert messenger.get_message_type(webhook) == "text"
    assert messenger.get_message(webhook) == "Do you ship to Oslo?"
    assert messenger.get_message_id(webhook) == written.id
    assert messenger.get_message_timestamp(webhook) == str(int(sandbox.clock.now().timestamp()))
    assert messenger.get_delivery(webhook) is None


def test_a_text_an_answer_and_a_read_receipt(messenger: Any, sandbox: Sandbox, receiver: ServedInbox) -> None:
    """A text, a reply that quotes the person, the blue ticks, and a delivery for every step of both."""
    written = sandbox.people.say(SHEENA_NUMBER, "hello")
    text = messenger.send_message("See https://example.com", SHEENA)
    reply = messenger.reply_to_message(written.id, SHEENA, "Welcome!")
    marked = messenger.mark_as_read(written.id)
    sandbox.settle()

    sent = [answer["messages"][0]["id"] for answer in (text, reply)]
    deliveries = [
        messenger.get_delivery(each) for each in receiver.payloads if not messenger.is_message(each)
    ]
    contexts = {message.id: message.context_id for message in sandbox.messages.all()}
    assert text == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": SHEENA, "wa_id": SHEENA}],
        "messages": [{"id": sent[0]}],
    }
    assert marked == {"success": True}
    assert sorted(deliveries) == ["delivered", "delivered", "read", "read", "sent", "sent"]
    assert contexts == {written.id: None, sent[0]: None, sent[1]: written.id}
    assert {str(message.status) for message in sandbox.messages.all()} == {"read"}


def test_a_template_is_sent_with_its_components(messenger: Any, sandbox: Sandbox) -> None:
    """The components are a list the caller writes; the answer says that the template was accepted."""
    body = [{"type": "text", "text": "Sheena"}, {"type": "text", "text": "860198"}]
    track = [{"type": "text", "text": "860198"}]

    sent = messenger.send_template(
        "order_shipped",
        SHEENA,
        components=[
            {"type": "body", "parameters": body},
            {"type": "button", "sub_type": "url", "index": "1", "parameters": track},
        ],
    )
    sandbox.settle()

    (message,) = sandbox.messages.all()
    assert sent["messages"] == [{"id": message.id, "message_status": "accepted"}]
    assert "Good news, Sheena! Your order 860198 has left our greenhouse" in message.text


def test_hello_world_goes_from_the_test_number(server: Server, sandbox: Sandbox) -> None:
    """The first thing a newcomer sends: the sample, from the number that came with the account."""
    newcomer = pointed_at(server, sandbox.identity()["access_token"], TEST)

    sent = newcomer.send_template("hello_world", SHEENA, components=[], lang="en_US")
    sandbox.settle()

    assert [str(message.status) for message in sandbox.messages.all()] == ["read"]
    assert sent["messages"][0]["message_status"] == "accepted"


def test_a_refusal_is_returned_as_it_came(messenger: Any, sandbox: Sandbox) -> None:
    """heyoo raises nothing: the caller finds Graph's error in the answer."""
    refused = messenger.send_template("no_such_template", SHEENA, components=[])

    assert refused["error"]["code"] == 132001
    assert refused["error"]["type"] == "OAuthException"
    assert refused["error"]["error_data"] == {
        "messaging_product": "whatsapp",
        "details": "template name (no_such_template) does not exist in en_US",
    }
    assert sandbox.messages.all() == []


def test_a_late_text_fails_in_the_webhook_only(
    messenger: Any, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """A day later the call is still accepted; who reads only the answer does not learn of the failure."""
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.clock.advance(timedelta(hours=25))
    sent = messenger.send_message("Still there?", SHEENA)
    sandbox.settle()

    assert "error" not in sent
    assert receiver.steps == [(sent["messages"][0]["id"], "failed")]
    assert messenger.get_delivery(receiver.payloads[-1]) == "failed"
