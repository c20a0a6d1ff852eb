"""A message from the call to its last status: accepted at once, its fate told later, as people behave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import BEATRIZ, JONAS, PABLO, PRODUCTION, SHEENA, STRANGER, TEST
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import notes, send, statuses
from kit.times import DAY, START, after, seconds
from kit.values import present

from emulator import PlatformError, Sandbox
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.messages.outbound import FreeForm, MarkRead, TemplateUse, text


def told(inbox: Inbox, *keys: str) -> list[tuple[Any, ...]]:
    """Some members of every status that came."""
    return [tuple(status.get(key) for key in keys) for status in inbox.statuses]


# the life of a message


def test_a_message_is_accepted_and_nothing_more(lifelike: Sandbox) -> None:
    """The answer is an id, not a promise."""
    message_id = send(lifelike, order_shipped())

    (message,) = lifelike.messages.all()
    assert (message.id, message.status, message.at) == (message_id, MessageStatus.ACCEPTED, START)
    assert lifelike.clock.next_due() == after(0.4)


def test_a_message_is_sent_delivered_and_read_at_the_instants_of_the_persons_habits(
    lifelike: Sandbox,
) -> None:
    """To the microsecond, and the webhooks tell the whole second."""
    inbox = listen(lifelike)
    lifelike.people.change(
        SHEENA, habits={"sent_after": 0.25, "delivered_after": 59.75, "read_after": 3600.000001}
    )
    send(lifelike, order_shipped())

    lifelike.clock.advance(DAY)

    assert inbox.times == [(0.25, "sent"), (60.0, "delivered"), (3660.000001, "read")]
    beginning = int(START.timestamp())
    assert told(inbox, "status", "timestamp", "recipient_id") == [
        ("sent", str(beginning), SHEENA),
        ("delivered", str(beginning + 60), SHEENA),
        ("read", str(beginning + 3660), SHEENA),
    ]


def test_habits_are_those_of_the_moment(lifelike: Sandbox) -> None:
    """Somebody who changes while a message is on its way receives it as they are then."""
    inbox = listen(lifelike)
    send(lifelike, order_shipped())
    lifelike.clock.advance(seconds(1))

    lifelike.people.change(SHEENA, habits={"read_after": 100})
    lifelike.clock.advance(DAY)

    assert inbox.times[-1] == (101.3, "read")


def test_a_phone_that_stays_off_receives_nothing(lifelike: Sandbox) -> None:
    """The message is sent, and that is the last one hears of it."""
    lifelike.people.change(SHEENA, habits={"delivered_after": None})
    inbox = listen(lifelike)
    send(lifelike, order_shipped())

    lifelike.clock.advance(30 * DAY)

    assert (inbox.events, statuses(lifelike), lifelike.clock.next_due()) == (["sent"], ["sent"], None)


def test_somebody_who_never_reads_may_do_so_later(lifelike: Sandbox) -> None:
    """Then everything that was delivered is read, at that moment."""
    inbox = listen(lifelike)
    for _ in range(2):
        send(lifelike, order_shipped(), PABLO)
    lifelike.clock.advance(DAY)
    before = statuses(lifelike)

    read = lifelike.people.read(PABLO)
    lifelike.settle()

    assert (before, [message.wa_id for message in read]) == (["delivered"] * 2, [PABLO] * 2)
    assert inbox.times[-2:] == [(86400.0, "read")] * 2
    assert lifelike.people.read(PABLO) == []


def test_reading_early_does_not_read_twice(lifelike: Sandbox) -> None:
    """Who is made to read does not read again by habit."""
    inbox = listen(lifelike)
    send(lifelike, order_shipped())
    lifelike.clock.advance(seconds(2))

    lifelike.people.read(SHEENA)
    lifelike.clock.advance(DAY)

    assert inbox.times == [(0.4, "sent"), (1.3, "delivered"), (2.0, "read")]


def test_what_has_not_arrived_cannot_be_read(lifelike: Sandbox) -> None:
    """Reading is for what was delivered."""
    send(lifelike, order_shipped())

    assert lifelike.people.read(SHEENA) == []


@pytest.mark.parametrize("by_hand", [False, True], ids=["by habit", "when asked to"])
def test_every_status_of_a_message_tells_its_price(sandbox: Sandbox, inbox: Inbox, by_hand: bool) -> None:
    """Sent, delivered and read, however it came to be read."""
    sandbox.people.change(SHEENA, habits={"reads": not by_hand})
    send(sandbox, order_shipped())
    sandbox.settle()
    if by_hand:
        sandbox.people.read(SHEENA)
        sandbox.settle()

    price = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}
    assert told(inbox, "status", "pricing") == [("sent", price), ("delivered", price), ("read", price)]


def test_what_the_caller_attached_comes_back(sandbox: Sandbox, inbox: Inbox) -> None:
    """Callback data stands in every status; the message it answers is kept."""
    first = send(sandbox, order_shipped())
    second = send(sandbox, order_shipped(), callback_data="order-7", context_id=first)

    sandbox.settle()

    echoed = [status.get("biz_opaque_callback_data") for status in inbox.statuses]
    assert sorted(map(str, echoed)) == ["None"] * 3 + ["order-7"] * 3
    assert [(m.id, m.context_id) for m in sandbox.messages.all()] == [(first, None), (second, first)]


def test_a_message_on_its_way_survives_its_template(lifelike: Sandbox) -> None:
    """It was accepted; deleting the template later does not stop it."""
    inbox = listen(lifelike)
    send(lifelike, order_shipped())
    lifelike.clock.advance(seconds(0.5))
    with lifelike.services.command():
        lifelike.services.templates.deletion.delete(lifelike.identity()["waba_id"], "order_shipped")

    lifelike.clock.advance(DAY)

    assert inbox.events == [
        "sent",
        "order_shipped PENDING_DELETION",
        "delivered",
        "order_shipped DELETED",
        "read",
    ]


# fates that are told later


@pytest.mark.parametrize("recipient", [JONAS, STRANGER], ids=["no account", "nobody"])
def test_who_is_not_on_whatsapp_is_told_later(sandbox: Sandbox, inbox: Inbox, recipient: str) -> None:
    """The call is answered with 200, the status says 131026."""
    send(sandbox, order_shipped(), recipient)

    sandbox.settle()

    assert inbox.events == ["failed 131026"]
    assert told(inbox, "recipient_id", "pricing") == [(recipient, None)]


def test_a_text_outside_the_window_is_told_later(sandbox: Sandbox, inbox: Inbox) -> None:
    """Who never wrote has no window: 131047, with the platform's own sentence."""
    send(sandbox, "Hello?")

    sandbox.settle()

    assert inbox.events == ["failed 131047"]
    (error,) = inbox.statuses[0]["errors"]
    assert (error["title"], error["message"]) == ("Re-engagement message", "Re-engagement message")
    assert notes(sandbox, "status") == ["failed: 131047 Re-engagement message"]


