"""``POST /{phone_number_id}/messages``: what is sent, to whom, and what the answer says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from kit.identities import BEATRIZ, SHEENA

from emulator.sandbox.sandbox import Sandbox

WAMID = re.compile(r"wamid\.[A-Za-z0-9+/]+=*")


def test_a_text_is_accepted_sent_delivered_and_read(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """The answer is a promise; what becomes of it comes by webhook, all about the same id."""
    sandbox.people.say(graph.sheena, "Hi")

    answer = graph.text()
    sandbox.settle()

    (message,) = answer.json["messages"]
    assert answer.status_code == 200
    assert answer.json == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": SHEENA, "wa_id": SHEENA}],
        "messages": [{"id": message["id"]}],
    }
    assert WAMID.fullmatch(message["id"])
    assert [(status["id"], status["status"]) for status in inbox.statuses] == [
        (message["id"], "sent"),
        (message["id"], "delivered"),
        (message["id"], "read"),
    ]


def test_nothing_happens_before_the_answer(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """A message is only accepted as long as nobody lets the sandbox go on."""
    graph.text()

    assert inbox.webhooks == []
    assert [str(message.status) for message in sandbox.messages.all()] == ["accepted"]


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_message_may_be_put_too(graph: Any, sandbox: Sandbox, method: str) -> None:
    """The platform's own collection of examples does so."""
    body = {"messaging_product": "whatsapp", "to": graph.sheena, "text": {"body": "Hello"}}

    assert graph(method, f"{graph.number}/messages", body).status_code == 200
    assert len(sandbox.messages.all()) == 1


@pytest.mark.parametrize(
    ("to", "written"),
    [
        (16505551234, SHEENA),
        ("+1 650 555 1234", "+1 650 555 1234"),
        ("+1 (650) 555-1234", "+1 (650) 555-1234"),
    ],
)
def test_the_recipient_comes_back_as_it_was_written(graph: Any, to: object, written: str) -> None:
    """And beside it the number WhatsApp made of it."""
    assert graph.text(to=to).json["contacts"] == [{"input": written, "wa_id": SHEENA}]


def test_a_brazilian_number_may_be_dialled_without_its_ninth_digit(
    graph: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """The same person is reached, under the number WhatsApp knows."""
    sandbox.people.say(graph.beatriz, "Oi")

    answer = graph.text(to="+55 11 8765 4321")
    sandbox.settle()

    assert answer.json["contacts"] == [{"input": "+55 11 8765 4321", "wa_id": BEATRIZ}]
    assert [status["recipient_id"] for status in inbox.statuses] == [BEATRIZ] * 3


def test_a_form_is_taken_like_json(graph: Any, sandbox: Sandbox) -> None:
    """Objects come as JSON strings, the token as a parameter."""
    answer = graph.post(
        f"{graph.number}/messages",
        token=None,
        data={
            "messaging_product": "whatsapp",
            "to": SHEENA,
            "text": '{"body":"Hello"}',
            "access_token": graph.token,
        },
    )

    assert answer.status_code == 200
    assert [message.text for message in sandbox.messages.all()] == ["Hello"]


def test_a_template_is_filled_and_told_as_accepted(graph: Any, sandbox: Sandbox) -> None:
    """Named variables, and the status that only templates have."""
    answer = graph.reminder()

    assert answer.json["messages"] == [{"id": sandbox.messages.all()[0].id, "message_status": "accepted"}]
    assert sandbox.messages.all()[0].as_text == (
        "See you soon\nHello Sheena, this is a reminder of your visit on Friday. Do you still plan to come?"
        "\n[Yes, I will] [No, cancel it]"
    )


@pytest.mark.parametrize(
    ("components", "status", "error"),
    [
        (
            (),
            400,
            (
                132000,
                "body: number of localizable_params (0) does not match the expected number of params (2)",
            ),
        ),
        (
            ({"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},),
            400,
            (100, "Parameter name is missing or empty"),
        ),
    ],
)
def test_a_template_filled_wrongly_is_refused_at_once(
    graph: Any, sandbox: Sandbox, refusal: Any, components: Any, status: int, error: tuple[int, str]
) -> None:
    """And no message exists."""
    told, body = refusal(graph.template("appointment_reminder", *components))

    assert (told, body["code"], body["error_data"]["details"]) == (status, *error)
    assert sandbox.messages.all() == []


@pytest.mark.parametrize(
    ("name", "status", "code", "details"),
    [
        ("nonexistent", 404, 132001, "template name (nonexistent) does not exist in en_US"),
        ("loyalty_points", 404, 132001, "template name (loyalty_points) does not exist in en_US"),
        ("free_gift", 404, 132001, "template name (free_gift) does not exist in en_US"),
        ("weekly_news", 400, 132015, None),
        ("hello_world", 400, 131058, None),
    ],
)
def test_a_template_that_may_not_be_sent_is_refused_at_once(
    graph: Any, sandbox: Sandbox, refusal: Any, name: str, status: int, code: int, details: str | None
) -> None:
    """Unknown, pending, rejected, paused, and the sample from a production number."""
    told, error = refusal(graph.template(name))

    assert (told, error["code"], error.get("error_data", {}).get("details")) == (status, code, details)
    assert sandbox.messages.all() == []


def test_a_language_must_match_exactly(graph: Any, refusal: Any) -> None:
    """``en`` is not ``en_US``."""
    status, error = refusal(graph.template("order_shipped", language="en"))

    assert (status, error["error_data"]["details"]) == (
        404,
        "template name (order_shipped) does not exist in en",
    )


def test_media_of_a_header_must_have_been_uploaded(graph: Any, sandbox: Sandbox, refusal: Any) -> None:
    """An id that is no media of this account is told with its path."""
    image = {"type": "header", "parameters": [{"type": "image", "image": {"id": "1761991787669262"}}]}
    body = {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]}

    assert refusal(graph.template("spring_sale", image, body)) == (
        400,
        {
            "message": "(#100) Param template['components'][0]['parameters'][0]['image']['id'] is not a "
            "valid whatsapp business account media attachment ID",
            "type": "OAuthException",
            "code": 100,
        },
    )
    assert sandbox.messages.all() == []


def test_a_header_may_have_its_media_by_link(graph: Any) -> None:
    """Whether the link leads anywhere is found out after the answer."""
    link = {"link": "https://example.com/succulents.png"}
    image = {"type": "header", "parameters": [{"type": "image", "image": link}]}
    body = {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]}

    assert graph.template("spring_sale", image, body).status_code == 200


@pytest.mark.parametrize("kind", ["gif", "link_preview"])
def test_what_is_not_emulated_says_so(graph: Any, sandbox: Sandbox, kind: str) -> None:
    """A type the platform knows is refused as unsupported, and the journal notes that somebody asked."""
    answer = graph.send(type=kind, **{kind: {"id": "1"}})

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 131051)
    assert answer.headers["X-Emulator-Rule"] == "not_emulated"
    with sandbox.services.command() as store:
        assert [entry.subject for entry in store.journal.select(kind="unsupported")] == [
            f"a message of type {kind}"
        ]


