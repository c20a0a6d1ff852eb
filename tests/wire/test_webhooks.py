"""Webhook payloads: their members, in the order in which the platform writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import SHEENA_NELSON as SHEENA
from kit.identities import ORDER_SHIPPED, PRODUCTION, PRODUCTION_DIGITS
from kit.identities import WABA_ID as WABA

from emulator.domain.errors import MessageError, message_error, refuse
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import Pricing, Quote
from emulator.domain.templates.template import Status, Template
from emulator.wire.webhooks import messages as webhooks
from emulator.wire.webhooks.envelope import envelope
from emulator.wire.webhooks.fields import FIELDS
from emulator.wire.webhooks.messages import failure, inbound, status
from emulator.wire.webhooks.templates import template_status

HINT = "It came so; send something else."

AT = datetime(2025, 6, 8, 20, 59, 43, 987_654, tzinfo=UTC)
SECONDS = "1749416383"
METADATA = {"display_phone_number": PRODUCTION_DIGITS, "phone_number_id": PRODUCTION}
SERVICE = Pricing(False, "PMP", "service", "free_customer_service")
MARKETING = Pricing(True, "PMP", "marketing", "regular")


def written(**facts: Any) -> Message:
    usual: dict[str, Any] = {
        "id": "wamid.IN",
        "outbound": False,
        "type": "text",
        "status": MessageStatus.RECEIVED,
        "content": {"body": "Does it come in another color?"},
    }
    return Message(phone_number_id=NUMBER.id, wa_id=SHEENA.wa_id, at=AT, **(usual | facts))


def sent(**facts: Any) -> Message:
    return written(**({"id": "wamid.OUT", "outbound": True, "status": MessageStatus.SENT} | facts))


def status_value(became: MessageStatus = MessageStatus.SENT, **facts: Any) -> dict[str, Any]:
    message = facts.pop("message", sent())
    person = facts.pop("person", SHEENA)
    value: dict[str, Any] = status(NUMBER, person, message, became, AT, **facts)
    return value


def same(given: object, expected: object) -> None:
    """Equal, with every member in its place."""
    assert json.dumps(given, indent=1) == json.dumps(expected, indent=1)


def test_a_message_field_has_no_time() -> None:
    """The object, the WABA as a string, value before field."""
    same(
        envelope(WABA, "messages", {"a": 1}, AT),
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": WABA, "changes": [{"value": {"a": 1}, "field": "messages"}]}],
        },
    )


def test_a_template_field_has_a_time() -> None:
    """A whole number of seconds."""
    same(
        envelope(WABA, "message_template_status_update", {"a": 1}, AT)["entry"],
        [
            {
                "id": WABA,
                "time": int(SECONDS),
                "changes": [{"value": {"a": 1}, "field": "message_template_status_update"}],
            }
        ],
    )


def test_a_text_from_a_person() -> None:
    """Seconds as a string, digits without a plus, the business-scoped user id beside each number."""
    same(
        inbound(NUMBER, SHEENA, written()),
        {
            "messaging_product": "whatsapp",
            "metadata": METADATA,
            "contacts": [
                {
                    "profile": {"name": "Sheena Nelson"},
                    "wa_id": "16505551234",
                    "user_id": "US.13491208655302741918",
                }
            ],
            "messages": [
                {
                    "from": "16505551234",
                    "from_user_id": "US.13491208655302741918",
                    "id": "wamid.IN",
                    "timestamp": SECONDS,
                    "type": "text",
                    "text": {"body": "Does it come in another color?"},
                }
            ],
        },
    )


def test_a_tap_on_a_quick_reply() -> None:
    """Type ``button``, and the context names the template's message and the business as its author."""
    tap = written(
        type="button",
        content={"payload": "Unsubscribe", "text": "Unsubscribe"},
        context={"from": "15550783881", "id": "wamid.T"},
    )

    same(
        inbound(NUMBER, SHEENA, tap)["messages"],
        [
            {
                "context": {"from": "15550783881", "id": "wamid.T"},
                "from": "16505551234",
                "from_user_id": "US.13491208655302741918",
                "id": "wamid.IN",
                "timestamp": SECONDS,
                "type": "button",
                "button": {"payload": "Unsubscribe", "text": "Unsubscribe"},
            }
        ],
    )


