"""What people do, as the libraries' own parsers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from kapso_whatsapp.webhooks import normalize_webhook
from kit.clients.message_kinds import rows
from kit.identities import PRODUCTION, SHEENA_NUMBER
from kit.receivers import ServedInbox
from pywa import WhatsApp
from pywa.types import Button, CallbackButton, CallbackSelection, Message, Section, SectionList, SectionRow
from waba_sdk.webhook import MessageEvent, WebhookHandler

from emulator import Sandbox, Server

PLACE = {"latitude": 37.4847, "longitude": -122.1473, "name": "The shop", "address": "1 Hacker Way"}
PABLO = {
    "name": {"formatted_name": "Pablo Morales", "first_name": "Pablo"},
    "phones": [{"phone": "+1 650 555 4321", "wa_id": "16505554321", "type": "CELL"}],
}
REPLIES = [Button("Fern", "fern"), Button("Cactus", "cactus")]
PLANTS = SectionList("Choose", [Section("Green", [SectionRow("Fern", "fern", "Likes shade")])])

Act = Callable[[WhatsApp, str], tuple[str, dict[str, Any]]]
"""Prepares what a person does; returns the act of the control API and its body. Takes a message of ours."""


def written(kind: str, content: Any) -> Act:
    return lambda *_: ("messages", {"type": kind, kind: content})


def asked(sent: Callable[[WhatsApp], Any], tapped: str) -> Act:
    """A tap on something we asked the person."""
    return lambda wa, _: ("taps", {"message_id": sent(wa).id, tapped: "Fern"})


@dataclass(frozen=True, slots=True)
class Row:
    """What a person does, and how each parser must read it."""

    act: Act
    waba_sdk: Callable[[Any], Any]
    kapso: Callable[[dict[str, Any]], Any]
    pywa: Callable[[Any], Any]
    reads: Any


ROWS: Mapping[str, Row] = {
    "person text": Row(
        written("text", {"body": "héllo / 😀"}),
        waba_sdk=lambda message: message.text.body,
        kapso=lambda message: message["text"]["body"],
        pywa=lambda message: message.text,
        reads="héllo / 😀",
    ),
    "person location": Row(
        written("location", PLACE),
        waba_sdk=lambda message: (message.location.latitude, message.location.name),
        kapso=lambda message: (message["location"]["latitude"], message["location"]["name"]),
        pywa=lambda message: (message.location.latitude, message.location.name),
        reads=(37.4847, "The shop"),
    ),
    "person contacts": Row(
        written("contacts", [PABLO]),
        waba_sdk=lambda message: (
            message.contacts[0].name.formatted_name,
            message.contacts[0].phones[0].wa_id,
        ),
        kapso=lambda message: (
            message["contacts"][0]["name"]["formattedName"],
            message["contacts"][0]["phones"][0]["waId"],
        ),
        pywa=lambda message: (message.contacts[0].name.formatted_name, message.contacts[0].phones[0].wa_id),
        reads=("Pablo Morales", "16505554321"),
    ),
    "person reaction": Row(
        lambda _, ours: ("reactions", {"message_id": ours, "emoji": "🌵"}),
        waba_sdk=lambda message: message.reaction.emoji,
        kapso=lambda message: message["reaction"]["emoji"],
        pywa=lambda message: message.reaction.emoji,
        reads="🌵",
    ),
    "person button": Row(
        asked(lambda wa: wa.send_message(SHEENA_NUMBER, "Which plant?", buttons=REPLIES), "button"),
        waba_sdk=lambda message: (
            message.interactive.button_reply.id,
            message.interactive.button_reply.title,
        ),
        kapso=lambda message: (
            message["interactive"]["buttonReply"]["id"],
            message["interactive"]["buttonReply"]["title"],
        ),
        pywa=lambda button: (button.data, button.title),
        reads=("fern", "Fern"),
    ),
    "person list": Row(
        asked(lambda wa: wa.send_message(SHEENA_NUMBER, "Which plant?", buttons=PLANTS), "row"),
        waba_sdk=lambda message: (message.interactive.list_reply.id, message.interactive.list_reply.title),
        kapso=lambda message: (
            message["interactive"]["listReply"]["id"],
            message["interactive"]["listReply"]["title"],
        ),
        pywa=lambda selection: (selection.data, selection.title),
        reads=("fern", "Fern"),
    ),
}


@pytest.mark.parametrize("row", rows(ROWS))
def test_every_parser_reads_what_a_person_did(
    row: str,
    wa: WhatsApp,
    sandbox: Sandbox,
    server: Server,
    receiver: ServedInbox,
    complaints: Callable[[], list[str]],
) -> None:
    """The same act is the same thing to waba-sdk, to kapso-whatsapp-cloud-api and to pywa."""
    seen: list[Any] = []
    wa.on_message(lambda _, message: seen.append(message))
    wa.on_callback_button(lambda _, button: seen.append(button))
    wa.on_callback_selection(lambda _, selection: seen.append(selection))
    sandbox.people.say(SHEENA_NUMBER, "hello")
    ours = wa.send_message(SHEENA_NUMBER, "Welcome!").id
    act, body = ROWS[row].act(wa, ours)
    sandbox.settle()

    person = f"{server.url}/_emulator/sandboxes/{sandbox.name}/people/{SHEENA_NUMBER.removeprefix('+')}"
    done = httpx.post(f"{person}/{act}", json=body)
    sandbox.settle()

    *_, webhook = (one for one in receiver.payloads if "messages" in one["entry"][0]["changes"][0]["value"])
    (event,) = WebhookHandler(verify_token="any").parse(webhook)
    (normalized,) = normalize_webhook(webhook).messages
    wa.webhook_update_handler(receiver.bodies[receiver.payloads.index(webhook)])
    (update,) = seen
    assert done.is_success, done.text
    assert isinstance(event, MessageEvent)
    assert isinstance(update, Message | CallbackButton | CallbackSelection)
    assert event.phone_number_id == PRODUCTION
    assert (
        ROWS[row].waba_sdk(event.message),
        ROWS[row].kapso(normalized),
        ROWS[row].pywa(update),
    ) == (ROWS[row].reads,) * 3
    assert event.message.id == normalized["id"] == update.id
    assert complaints() == []
