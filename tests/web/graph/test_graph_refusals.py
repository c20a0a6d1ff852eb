"""Every refusal of the catalogue can be met: asked for as a fault, it comes where the catalogue says."""

from __future__ import annotations

from typing import Any, cast

import pytest
from kit.graph import Graph
from kit.identities import PRODUCTION, SHEENA
from kit.receivers import Inbox

from emulator import Sandbox
from emulator.domain.catalogue import CATALOGUE, CatalogueEntry, ErrorChannel, Layer

ALL = [
    pytest.param(entry, way, id=f"{entry.number}-{way}")
    for entry in CATALOGUE.values()
    for way in entry.channels
]
ANSWERED = [case for case in ALL if case.values[1] is ErrorChannel.SYNC]
FAILED = [case for case in ALL if case.values[1] is ErrorChannel.ASYNC]
SHOWN = [case for case in ALL if case.values[1] is ErrorChannel.INBOUND]

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
TEXT = {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}
WORDS = {
    "verb": "get",
    "id": PRODUCTION,
    "parameter": "components[0]['buttons'][0]['phone_number']",
    "path": f"/{PRODUCTION}",
    "expired": "Monday, 02-Nov-26 00:00:00 PST",
    "now": "Monday, 02-Nov-26 01:00:00 PST",
}
"""What stands in the braces of a message when the number is read at nine in London."""


def body_of(entry: CatalogueEntry) -> dict[str, Any]:
    """The error of an answer, put together by hand."""
    message = entry.title.format(**WORDS) if "{" in entry.title else entry.title
    error: dict[str, Any] = {
        "message": message if entry.verbatim else f"(#{entry.code or entry.number}) {message}",
        "type": entry.type,
        "code": entry.number if entry.code is None else entry.code,
    }
    if entry.layer is Layer.MESSAGING and entry.details:
        error["error_data"] = {"messaging_product": "whatsapp", "details": entry.details}
    if entry.subcode:
        error["error_subcode"] = entry.subcode
    if entry.transient is not None:
        error["is_transient"] = entry.transient
    if entry.layer is Layer.USER_FACING:
        error["error_user_title"] = entry.user_title
        error["error_user_msg"] = entry.user_message
    return error


def webhook_of(entry: CatalogueEntry) -> dict[str, Any]:
    """The error of a webhook, put together by hand."""
    title = entry.webhook_title or entry.title
    error: dict[str, Any] = {
        "code": entry.number,
        "title": title,
        "message": entry.webhook_message or title,
    }
    if details := entry.webhook_details or entry.details:
        error["error_data"] = {"details": details}
    return error


def call(graph: Any, entry: CatalogueEntry) -> Any:
    """A call that would have worked, where the refusal is at home."""
    if entry.edge == "messages":
        return graph.post(f"{graph.number}/messages", TEXT)
    if entry.edge is None:
        return graph(entry.method or "GET", graph.number)
    node = graph.waba if entry.edge == "message_templates" else graph.number
    return graph(entry.method or "POST", f"{node}/{entry.edge}".rstrip("/"))


@pytest.mark.parametrize(("entry", "way"), ANSWERED)
def test_a_refusal_is_met_in_the_answer(
    graph: Graph, sandbox: Sandbox, inbox: Inbox, refusal: Any, entry: CatalogueEntry, way: ErrorChannel
) -> None:
    """Status and body to the letter; nothing was done, and the call was answered by the fault alone."""
    sandbox.faults.add(entry.number, when=way)

    answer = call(graph, entry)
    sandbox.settle()

    assert refusal(answer) == (entry.status, body_of(entry))
    assert list(answer.json["error"])[-1] == "fbtrace_id"
    assert answer.headers["X-Emulator-Rule"] == "fault"
    assert f"Fault 1 was asked for: {entry.number} " in answer.headers["X-Emulator-Hint"]
    assert (sandbox.messages.all(), inbox.webhooks) == ([], [])
    assert [fault.met for fault in sandbox.faults.all()] == [1]