def test_a_sent_status_is_the_captured_one() -> None:
    """Verbatim a capture of 2026: contacts without a profile, no conversation, pricing in this order."""
    person = Person("51996753410", "Somebody", "PE.977227911932240")
    message = replace(
        sent(id="wamid.HBgLNTE5OTY3NTM0MTAVAgARGBI1N0IzMjVFREZBMkY4QjFGRjUA"), wa_id=person.wa_id
    )
    at = datetime.fromtimestamp(1778809221, UTC)

    same(
        status(NUMBER, person, message, MessageStatus.SENT, at, quote=Quote(SERVICE)),
        {
            "messaging_product": "whatsapp",
            "metadata": METADATA,
            "contacts": [{"wa_id": "51996753410", "user_id": "PE.977227911932240"}],
            "statuses": [
                {
                    "id": "wamid.HBgLNTE5OTY3NTM0MTAVAgARGBI1N0IzMjVFREZBMkY4QjFGRjUA",
                    "status": "sent",
                    "timestamp": "1778809221",
                    "recipient_id": "51996753410",
                    "recipient_user_id": "PE.977227911932240",
                    "pricing": {
                        "billable": False,
                        "pricing_model": "PMP",
                        "category": "service",
                        "type": "free_customer_service",
                    },
                }
            ],
        },
    )


@pytest.mark.parametrize("became", [MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ], ids=str)
def test_sent_delivered_and_read_tell_the_price(became: MessageStatus) -> None:
    """As nearly every captured status does."""
    assert status_value(became, quote=Quote(MARKETING))["statuses"][0]["pricing"] == {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "marketing",
    }


def test_under_conversation_pricing_there_is_no_type() -> None:
    """Before July 2025."""
    pricing = status_value(quote=Quote(Pricing(True, "CBP", "utility")))["statuses"][0]["pricing"]

    assert pricing == {"billable": True, "pricing_model": "CBP", "category": "utility"}


@pytest.mark.parametrize(("version", "told_of"), [(23, True), (24, False), (26, False)])
@pytest.mark.parametrize("became", [MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ], ids=str)
def test_only_webhooks_before_24_tell_of_a_conversation(
    became: MessageStatus, version: int, told_of: bool
) -> None:
    """One of its own for every message; when it expires only on ``sent``, as a string."""
    (given,) = status_value(became, quote=Quote(MARKETING), webhook_version=version)["statuses"]

    assert ("conversation" in given) is told_of
    if told_of:
        conversation = given["conversation"]
        expires = {"expiration_timestamp": "1749502783"} if became is MessageStatus.SENT else {}
        assert conversation == {"id": conversation["id"], **expires, "origin": {"type": "marketing"}}
        assert len(conversation["id"]) == 32


def test_a_conversation_is_the_message_s_own() -> None:
    """The same over its statuses, another one for another message."""

    def conversation(message_id: str, became: MessageStatus) -> str:
        given = status_value(became, message=sent(id=message_id), quote=Quote(SERVICE), webhook_version=23)
        return str(given["statuses"][0]["conversation"]["id"])

    first = {conversation("wamid.1", became) for became in (MessageStatus.SENT, MessageStatus.READ)}

    assert len(first) == 1
    assert conversation("wamid.2", MessageStatus.SENT) not in first


def test_callback_data_comes_back_in_every_status() -> None:
    """Also when the message failed."""
    message = sent(callback_data="order 7")
    closed = message_error(131047, rule="window_is_open", hint=HINT)

    assert (
        status_value(message=message, quote=Quote(SERVICE))["statuses"][0]["biz_opaque_callback_data"]
        == "order 7"
    )
    assert (
        status_value(MessageStatus.FAILED, message=message, error=closed)["statuses"][0][
            "biz_opaque_callback_data"
        ]
        == "order 7"
    )


def test_a_message_that_made_a_template_names_it_in_every_status() -> None:
    """After the price, before the errors; others have no such member."""
    message = sent(template_id=ORDER_SHIPPED, direct=True)
    failed = status_value(MessageStatus.FAILED, message=message, error=message_error(131026, hint=HINT))[
        "statuses"
    ][0]
    arrived = status_value(message=message, quote=Quote(SERVICE))["statuses"][0]

    assert list(arrived)[-2:] == ["pricing", "template_id"]
    assert list(failed)[-2:] == ["template_id", "errors"]
    assert arrived["template_id"] == failed["template_id"] == ORDER_SHIPPED
    assert "template_id" not in status_value()["statuses"][0]


def test_a_message_outside_the_window_failed() -> None:
    """No price, no conversation; the person is known; title and message are the same sentence."""
    same(
        status_value(
            MessageStatus.FAILED,
            error=message_error(131047, rule="window_is_open", hint=HINT),
            webhook_version=23,
        ),
        {
            "messaging_product": "whatsapp",
            "metadata": METADATA,
            "contacts": [{"wa_id": "16505551234", "user_id": SHEENA.user_id}],
            "statuses": [
                {
                    "id": "wamid.OUT",
                    "status": "failed",
                    "timestamp": SECONDS,
                    "recipient_id": "16505551234",
                    "recipient_user_id": SHEENA.user_id,
                    "errors": [
                        {
                            "code": 131047,
                            "title": "Re-engagement message",
                            "message": "Re-engagement message",
                            "error_data": {
                                "details": "Message failed to send because more than 24 hours have passed "
                                "since the customer last replied to this number."
                            },
                            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/"
                            "error-codes/",
                        }
                    ],
                }
            ],
        },
    )


