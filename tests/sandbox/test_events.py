"""What happens to messages is told to those who listen."""

from __future__ import annotations

from datetime import timedelta

from kit.identities import PABLO, PRODUCTION, SHEENA, STRANGER
from kit.messages import order_shipped
from kit.sandboxes import send

from emulator.sandbox.events import Delivered, Dropped, Failed, MessageEvent, Read, Received, Sent
from emulator.sandbox.sandbox import Sandbox


def overheard(sandbox: Sandbox) -> list[MessageEvent]:
    heard: list[MessageEvent] = []
    for kind in (Sent, Delivered, Read, Failed, Dropped, Received):
        sandbox.core.listen(kind, heard.append)
    return heard


def names(heard: list[MessageEvent]) -> list[str]:
    return [type(event).__name__ for event in heard]


def test_a_message_that_is_read_is_heard_of_three_times(sandbox: Sandbox):
    """At its instants, and with the person."""
    heard = overheard(sandbox)
    sandbox.say(SHEENA, "Hi")
    send(sandbox, "Hello", to=SHEENA)
    sandbox.advance(timedelta(minutes=1))

    assert names(heard) == ["Received", "Sent", "Delivered", "Read"]
    assert {event.person.wa_id for event in heard if event.person} == {SHEENA}
    assert [event.at for event in heard] == sorted(event.at for event in heard)
    assert {event.number.id for event in heard} == {PRODUCTION}


def test_sent_and_delivered_say_whether_a_window_was_open(lifelike: Sandbox):
    """Each at its own instant: the person may write in between."""
    heard = overheard(lifelike)
    send(lifelike, order_shipped(), to=PABLO)
    lifelike.advance(timedelta(milliseconds=500))
    lifelike.say(PABLO, "Hi")
    lifelike.advance(timedelta(minutes=1))

    assert [(type(e).__name__, e.outside) for e in heard if isinstance(e, Sent | Delivered)] == [
        ("Sent", True),
        ("Delivered", False),
    ]


def test_a_refusal_is_heard_of_with_its_error(sandbox: Sandbox):
    """And nothing after it."""
    heard = overheard(sandbox)
    send(sandbox, order_shipped(), to=STRANGER)
    sandbox.advance(timedelta(days=1))

    assert names(heard) == ["Failed"]
    assert isinstance(heard[0], Failed)
    assert heard[0].error.code == 131026


def test_a_message_that_waited_too_long_is_heard_of(sandbox: Sandbox):
    """Nobody else hears of it."""
    sandbox.change_person(SHEENA, habits={"delivered_after": 31 * 86400})
    heard = overheard(sandbox)
    send(sandbox, order_shipped(), to=SHEENA)
    sandbox.advance(timedelta(days=32))

    assert names(heard) == ["Sent", "Dropped"]