@pytest.mark.parametrize(("entry", "way"), FAILED)
def test_a_refusal_is_met_in_a_failed_status(
    graph: Graph, sandbox: Sandbox, inbox: Inbox, entry: CatalogueEntry, way: ErrorChannel
) -> None:
    """After an answer that promised well; no other status comes."""
    sandbox.people.say(graph.sheena, "Hello")
    sandbox.settle()
    sandbox.faults.add(entry.number, when=way)

    answer = graph.text("Hello")
    sandbox.settle()

    assert answer.status_code == 200
    assert [status["status"] for status in inbox.statuses] == ["failed"]
    assert inbox.statuses[0]["id"] == answer.json["messages"][0]["id"]
    assert inbox.statuses[0]["errors"] == [webhook_of(entry) | {"href": HREF}]
    assert [fault.met for fault in sandbox.faults.all()] == [1]


@pytest.mark.parametrize(("entry", "way"), SHOWN)
def test_a_refusal_is_met_in_what_a_person_writes(
    graph: Graph, sandbox: Sandbox, inbox: Inbox, entry: CatalogueEntry, way: ErrorChannel
) -> None:
    """The business is told that there was something; the window opens as ever."""
    sandbox.faults.add(entry.number, when=way)

    written = sandbox.people.say(graph.sheena, "Hello")
    sandbox.settle()

    (told,) = inbox.messages
    assert told["id"] == written.id
    assert told["type"] == "unsupported"
    assert told["errors"] == [webhook_of(entry)]
    assert "text" not in told
    assert told.get("unsupported") == (None if entry.number == 130501 else {"type": "edit"})
    assert [fault.met for fault in sandbox.faults.all()] == [1]


def test_every_refusal_was_walked() -> None:
    """None of the catalogue is left out above."""
    assert {cast(CatalogueEntry, case.values[0]).number for case in (*ANSWERED, *FAILED, *SHOWN)} == set(
        CATALOGUE
    )


VERBATIM = [
    (
        130429,
        400,
        {
            "message": "(#130429) Rate limit hit",
            "type": "OAuthException",
            "code": 130429,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Cloud API message throughput has been reached.",
            },
        },
    ),
    (
        131031,
        403,
        {
            "message": "(#131031) Business Account locked",
            "type": "OAuthException",
            "code": 131031,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Business account has been locked.",
            },
        },
    ),
    (
        4,
        400,
        {"message": "(#4) Application request limit reached", "type": "OAuthException", "code": 4},
    ),
    (
        2,
        503,
        {
            "message": "(#2) Service temporarily unavailable",
            "type": "OAuthException",
            "code": 2,
            "is_transient": True,
        },
    ),
    (
        104,
        400,
        {
            "message": "An access token is required to request this resource.",
            "type": "OAuthException",
            "code": 104,
        },
    ),
    (
        463,
        401,
        {
            "message": "Error validating access token: Session has expired on Monday, 02-Nov-26 00:00:00 "
            "PST. The current time is Monday, 02-Nov-26 01:00:00 PST.",
            "type": "OAuthException",
            "code": 190,
            "error_subcode": 463,
        },
    ),
    (
        33,
        400,
        {
            "message": "Unsupported post request. Object with ID '106540352242922' does not exist, cannot be "
            "loaded due to missing permissions, or does not support this operation. Please read the Graph "
            "API documentation at https://developers.facebook.com/docs/graph-api",
            "type": "GraphMethodException",
            "code": 100,
            "error_subcode": 33,
        },
    ),
    (
        2500,
        400,
        {
            "message": f"Unknown path components: /{PRODUCTION}/messages",
            "type": "OAuthException",
            "code": 2500,
        },
    ),
]


@pytest.mark.parametrize(("code", "status", "body"), VERBATIM, ids=[str(case[0]) for case in VERBATIM])
def test_a_refusal_reads_as_it_was_recorded(
    graph: Graph, sandbox: Sandbox, refusal: Any, code: int, status: int, body: dict[str, Any]
) -> None:
    """Bodies from real answers and from Meta's pages, met when a text is sent."""
    sandbox.faults.add(code, edge="messages")

    assert refusal(graph.text()) == (status, body)


def test_a_locked_account_fails_as_it_was_recorded(graph: Graph, sandbox: Sandbox, inbox: Inbox) -> None:
    """The status of November 2025, to the letter."""
    sandbox.faults.add(131031, when="async")

    graph.text()
    sandbox.settle()

    assert inbox.statuses[0]["errors"] == [
        {
            "code": 131031,
            "title": "Business Account locked",
            "message": "Business Account locked",
            "error_data": {"details": "Business account has been locked."},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }
    ]