@pytest.mark.parametrize(
    ("later", "event"),
    [(DAY - timedelta(microseconds=1), "sent"), (DAY, "failed 131047")],
    ids=["the last instant", "the next"],
)
def test_a_window_is_open_for_twenty_four_hours(
    sandbox: Sandbox, inbox: Inbox, later: timedelta, event: str
) -> None:
    """To the microsecond, from when the person last wrote."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(later)

    send(sandbox, "Hello back")
    sandbox.settle()

    assert inbox.events[1] == event


def test_every_message_of_a_person_restarts_the_window(sandbox: Sandbox, inbox: Inbox) -> None:
    """The last one counts."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(hours=23))
    sandbox.people.say(SHEENA, "Still there?")
    sandbox.clock.advance(timedelta(hours=23))

    send(sandbox, "Yes.")
    sandbox.settle()

    assert statuses(sandbox) == ["read"]


def test_a_window_belongs_to_a_number(sandbox: Sandbox, inbox: Inbox) -> None:
    """Writing to one opens none for another."""
    sandbox.people.say(SHEENA, "Hello", to=TEST)

    send(sandbox, "Hello back", from_=TEST)
    send(sandbox, "Hello from here", from_=PRODUCTION)
    sandbox.settle()

    assert statuses(sandbox) == ["read", "failed"]


def test_the_window_is_judged_when_the_message_was_accepted(lifelike: Sandbox) -> None:
    """One accepted in time arrives, although the window closes before it is sent."""
    lifelike.people.say(SHEENA, "Hello")
    lifelike.clock.advance(DAY - seconds(0.1))
    send(lifelike, "Just in time")

    lifelike.clock.advance(seconds(60))

    assert statuses(lifelike) == ["read"]


def test_a_template_needs_no_window(sandbox: Sandbox) -> None:
    """It is what a template is for."""
    send(sandbox, order_shipped())

    sandbox.settle()

    assert statuses(sandbox) == ["read"]


def test_a_closed_window_may_be_refused_at_once(sandbox: Sandbox) -> None:
    """For teams that prefer it: the refusal is the answer, and no message exists."""
    sandbox.change_settings(window_errors="sync")

    with pytest.raises(PlatformError) as refused:
        send(sandbox, "Hello?")

    assert (refused.value.code, sandbox.messages.all()) == (131047, [])


def test_who_did_not_opt_in_receives_and_the_journal_warns(sandbox: Sandbox) -> None:
    """WhatsApp's policy is no error of the API."""
    send(sandbox, order_shipped(), BEATRIZ)

    sandbox.settle()

    assert statuses(sandbox) == ["read"]
    assert notes(sandbox, "warning") == [
        "Beatriz Santos never opted in: WhatsApp's policy wants an opt-in before a template is sent"
    ]


# refusals at once


