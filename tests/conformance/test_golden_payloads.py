"""Every golden payload goes through the parsers of published clients: what each reads of it, and what not.

A parser's table says what it makes of the samples of the fields that it claims to know. What a version cannot
read is listed with the reason, and must still fail: a version that learns it is noticed here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from kapso_whatsapp.webhooks import normalize_webhook
from kit.clients import heyoo_library
from kit.clients.node import Node
from kit.golden import page
from kit.identities import PRODUCTION, WABA_ID
from pywa import WhatsApp
from waba_sdk.webhook import WebhookHandler

from emulator.wire import signing
from emulator.wire.webhooks.envelope import envelope

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECRET = "a secret"
NOTHING = "nothing"


def body_of(name: str, sample: str) -> bytes:
    """The bytes of a golden payload, as they would be signed and sent."""
    return signing.encode(envelope(WABA_ID, name, page(name)["samples"][sample]["value"], AT))


@dataclass(frozen=True)
class Parser:
    """A client's parser: the fields that it knows, what it reads of each sample, and what it cannot read."""

    fields: tuple[str, ...]
    reads: Callable[[str, Mapping[str, Any]], str]
    """What it is to make of a sample, by its name and its value."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Samples that it makes nothing of, each with the reason."""

    def expected(self) -> dict[str, str]:
        """What is to be read of each sample of its fields."""
        return {
            f"{name}/{sample}": NOTHING if sample in self.unread else self.reads(sample, kept["value"])
            for name in self.fields
            for sample, kept in page(name)["samples"].items()
        }


def compare(parser: Parser, parse: Callable[[bytes], str]) -> None:
    """Put each sample of a parser's fields through it, and compare what it reads with its table."""
    expected = parser.expected()

    assert set(parser.unread) <= {name.partition("/")[2] for name in expected}
    assert {name: parse(body_of(*name.split("/", 1))) for name in expected} == expected


def kind_of(_: str, value: Mapping[str, Any]) -> str:
    """The type of a message, or the status of one."""
    for message in value.get("messages", ()):
        return str(message["type"])
    for status in value.get("statuses", ()):
        return str(status["status"])
    return NOTHING


# pywa

_CLASSES = {
    "button": "CallbackButton",
    "button_without_context": "CallbackButton",
    "button_reply": "CallbackButton",
    "list_reply": "CallbackSelection",
    "flow_reply": "FlowCompletion",
    "call_permission_reply": "CallPermissionUpdate",
    "call_permission_rejected": "CallPermissionUpdate",
    "system": "PhoneNumberChange",
    "edit": "EditedMessage",
    "revoke": "DeletedMessage",
    "delivered_in_group": "GroupMessageStatuses",
    "connect": "CallConnect",
    "terminate": "CallTerminate",
}


def _class(sample: str, value: Mapping[str, Any]) -> str:
    """The class of pywa's update: by the sample, or else whether it is a message or a status."""
    return _CLASSES.get(sample) or ("Message" if "messages" in value else "MessageStatus")


_NO_SUCH_CALL = "it knows no such event of a call"
_NO_CONTACTS = "it wants contacts, which the older example has not"
PYWA = [
    Parser(
        ("messages",),
        _class,
        {
            "failed": "it wants contacts, which the capture of 2025 has not",
            "address_reply": "no handler is for the reply to a request for an address",
            "sent_in_group": "it wants contacts, which the status of a group as a whole has not",
            "payment": "it wants a timestamp, which the example has not",
            "user_actions": "no handler is for clicks",
        },
    ),
    Parser(
        ("calls",),
        _class,
        {
            "call_created": _NO_SUCH_CALL,
            "call_recording_available": _NO_SUCH_CALL,
            "call_transcription_available": _NO_SUCH_CALL,
            "RINGING": _NO_CONTACTS,
            "ACCEPTED": _NO_CONTACTS,
            "REJECTED": _NO_CONTACTS,
        },
    ),
    Parser(("account_update",), lambda *_: "AccountUpdate"),
    Parser(("message_template_components_update",), lambda *_: "TemplateComponentsUpdate"),
    Parser(("message_template_quality_update",), lambda *_: "TemplateQualityUpdate"),
    Parser(("message_template_status_update",), lambda *_: "TemplateStatusUpdate"),
    Parser(("template_category_update",), lambda *_: "TemplateCategoryUpdate"),
    Parser(("smb_message_echoes",), lambda *_: "OutgoingMessage"),
    Parser(
        ("user_preferences",),
        lambda *_: "UserMarketingPreferences",
        {"signup": "it wants a user id, which the example has not"},
    ),
]


