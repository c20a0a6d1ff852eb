"""@kapso/whatsapp-cloud-api on Node, unmodified: a TypeScript library with a base URL and typed errors."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, ready
from kit.clients.node import Node
from kit.identities import PRODUCTION, SHEENA_NUMBER
from kit.receivers import ServedInbox

from emulator import Sandbox, Server

Act = Callable[..., Any]


@pytest.fixture
def kapso_js(node: Node, server: Server, sandbox: Sandbox) -> Act:
    """Has the script do one act with a client of this sandbox."""
    identity = sandbox.identity()
    known = {
        "url": server.url,
        "token": identity["access_token"],
        "secret": identity["app_secret"],
        "businessAccountId": identity["waba_id"],
        "to": {"phoneNumberId": PRODUCTION, "to": SHEENA_NUMBER},
    }
    return lambda act, **task: node.run("kapso.mjs", act, **known, **task)


def test_every_kind_arrives(kapso_js: Act, sandbox: Sandbox, shelf: str) -> None:
    """What the library makes of each kind is accepted, reaches the person, and is what was meant."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id
    rows = ready(kapso_js("offers")["rows"])

    sent = kapso_js("send", rows=rows, shelf=shelf, hello=hello, question=QUESTION)
    sandbox.settle()

    assert {row: arrived(sandbox, row, sent[row]) for row in rows} == {row: expected(row) for row in rows}


def test_the_table_has_all_that_it_sends(kapso_js: Act) -> None:
    """A version that learns to send something else is noticed here.

    Two of its methods add parameters to a request for a place or a call that the platform does not know.
    """
    assert kapso_js("offers")["unused"] == [
        "sendInteractiveLocationRequest",
        "sendInteractiveCallPermission",
        "sendRaw",
    ]


def test_its_webhook_helpers_follow_a_conversation(
    kapso_js: Act, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """Every webhook is signed as it expects, and none as it does not; its parts are found and named."""
    written = sandbox.people.say(SHEENA_NUMBER, "héllo / 😀")
    done = kapso_js("converse", hello=written.id)
    sandbox.settle()

    deliveries = [
        {"body": body.decode(), "signature": headers["x-hub-signature-256"]}
        for body, headers in zip(receiver.bodies, receiver.headers, strict=True)
    ]
    told = kapso_js("receive", deliveries=deliveries)
    (message,) = (message for one in told for message in one["messages"])
    statuses = [status for one in told for status in one["statuses"]]
    assert done["read"] == {"success": True}
    assert {(one["signed"], one["forged"], one["phoneNumberId"]) for one in told} == {
        (True, False, PRODUCTION)
    }
    assert (message["text"]["body"], message["kapso"]["direction"]) == ("héllo / 😀", "inbound")
    assert message["fromUserId"] == sandbox.people.get(SHEENA_NUMBER).user_id
    assert {status["id"] for status in statuses} == {done["answer"]["messages"][0]["id"]}
    assert [(status["status"], status["bizOpaqueCallbackData"]) for status in statuses] == [
        ("sent", "answer"),
        ("delivered", "answer"),
        ("read", "answer"),
    ]


def test_a_template_lives_from_creation_to_deletion(kapso_js: Act) -> None:
    """It is created, found by status, listed page by page and deleted."""
    done = kapso_js("templates")

    assert (done["created"]["status"], done["created"]["category"]) == ("PENDING", "UTILITY")
    assert [template["id"] for template in done["pending"]["data"]] == [done["created"]["id"]]
    assert len({template["id"] for page in done["pages"] for template in page["data"]}) == 9
    assert (done["deleted"], done["left"]["data"]) == ({"success": True}, [])


def test_each_refusal_has_its_category_and_advice(kapso_js: Act, sandbox: Sandbox) -> None:
    """It sorts errors by Graph's codes, and says whether to try again."""
    refused = kapso_js("refusals")

    assert {
        name: (one["httpStatus"], one["code"], one["category"], one["retry"]) for name, one in refused.items()
    } == {
        "no template": (404, 132001, "template", "fix_and_retry"),
        "no parameters": (400, 132000, "template", "fix_and_retry"),
        "paused": (400, 132015, "template", "fix_and_retry"),
        "no message": (400, 100, "parameter", "fix_and_retry"),
        "no token": (401, 190, "authorization", "refresh_token"),
    }
    assert all(one["traced"] for one in refused.values())
    assert refused["no template"]["details"] == "template name (no_such_template) does not exist in en_US"
    assert sandbox.messages.all() == []


@needs("media")
def test_files_go_up_and_come_down_again(kapso_js: Act) -> None:
    """What was uploaded is described, downloaded unchanged with the token, and gone when it was deleted."""
    files = [
        {"name": name, "type": mime_type, "content": base64.b64encode(content).decode()}
        for name, (mime_type, content) in FILES.items()
    ]

    done = kapso_js("media", files=files)

    assert {file["name"]: file["content"] for file in files} == {
        name: one["content"] for name, one in done.items()
    }
    assert {
        name: (one["found"]["mimeType"], one["found"]["id"] == one["id"]) for name, one in done.items()
    } == {name: (mime_type, True) for name, (mime_type, _) in FILES.items()}
    assert {(one["gone"]["code"], one["gone"]["errorSubcode"]) for one in done.values()} == {(100, 33)}
