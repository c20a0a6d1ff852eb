"""Messages of people are marked as read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kit.identities import PABLO
from kit.messages import text_message
from kit.times import seconds

from emulator.sandbox.sandbox import Sandbox


def test_marking_an_inbound_message_as_read(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """The answer is sixteen bytes; no webhook follows; the messages before it are read too."""
    first = sandbox.people.say(graph.sheena, "One")
    second = sandbox.people.say(graph.sheena, "Two")
    third = sandbox.people.say(graph.sheena, "Three")
    sandbox.settle()
    inbox.clear()

    answer = graph.post(
        f"{graph.number}/messages",
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": second.id,
            "typing_indicator": {"type": "text"},
        },
    )
    sandbox.settle()

    assert (answer.status_code, answer.data) == (200, b'{"success":true}')
    assert inbox.webhooks == []
    assert [(message.id, str(message.status)) for message in sandbox.messages.all()] == [
        (first.id, "read"),
        (second.id, "read"),
        (third.id, "received"),
    ]


def test_a_message_to_another_number_cannot_be_marked(graph: Any, sandbox: Sandbox, refusal: Any) -> None:
    """Only the number it was written to may show the ticks."""
    message = sandbox.people.say(graph.sheena, "Hi", to=graph.test_number)

    status, error = refusal(
        graph.post(
            f"{graph.number}/messages",
            {"messaging_product": "whatsapp", "status": "read", "message_id": message.id},
        )
    )

    assert (status, error["error_data"]["details"]) == (
        400,
        "Please check the message ID you have provided.",
    )


def test_only_messages_of_the_person_become_read(graph: Any, sandbox: Sandbox) -> None:
    """What the business sent keeps its own status: whether they read it is theirs to say."""
    sandbox.people.change(graph.sheena, habits={"reads": False})
    sandbox.people.say(graph.sheena, "Hello")
    graph.text("Hello back")
    sandbox.settle()
    sandbox.people.change(graph.sheena, on_whatsapp=False)
    graph.text("Are you there?")
    sandbox.settle()
    sandbox.people.change(graph.sheena, on_whatsapp=True)
    last = sandbox.people.say(graph.sheena, "Yes")

    graph.post(
        f"{graph.number}/messages",
        {"messaging_product": "whatsapp", "status": "read", "message_id": last.id},
    )

    assert [str(message.status) for message in sandbox.messages.all()] == [
        "read",
        "delivered",
        "failed",
        "read",
    ]


def typing_for(graph: Any, sandbox: Sandbox) -> timedelta | None:
    """How much longer Sheena sees that the business types."""
    until = sandbox.people.relationship(graph.sheena).typing_until
    return None if until is None else until - sandbox.clock.now()


def show_typing(graph: Any, message_id: str) -> None:
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    graph.post(f"{graph.number}/messages", receipt | {"typing_indicator": {"type": "text"}})


def test_a_typing_indicator_ends_after_25_seconds(graph: Any, sandbox: Sandbox) -> None:
    """At the instant itself it is over; a second one begins anew."""
    hello = sandbox.people.say(graph.sheena, "Hello")
    show_typing(graph, hello.id)
    begun = typing_for(graph, sandbox)
    sandbox.clock.advance(seconds(10))
    show_typing(graph, hello.id)
    sandbox.clock.advance(seconds(24.999999))
    left = typing_for(graph, sandbox)
    sandbox.clock.advance(timedelta(microseconds=1))

    assert (begun, left) == (seconds(25), timedelta(microseconds=1))
    assert typing_for(graph, sandbox) is None


def test_a_message_ends_the_typing_indicator(graph: Any, sandbox: Sandbox) -> None:
    """One to the same person, from the same number, that the platform took."""
    hello = sandbox.people.say(graph.sheena, "Hello")
    show_typing(graph, hello.id)
    graph.text("Hello", to=PABLO)
    graph.text("")
    graph.post(f"{graph.test_number}/messages", text_message(graph.sheena, "Hello"))
    before = typing_for(graph, sandbox)
    graph.text("Hello back")

    assert (before, typing_for(graph, sandbox)) == (seconds(25), None)


def test_a_receipt_without_typing_shows_none(graph: Any, sandbox: Sandbox) -> None:
    """It is the blue ticks alone."""
    hello = sandbox.people.say(graph.sheena, "Hello")
    graph.post(
        f"{graph.number}/messages",
        {"messaging_product": "whatsapp", "status": "read", "message_id": hello.id},
    )

    assert typing_for(graph, sandbox) is None
