"""whatsapp-api-js on Node, unmodified: its host is fixed, and its ``fetch`` is the user's."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, ready
from kit.clients.node import Node
from kit.identities import PABLO_NUMBER, PRODUCTION, SHEENA, SHEENA_NUMBER
from kit.receivers import ServedInbox

from emulator import Sandbox, Server

Act = Callable[..., Any]


@pytest.fixture
def api_js(node: Node, server: Server, sandbox: Sandbox) -> Act:
    """Has the script do one act with a client of this sandbox."""
    identity = sandbox.identity()
    known = {
        "url": server.url,
        "token": identity["access_token"],
        "secret": identity["app_secret"],
        "phoneNumberId": PRODUCTION,
        "person": SHEENA,
        "other": PABLO_NUMBER.removeprefix("+"),
        "userId": sandbox.people.get(SHEENA_NUMBER).user_id,
    }
    return lambda act, **task: node.run("whatsapp_api_js.mjs", act, **known, **task)


def test_every_kind_arrives(api_js: Act, sandbox: Sandbox, shelf: str) -> None:
    """What the library makes of each kind is accepted, reaches the person, and is what was meant."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id
    rows = ready(api_js("offers")["rows"])

    sent = api_js("send", rows=rows, shelf=shelf, hello=hello, question=QUESTION)
    sandbox.settle()

    assert {row: arrived(sandbox, row, sent[row]) for row in rows} == {row: expected(row) for row in rows}


def test_the_table_has_all_that_it_sends(api_js: Act) -> None:
    """A version that learns to send something else is noticed here."""
    assert api_js("offers")["unused"] == ["ActionFlow", "Media"], "the classes above those in the table"


def test_it_answers_by_number_and_by_user_id(api_js: Act, sandbox: Sandbox) -> None:
    """It marks as read, quotes, sends to a user id, and to many; each answer names its message."""
    written = sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.people.say(PABLO_NUMBER, "hello")

    done = api_js("converse", hello=written.id)
    sandbox.settle()

    made = [done["answer"], done["byId"], *done["many"]]
    outbound = sandbox.messages.all(outbound=True)
    assert done["read"] == {"success": True}
    assert done["byId"]["contacts"] == [
        {
            "input": sandbox.people.get(SHEENA_NUMBER).user_id,
            "user_id": sandbox.people.get(SHEENA_NUMBER).user_id,
        }
    ]
    assert {answer["messages"][0]["id"] for answer in made} == {message.id for message in outbound}
    assert {told["id"] for told in done["sent"]} == {message.id for message in outbound}
    assert [(message.text, message.context_id) for message in outbound[:2]] == [
        ("Welcome!", written.id),
        ("By your id", None),
    ]


def test_it_accepts_what_the_emulator_signed(api_js: Act, sandbox: Sandbox, receiver: ServedInbox) -> None:
    """It verifies each webhook and emits it: messages, taps and statuses; a forged one is refused."""
    written = sandbox.people.say(SHEENA_NUMBER, "héllo / 😀")
    sent = api_js("send", rows=["template"])["template"]
    sandbox.settle()
    tapped = sandbox.people.tap(SHEENA_NUMBER, "Where is it?")
    sandbox.settle()

    deliveries = [
        {"body": body.decode(), "signature": headers["x-hub-signature-256"]}
        for body, headers in zip(receiver.bodies, receiver.headers, strict=True)
    ]
    told = api_js("receive", deliveries=deliveries)
    messages = [one for one in told["heard"] if "message" in one]
    assert told["forged"] == {"name": "WhatsAppAPIFailedToVerifyError", "status": 401}
    assert [(one["from"], one["name"], one["phoneID"]) for one in messages] == [
        (SHEENA, "Sheena Nelson", PRODUCTION)
    ] * 2
    assert [one["message"]["id"] for one in messages] == [written.id, tapped.id]
    assert messages[0]["message"]["text"] == {"body": "héllo / 😀"}
    assert messages[1]["message"]["button"]["text"] == "Where is it?"
    assert [(one["phone"], one["id"], one["status"]) for one in told["heard"] if "status" in one] == [
        (SHEENA, sent, status) for status in ("sent", "delivered", "read")
    ]


def test_a_bot_on_node_answers(node: Node, server: Server, sandbox: Sandbox) -> None:
    """It answers the challenge when its callback is registered, and a message from inside its handler."""
    identity = sandbox.identity()
    known = {"url": server.url, "token": identity["access_token"], "secret": identity["app_secret"]}
    with node.serving("bot.mjs", **known, verifyToken="a word the bot chose") as url:
        registered = httpx.post(
            f"{server.url}/v24.0/{identity['waba_id']}/subscribed_apps",
            headers={"Authorization": f"Bearer {identity['access_token']}"},
            json={"override_callback_uri": url, "verify_token": "a word the bot chose"},
        )
        written = sandbox.people.say(SHEENA_NUMBER, "hello")
        sandbox.settle()

    inbound, outbound = sandbox.messages.all()
    assert registered.json() == {"success": True}
    assert (inbound.id, str(inbound.status)) == (written.id, "read")
    assert (outbound.text, outbound.context_id) == ("You wrote: hello", written.id)


def test_a_refusal_is_returned_as_it_came(api_js: Act, sandbox: Sandbox) -> None:
    """The library throws nothing: the caller finds Graph's error in the answer."""
    refused = api_js("refusals")

    assert {name: one["error"]["code"] for name, one in refused.items()} == {
        "no template": 132001,
        "no parameters": 132000,
        "no message": 100,
        "no token": 190,
    }
    assert sandbox.messages.all() == []


@needs("media")
def test_files_go_up_and_come_down_again(api_js: Act) -> None:
    """An upload needs no type beside the file's own; it comes back unchanged, and is gone when deleted."""
    files = [
        {"name": name, "type": mime_type, "content": base64.b64encode(content).decode()}
        for name, (mime_type, content) in FILES.items()
    ]

    done = api_js("media", files=files)

    assert {file["name"]: file["content"] for file in files} == {
        name: one["content"] for name, one in done.items()
    }
    assert {
        name: (one["found"]["mime_type"], one["found"]["id"] == one["id"]) for name, one in done.items()
    } == {name: (mime_type, True) for name, (mime_type, _) in FILES.items()}
    assert {one["gone"]["error"]["code"] for one in done.values()} == {100}