def test_a_number_cannot_write_to_itself(graph: Any, refusal: Any) -> None:
    """Whatever way its own number is written."""
    status, error = refusal(graph.text(to="+1 555 078 3881"))

    assert (status, error["code"], error["message"]) == (
        400,
        131021,
        "(#131021) Recipient cannot be sender",
    )


def test_a_context_that_leads_nowhere_is_no_error(graph: Any) -> None:
    """The message goes out unquoted."""
    assert graph.text(context={"message_id": "wamid.nowhere"}).status_code == 200


def test_callback_data_comes_back_with_every_status(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """As it was sent."""
    sandbox.people.say(graph.sheena, "Hi")

    graph.text(biz_opaque_callback_data="order 7")
    sandbox.settle()

    assert [status["biz_opaque_callback_data"] for status in inbox.statuses] == ["order 7"] * 3


def test_a_phone_that_is_off_gets_nothing(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Sent, and nothing more, for as long as one waits."""
    sandbox.people.change(graph.sheena, habits={"delivered_after": None})
    sandbox.people.say(graph.sheena, "Hi")

    graph.text()
    sandbox.clock.advance(timedelta(days=40))

    assert [status["status"] for status in inbox.statuses] == ["sent"]


def test_who_does_not_read_never_reads(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Pablo has his read receipts off."""
    sandbox.people.say(graph.pablo, "Hola")

    graph.text(to=graph.pablo)
    sandbox.clock.advance(timedelta(days=40))

    assert [status["status"] for status in inbox.statuses] == ["sent", "delivered"]


def test_a_message_takes_as_long_as_its_reader_s_habits(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Each status has the instant at which it happened, in whole seconds."""
    sandbox.people.change(graph.sheena, habits={"sent_after": 1, "delivered_after": 60, "read_after": 3600})
    sandbox.people.say(graph.sheena, "Hi")
    start = int(sandbox.clock.now().timestamp())

    graph.text()
    sandbox.clock.advance(timedelta(days=1))

    assert [(status["status"], int(status["timestamp"]) - start) for status in inbox.statuses] == [
        ("sent", 1),
        ("delivered", 61),
        ("read", 3661),
    ]
