"""What happens to messages is told to those who listen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, STRANGER
from kit.messages import order_shipped
from kit.sandboxes import send

from emulator.domain.events.event import Event
from emulator.domain.events.messages import MessageDelivered, MessageEvent, MessageFailed, MessageSent
from emulator.sandbox.sandbox import Sandbox


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sandbox], list[MessageEvent]]:
    """Begins to hear of everything that happens to messages in a sandbox."""

    def begin(sandbox: Sandbox) -> list[MessageEvent]:
        heard: list[MessageEvent] = []
        happen = sandbox.services.core.happen

        def hear(event: Event) -> None:
            happen(event)
            if isinstance(event, MessageEvent):
                heard.append(event)

        monkeypatch.setattr(sandbox.services.core, "happen", hear)
        return heard

    return begin


def names(heard: list[MessageEvent]) -> list[str]:
    return [type(event).__name__ for event in heard]


def test_a_message_that_is_read_is_heard_of_three_times(sandbox: Sandbox, overheard: Any) -> None:
    """At its instants, and with the person."""
    heard = overheard(sandbox)
    sandbox.people.say(SHEENA, "Hi")
    send(sandbox, "Hello", to=SHEENA)
    sandbox.clock.advance(timedelta(minutes=1))

    assert names(heard) == ["MessageReceived", "MessageSent", "MessageDelivered", "MessageRead"]
    assert {event.person.wa_id for event in heard if event.person} == {SHEENA}
    assert [event.at for event in heard] == sorted(event.at for event in heard)
    assert {event.number.id for event in heard} == {PRODUCTION}


def test_sent_and_delivered_say_whether_a_window_was_open(lifelike: Sandbox, overheard: Any) -> None:
    """Each at its own instant: the person may write in between."""
    heard = overheard(lifelike)
    send(lifelike, order_shipped(), to=PABLO)
    lifelike.clock.advance(timedelta(milliseconds=500))
    lifelike.people.say(PABLO, "Hi")
    lifelike.clock.advance(timedelta(minutes=1))

    assert [
        (type(e).__name__, e.outside) for e in heard if isinstance(e, MessageSent | MessageDelivered)
    ] == [
        ("MessageSent", True),
        ("MessageDelivered", False),
    ]


def test_a_refusal_is_heard_of_with_its_error(sandbox: Sandbox, overheard: Any) -> None:
    """And nothing after it."""
    heard = overheard(sandbox)
    send(sandbox, order_shipped(), to=STRANGER)
    sandbox.clock.advance(timedelta(days=1))

    assert names(heard) == ["MessageFailed"]
    assert isinstance(heard[0], MessageFailed)
    assert heard[0].error.code == 131026


def test_a_message_that_waited_too_long_is_heard_of(sandbox: Sandbox, overheard: Any) -> None:
    """Nobody else hears of it."""
    sandbox.people.change(SHEENA, habits={"delivered_after": 31 * 86400})
    heard = overheard(sandbox)
    send(sandbox, order_shipped(), to=SHEENA)
    sandbox.clock.advance(timedelta(days=32))

    assert names(heard) == ["MessageSent", "MessageDropped"]