@pytest.mark.parametrize(
    ("content", "to", "from_", "code"),
    [
        (TemplateUse("gone", "en_US"), SHEENA, PRODUCTION, 132001),
        (TemplateUse("order_shipped", "de"), SHEENA, PRODUCTION, 132001),
        (TemplateUse("loyalty_points", "en_US"), SHEENA, PRODUCTION, 132001),
        (TemplateUse("free_gift", "en_US"), SHEENA, PRODUCTION, 132001),
        (TemplateUse("weekly_news", "en_US"), SHEENA, PRODUCTION, 132015),
        (TemplateUse("order_shipped", "en_US"), SHEENA, PRODUCTION, 132000),
        (TemplateUse("hello_world", "en_US"), SHEENA, PRODUCTION, 131058),
        (TemplateUse("hello_world", "en_US"), PABLO, TEST, 131030),
        (text("Hello"), STRANGER, TEST, 131030),
        (text("Hello"), "15550783881", PRODUCTION, 131021),
        (text("Hello"), "call me", PRODUCTION, 100),
    ],
    ids=[
        "no such template",
        "not in that language",
        "pending",
        "rejected",
        "paused",
        "parameters",
        "sample",
        "not allowed",
        "not allowed and nobody",
        "to itself",
        "no number",
    ],
)
def test_what_is_refused_at_once_leaves_no_message(
    sandbox: Sandbox, content: TemplateUse | FreeForm, to: str, from_: str, code: int
) -> None:
    """The refusal is the answer; nothing will happen later."""
    with pytest.raises(PlatformError) as refused:
        send(sandbox, content, to, from_=from_)

    assert refused.value.code == code
    assert (sandbox.messages.all(), sandbox.clock.next_due()) == ([], None)


def test_a_test_number_reaches_its_allow_list(sandbox: Sandbox) -> None:
    """And the sample template with it, where marketing is delivered."""
    sandbox.change_settings(us_marketing="delivered")
    send(sandbox, TemplateUse("hello_world", "en_US"), from_=TEST)

    sandbox.settle()

    assert statuses(sandbox) == ["read"]


@pytest.mark.parametrize("dialled", ["+55 (11) 98765-4321", BEATRIZ, "55 11 8765.4321"])
def test_a_number_may_be_written_in_many_ways(sandbox: Sandbox, dialled: str) -> None:
    """The message goes to the person, under the number WhatsApp knows them by."""
    send(sandbox, order_shipped(), dialled)

    sandbox.settle()

    assert [(m.wa_id, m.status) for m in sandbox.messages.all()] == [(BEATRIZ, "read")]


# blue ticks for the person


def number_of(sandbox: Sandbox, number_id: str = PRODUCTION) -> BusinessNumber:
    with sandbox.services.command() as store:
        return present(store.accounts.number(number_id))


def test_marking_a_message_read_marks_those_before_it(sandbox: Sandbox) -> None:
    """Of the same person to the same number, and no later one."""
    first, second, third = (sandbox.people.say(SHEENA, text) for text in ("one", "two", "three"))
    other = sandbox.people.say(PABLO, "me too")

    with sandbox.services.command():
        sandbox.services.outbound.mark_read(number_of(sandbox), MarkRead(second.id))

    assert {message.id: message.status for message in sandbox.messages.all()} == {
        first.id: "read",
        second.id: "read",
        third.id: "received",
        other.id: "received",
    }


@pytest.mark.parametrize("which", ["outgoing", "unknown", "of another number"])
def test_only_what_was_written_to_the_number_can_be_marked_read(sandbox: Sandbox, which: str) -> None:
    """The platform calls everything else an invalid parameter."""
    made: dict[str, Callable[[], str]] = {
        "outgoing": lambda: send(sandbox, order_shipped()),
        "unknown": lambda: "wamid.unknown",
        "of another number": lambda: sandbox.people.say(SHEENA, "Hello", to=TEST).id,
    }
    message_id = made[which]()

    with pytest.raises(PlatformError, match="#100"):
        sandbox.services.outbound.mark_read(number_of(sandbox), MarkRead(message_id))


# the free tier


@pytest.mark.slow
def test_a_thousand_service_messages_a_month_are_free(sandbox: Sandbox) -> None:
    """Counted for each number, in the time zone of the WABA: its November begins at 07:00 UTC."""
    inbox = listen(sandbox)

    def billed(from_: str = PRODUCTION) -> bool:
        send(sandbox, "Hello back", from_=from_)
        sandbox.settle()
        return bool(inbox.statuses[-1]["pricing"]["billable"])

    sandbox.people.say(SHEENA, "Hello")
    sandbox.people.say(SHEENA, "Hello", to=TEST)
    for _ in range(999):
        send(sandbox, "Hello back")
    told = [("the 1000th", billed()), ("the 1001st", billed()), ("another number's", billed(TEST))]
    sandbox.clock.travel_to(datetime(2026, 11, 1, 6, 59, 59, tzinfo=UTC))
    sandbox.people.say(SHEENA, "Hello")
    told.append(("the last in October", billed()))
    sandbox.clock.advance(seconds(1))
    told.append(("the first in November", billed()))

    assert told == [
        ("the 1000th", False),
        ("the 1001st", True),
        ("another number's", False),
        ("the last in October", True),
        ("the first in November", False),
    ]


def test_a_message_that_failed_uses_up_nothing(sandbox: Sandbox, inbox: Inbox) -> None:
    """It was never served."""
    for _ in range(3):
        send(sandbox, "Hello?")
    sandbox.settle()

    with sandbox.services.command() as store:
        assert store.facts.count(f"service:{PRODUCTION}:2026-10") == 1
