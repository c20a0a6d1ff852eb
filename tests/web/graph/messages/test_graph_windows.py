"""The 24-hour window, end to end: what opens it, what does not, and what becomes of a message outside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from kit.times import DAY, MICROSECOND

from emulator.sandbox.sandbox import Sandbox

DETAILS = (
    "Message failed to send because more than 24 hours have passed since the customer last replied to this "
    "number."
)
CLOSED = {
    "code": 131047,
    "title": "Re-engagement message",
    "message": "Re-engagement message",
    "error_data": {"details": DETAILS},
    "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
}


@pytest.fixture
def fate(graph: Any, sandbox: Sandbox, inbox: Any) -> Any:
    """Sends a text and tells what became of it: statuses, or the code it failed with."""

    def send(**more: Any) -> list[object]:
        inbox.clear()
        answer = graph.text(**more)
        assert answer.status_code == 200
        sandbox.settle()
        return [
            status["errors"][0]["code"] if status["status"] == "failed" else status["status"]
            for status in inbox.statuses
        ]

    return send


ARRIVED = ["sent", "delivered", "read"]
FAILED = [131047]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(0), ARRIVED),
        (timedelta(hours=23, minutes=59, seconds=59), ARRIVED),
        (DAY - MICROSECOND, ARRIVED),
        (DAY, FAILED),
        (DAY + MICROSECOND, FAILED),
        (timedelta(hours=25), FAILED),
        (timedelta(days=400), FAILED),
    ],
)
def test_a_text_arrives_within_24_hours_and_fails_from_then_on(
    sandbox: Sandbox, graph: Any, fate: Any, after: timedelta, expected: list[object]
) -> None:
    """To the microsecond."""
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(after)

    assert fate() == expected


def test_outside_the_window_the_call_succeeds_and_the_message_fails(
    graph: Any, sandbox: Sandbox, inbox: Any
) -> None:
    """200 and an id at once; then one ``failed`` status and nothing before it, without a price."""
    answer = graph.text()
    (message,) = answer.json["messages"]
    sandbox.settle()

    assert answer.status_code == 200
    assert inbox.of("messages") == [
        {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": graph.number},
            "contacts": [{"wa_id": graph.sheena, "user_id": sandbox.people.get(graph.sheena).user_id}],
            "statuses": [
                {
                    "id": message["id"],
                    "status": "failed",
                    "timestamp": str(int(sandbox.clock.now().timestamp())),
                    "recipient_id": graph.sheena,
                    "recipient_user_id": sandbox.people.get(graph.sheena).user_id,
                    "errors": [CLOSED],
                }
            ],
        }
    ]


def test_the_journal_says_why_a_message_failed(graph: Any, sandbox: Sandbox) -> None:
    """The rule, when the person last wrote, and what would help."""
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(DAY)
    graph.text()
    sandbox.settle()

    with sandbox.services.command() as store:
        (entry,) = store.journal.select(kind="status")
    assert (entry.summary, entry.details["rule"]) == (
        "failed: 131047 Re-engagement message",
        "window_is_open",
    )
    assert entry.details["facts"] == {
        "wa_id": graph.sheena,
        "last_inbound_at": "2026-11-02T09:00:00+00:00",
    }
    assert entry.details["hint"].startswith("The window closed at 2026-11-03T09:00:00+00:00")


def test_a_setting_refuses_at_once(graph: Any, sandbox: Sandbox, inbox: Any, refusal: Any) -> None:
    """``window_errors: sync``: HTTP 400 with the same words; no message exists and no webhook follows."""
    sandbox.change_settings(window_errors="sync")

    told = refusal(graph.text())
    sandbox.clock.advance(timedelta(days=1))

    assert told == (
        400,
        {
            "message": "(#131047) Re-engagement message",
            "type": "OAuthException",
            "code": 131047,
            "error_data": {"messaging_product": "whatsapp", "details": DETAILS},
        },
    )
    assert sandbox.messages.all() == []
    assert inbox.webhooks == []


@pytest.mark.parametrize(("after", "status"), [(DAY - MICROSECOND, 200), (DAY, 400)])
def test_refused_at_once_or_later_the_boundary_is_the_same(
    graph: Any, sandbox: Sandbox, after: timedelta, status: int
) -> None:
    """To the microsecond."""
    sandbox.change_settings(window_errors="sync")
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(after)

    assert graph.text().status_code == status


def test_in_the_sync_setting_a_template_needs_no_window(graph: Any, sandbox: Sandbox) -> None:
    """Nor does a failure of another kind come sooner."""
    sandbox.change_settings(window_errors="sync")

    assert graph.reminder().status_code == 200
    assert graph.text(to="19999999999").status_code == 400


def test_every_message_of_the_person_restarts_the_window(sandbox: Sandbox, graph: Any, fate: Any) -> None:
    """24 hours from the last one."""
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(timedelta(hours=23))
    sandbox.people.say(graph.sheena, "Still there?")
    sandbox.clock.advance(timedelta(hours=23))

    assert fate() == ARRIVED

    sandbox.clock.advance(timedelta(hours=1))

    assert fate() == FAILED


def test_no_message_of_the_business_keeps_the_window_open(sandbox: Sandbox, graph: Any, fate: Any) -> None:
    """However many it sends."""
    sandbox.people.say(graph.sheena, "Hi")
    for _ in range(23):
        sandbox.clock.advance(timedelta(hours=1))
        assert fate() == ARRIVED

    sandbox.clock.advance(timedelta(hours=1))

    assert fate() == FAILED


def test_a_template_opens_no_window(sandbox: Sandbox, graph: Any, inbox: Any, fate: Any) -> None:
    """It arrives, it is read, and still a text fails."""
    graph.reminder()
    sandbox.settle()
    statuses = [status["status"] for status in inbox.statuses]

    assert statuses == ARRIVED
    assert fate() == FAILED
    with sandbox.services.command() as store:
        assert store.windows.all() == []


@pytest.mark.parametrize("how", ["a tap", "a text"])
def test_the_answer_to_a_template_opens_the_window(
    sandbox: Sandbox, graph: Any, inbox: Any, fate: Any, how: str
) -> None:
    """Whether the person taps or writes, for 24 hours from the answer."""
    graph.reminder()
    sandbox.settle()
    sandbox.clock.advance(timedelta(days=3))
    if how == "a tap":
        sandbox.people.tap(graph.sheena, "Yes, I will")
    else:
        sandbox.people.say(graph.sheena, "Yes")

    assert fate() == ARRIVED

    sandbox.clock.advance(DAY - MICROSECOND)
    assert fate() == ARRIVED

    sandbox.clock.advance(MICROSECOND)
    assert fate() == FAILED


def test_a_tap_is_told_as_the_answer_to_its_template(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """With the payload that was sent, or the label."""
    body = {
        "type": "body",
        "parameters": [{"type": "text", "text": "Sheena"}, {"type": "text", "text": "860198"}],
    }
    url = {"type": "button", "sub_type": "url", "index": 1, "parameters": [{"type": "text", "text": "7"}]}
    payload = {"type": "payload", "payload": "where:860198"}
    button = {"type": "button", "sub_type": "quick_reply", "index": 0, "parameters": [payload]}
    sent = graph.template("order_shipped", body, url, button).json["messages"][0]["id"]
    sandbox.settle()

    sandbox.people.tap(graph.sheena, "Where is it?")
    sandbox.settle()

    (message,) = inbox.messages
    assert message["context"] == {"from": "15550783881", "id": sent}
    assert (message["type"], message["button"]) == (
        "button",
        {"payload": "where:860198", "text": "Where is it?"},
    )


def test_reading_opens_no_window(sandbox: Sandbox, graph: Any, fate: Any) -> None:
    """Blue ticks are no answer."""
    graph.reminder(to=graph.pablo)
    sandbox.settle()
    sandbox.people.read(graph.pablo)
    sandbox.settle()

    assert fate(to=graph.pablo) == FAILED


def test_a_window_belongs_to_a_number_and_a_person(sandbox: Sandbox, graph: Any, fate: Any) -> None:
    """Neither another person's nor another number's is opened along with it."""
    sandbox.people.say(graph.sheena, "Hi")

    assert fate() == ARRIVED
    assert fate(to=graph.pablo) == FAILED
    assert fate(number=graph.test_number) == FAILED


def test_a_template_arrives_outside_the_window(sandbox: Sandbox, graph: Any, inbox: Any) -> None:
    """That is what templates are for."""
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(timedelta(days=90))
    inbox.clear()

    graph.reminder()
    sandbox.settle()

    assert [status["status"] for status in inbox.statuses] == ARRIVED


def test_a_message_accepted_in_the_window_arrives_after_it_closed(
    sandbox: Sandbox, graph: Any, inbox: Any
) -> None:
    """What counts is when it was sent, not when the phone fetches it."""
    sandbox.people.change(graph.sheena, habits={"sent_after": 1, "delivered_after": 7200})
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.clock.advance(DAY - MICROSECOND)

    graph.text()
    sandbox.clock.advance(timedelta(days=1))

    assert [status["status"] for status in inbox.statuses] == ARRIVED


def test_an_answer_that_comes_too_late_saves_no_message(sandbox: Sandbox, graph: Any, inbox: Any) -> None:
    """A message sent outside the window fails, even when the person writes before its fate is told."""
    sandbox.people.change(graph.sheena, habits={"sent_after": 60})
    graph.text()
    sandbox.clock.advance(timedelta(seconds=30))
    sandbox.people.say(graph.sheena, "Hi")

    sandbox.clock.advance(timedelta(minutes=5))

    assert [status["status"] for status in inbox.statuses] == ["failed"]


def test_a_person_who_writes_twice_at_once_has_one_window(sandbox: Sandbox, graph: Any) -> None:
    """The later instant counts."""
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.people.say(graph.sheena, "Me again")

    with sandbox.services.command() as store:
        (window,) = store.windows.all()
    assert window.closes_at == datetime.fromisoformat("2026-11-03T09:00:00+00:00")