def test_a_message_to_nobody_failed() -> None:
    """131026 is the one failure that names a number alone."""
    given = status_value(
        MessageStatus.FAILED,
        person=None,
        error=message_error(131026, rule="recipient_is_on_whatsapp", hint=HINT),
    )

    assert given["contacts"] == [{"wa_id": "16505551234"}]
    assert "recipient_user_id" not in given["statuses"][0]
    assert given["statuses"][0]["errors"][0]["error_data"] == {"details": "Message Undeliverable."}


def test_an_error_has_one_title_in_every_webhook() -> None:
    """However it was made: as an answer's, or as a webhook's."""
    worded = {
        failure(error)["title"]
        for error in (message_error(131051, hint=HINT), refuse(131051, by_webhook=True, hint=HINT))
        if isinstance(error, MessageError)
    }
    shown = webhooks.unsupported("edit", message_error(131051, hint=HINT))

    assert worded == {"Message type unknown"}
    assert shown["errors"][0]["title"] == "Message type unknown"  # type: ignore[index]
    assert failure(message_error(130429, "Slowly.", hint=HINT))["error_data"] == {"details": "Slowly."}


def test_an_error_without_details_has_no_data() -> None:
    """Code, title, message and the address to read on."""
    assert list(failure(message_error(133010, rule="x", hint=HINT))) == ["code", "title", "message", "href"]


def test_a_message_that_is_not_shown() -> None:
    """Its errors before its type, and what it was after it (as in D/webhooks, unsupported)."""
    error = refuse(131051, by_webhook=True, hint=HINT)
    assert isinstance(error, MessageError)
    message = written(type="unsupported", content=webhooks.unsupported("location", error))

    given = inbound(NUMBER, SHEENA, message)["messages"]

    same(
        given,
        [
            {
                "from": "16505551234",
                "from_user_id": SHEENA.user_id,
                "id": "wamid.IN",
                "timestamp": SECONDS,
                "errors": [
                    {
                        "code": 131051,
                        "title": "Message type unknown",
                        "message": "Message type unknown",
                        "error_data": {"details": "Message type is currently not supported."},
                    }
                ],
                "type": "unsupported",
                "unsupported": {"type": "location"},
            }
        ],
    )


def test_a_kind_that_is_not_in_the_list_is_shown_as_an_edit() -> None:
    """The list of the page has no texts; in groups nothing is said about the kind."""
    unknown, group = refuse(131060, by_webhook=True, hint=HINT), refuse(130501, by_webhook=True, hint=HINT)
    assert isinstance(unknown, MessageError)
    assert isinstance(group, MessageError)

    assert webhooks.unsupported("text", unknown) == {
        "errors": [
            {
                "code": 131060,
                "title": "This message is currently unavailable.",
                "message": "This message is currently unavailable.",
            }
        ],
        "type": "edit",
    }
    assert webhooks.unsupported("text", group) == {
        "errors": [
            {
                "code": 130501,
                "title": "Unsupported message type",
                "message": "Message type is not currently supported",
            }
        ]
    }


TEMPLATE = Template(ORDER_SHIPPED, WABA, "order_confirmation", "en_US", "UTILITY", Status.APPROVED, (), AT)


def test_an_approved_template() -> None:
    """The id is a JSON number, the reason is NONE."""
    same(
        template_status(TEMPLATE, "APPROVED"),
        {
            "event": "APPROVED",
            "message_template_id": 1689556908129832,
            "message_template_name": "order_confirmation",
            "message_template_language": "en_US",
            "reason": "NONE",
            "message_template_category": "UTILITY",
        },
    )


def test_a_rejected_template_may_say_why() -> None:
    """What explains it comes last."""
    info = {"rejection_info": {"reason": "Because.", "recommendation": "Do not."}}

    value = template_status(TEMPLATE, "REJECTED", reason="INVALID_FORMAT", extra=info)

    assert list(value)[-2:] == ["message_template_category", "rejection_info"]
    assert (value["reason"], value["rejection_info"]) == ("INVALID_FORMAT", info["rejection_info"])


def test_the_fields_are_known_once_each_in_order() -> None:
    """What the emulator sends is among them."""
    assert list(FIELDS) == sorted(set(FIELDS))
    assert {"messages", "message_template_status_update"} <= set(FIELDS)