@pytest.fixture
def pywa() -> Callable[[bytes], str]:
    """Reads a webhook with pywa; returns the names of the classes that its handlers get."""
    client = WhatsApp(
        phone_id=PRODUCTION, token="any", server=None, verify_token="any", validate_updates=False
    )
    seen: list[str] = []
    for name in dir(WhatsApp):
        if name.startswith("on_") and name not in ("on_raw_update", "on_flow_request"):
            getattr(client, name)(lambda _, update: seen.append(type(update).__name__))

    def parse(body: bytes) -> str:
        seen.clear()
        client.webhook_update_handler(body)
        return ", ".join(seen) or NOTHING

    return parse


@pytest.mark.parametrize("parser", PYWA, ids=lambda parser: parser.fields[0])
@pytest.mark.filterwarnings("ignore:Unknown")
def test_pywa_reads_what_it_claims(parser: Parser, pywa: Callable[[bytes], str]) -> None:
    """Each update as the class that its handlers are for; words that it does not know are unknown to it."""
    compare(parser, pywa)


# waba-sdk


def _event(_: str, value: Mapping[str, Any]) -> str:
    return "MessageEvent" if "messages" in value else "StatusEvent"


WABA_SDK = Parser(
    ("messages",),
    _event,
    {
        "played": "its model has no such status",
        "reaction_removed": "its model wants an emoji",
        "call_permission_reply": "its model has no such reply",
        "call_permission_rejected": "its model has no such reply",
        "order": "its model wants quantities and prices as texts",
        "request_welcome": "its model has no such type",
        "edit": "its model has no such type",
        "revoke": "its model has no such type",
        "forwarded": "its model wants an id in every context",
        "frequently_forwarded": "its model wants an id in every context",
        "hidden_number": "its model wants a number of every person",
        "sent_to_username": "its model wants a number of every person",
        "payment": "its model has no such status",
        "user_actions": "it knows no clicks",
    },
)


def test_waba_sdk_reads_what_it_claims() -> None:
    """Each message and status as its model."""

    def parse(body: bytes) -> str:
        try:
            events = WebhookHandler(verify_token="any").parse(json.loads(body))
        except ValueError:  # of pydantic
            return NOTHING
        return ", ".join(type(event).__name__ for event in events) or NOTHING

    compare(WABA_SDK, parse)


# kapso-whatsapp-cloud-api


def _counted(_: str, value: Mapping[str, Any]) -> str:
    lists = ("messages", "statuses", "calls", "message_echoes", "user_id_update")
    word = next((name for name in lists if name in value), NOTHING)
    return {"message_echoes": "messages", "user_id_update": "identity_events"}.get(word, word)


KAPSO = Parser(
    ("messages", "calls", "smb_message_echoes", "user_id_update"),
    _counted,
    {"user_actions": "it knows no clicks"},
)


def test_kapso_reads_what_it_claims() -> None:
    """Each in the list of its kind."""

    def parse(body: bytes) -> str:
        found = vars(normalize_webhook(json.loads(body)))
        names = ("messages", "statuses", "calls", "identity_events")
        return ", ".join(name for name in names if found[name]) or NOTHING

    compare(KAPSO, parse)


# heyoo


def test_heyoo_reads_the_type_or_the_status() -> None:
    """Of every message and status; it looks no further than that."""
    client = heyoo_library.imported().WhatsApp(token="any", phone_number_id="1")

    def parse(body: bytes) -> str:
        data = json.loads(body)
        return (
            client.get_message_type(data) if client.is_message(data) else client.get_delivery(data)
        ) or NOTHING

    compare(Parser(("messages",), kind_of, {}), parse)


# on Node


@pytest.fixture
def on_node(node: Node) -> Callable[[str, Parser], dict[str, str]]:
    """Reads every sample of a parser with a script on Node."""

    def read(script: str, parser: Parser) -> dict[str, str]:
        bodies = {name: body_of(*name.split("/", 1)) for name in parser.expected()}
        deliveries = [
            {"name": name, "body": body.decode(), "signature": signing.signature(body, SECRET)}
            for name, body in bodies.items()
        ]
        read: dict[str, str] = node.run(
            script, "parse", deliveries=deliveries, secret=SECRET, token="any", url="http://127.0.0.1"
        )
        return read

    return read


def _lists(_: str, value: Mapping[str, Any]) -> str:
    lists = ("messages", "statuses", "calls", "message_echoes")
    word = next((name for name in lists if name in value), NOTHING)
    return {"message_echoes": "messages"}.get(word, word)


def test_kapso_on_node_reads_what_it_claims(on_node: Callable[[str, Parser], dict[str, str]]) -> None:
    """Each in the list of its kind."""
    parser = Parser(
        ("messages", "calls", "smb_message_echoes"), _lists, {"user_actions": "it knows no clicks"}
    )

    assert on_node("kapso.mjs", parser) == parser.expected()


def test_whatsapp_api_js_reads_what_it_claims(on_node: Callable[[str, Parser], dict[str, str]]) -> None:
    """Each message by its type, and each status by its word."""
    parser = Parser(("messages",), kind_of, {"user_actions": "it knows no clicks"})

    assert on_node("whatsapp_api_js.mjs", parser) == parser.expected()
