"""A copy that stands in for a sandbox, with its tokens, while the sandbox itself stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.identities import ACCESS_TOKEN, SHEENA
from kit.receivers import Inbox, listen
from kit.times import MORNING

from emulator import Emulator, Sandbox
from emulator.doctor.platform import KeptWebhooks
from emulator.sandbox.emulator import NoSuchSandbox


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def original(emulator: Emulator) -> Sandbox:
    return emulator.create(at=MORNING, speed=None, at_once=True)


@pytest.fixture
def inbox(original: Sandbox) -> Inbox:
    return listen(original)


def kept() -> KeptWebhooks:
    return KeptWebhooks(needs_event_loop=False)


def opened_by_token(emulator: Emulator) -> Sandbox:
    found = emulator.find(ACCESS_TOKEN)
    assert found is not None
    return found[0]


def test_calls_reach_the_copy_inside_the_block_alone(emulator: Emulator, original: Sandbox) -> None:
    """Found by the token, by the app and by its name."""
    app_id = original.accounts.app().id

    with emulator.replaced("default", receivers=kept(), salt="copy") as copy:
        inside = [opened_by_token(emulator), emulator.find_app(app_id), emulator.get("default")]
    outside = [opened_by_token(emulator), emulator.find_app(app_id), emulator.get("default")]

    assert inside == [copy] * 3
    assert outside == [original] * 3
    assert (copy.is_closed, original.is_closed) == (True, False)


def test_a_copy_begins_with_the_state_and_the_original_keeps_it(
    emulator: Emulator, original: Sandbox
) -> None:
    """People, messages and time; what happens in the copy is gone with it."""
    original.people.say(SHEENA, "Hello")
    before = original.messages.transcript()

    with emulator.replaced("default", receivers=kept(), salt="copy") as copy:
        begun = copy.messages.transcript()
        copy.people.say(SHEENA, "Hello again")
        copy.people.add("Ada", "+1 650 555 7777")
        copy.clock.advance(timedelta(days=1))

    assert begun == before
    assert original.messages.transcript() == before
    assert original.clock.now() == MORNING
    assert "Ada" not in [person.name for person in original.people.all()]


def test_messages_of_a_copy_have_other_ids(emulator: Emulator, original: Sandbox) -> None:
    """An app that remembers them does not take the next message of the original for one it knows."""
    with emulator.replaced("default", receivers=kept(), salt="copy") as copy:
        there = copy.people.say(SHEENA, "Hello").id
    here = original.people.say(SHEENA, "Hello").id

    assert there != here


def test_webhooks_of_a_copy_reach_nobody_else(emulator: Emulator, original: Sandbox, inbox: Inbox) -> None:
    """Nor do those that the original has not delivered yet go out twice."""
    original.people.say(SHEENA, "waits")
    receivers = kept()

    with emulator.replaced("default", receivers=receivers, salt="copy") as copy:
        copy.people.say(SHEENA, "inside")
        copy.settle()
        during = list(inbox.events)
    original.settle()

    assert during == []
    assert len(receivers.kept) == 2
    assert inbox.events == ["text waits"]


def test_the_original_is_back_when_the_block_raises(emulator: Emulator, original: Sandbox) -> None:
    """Whatever it was."""
    with pytest.raises(ZeroDivisionError), emulator.replaced("default", receivers=kept(), salt="copy"):
        raise ZeroDivisionError

    assert opened_by_token(emulator) is original


def test_what_is_not_there_cannot_be_replaced(emulator: Emulator) -> None:
    """As for every name that nobody has."""
    with (
        pytest.raises(NoSuchSandbox, match="there is no sandbox other"),
        emulator.replaced("other", receivers=kept(), salt="copy"),
    ):
        pass


def test_the_receiver_of_the_first_app_is_found_with_its_url(original: Sandbox, inbox: Inbox) -> None:
    """Without a callback there is none."""
    url, receiver = original.webhooks.receiver()
    receiver.post(url, b"{}", {}, 1.0)
    original.webhooks.connect(None)

    assert [webhook.body for webhook in inbox.webhooks] == [b"{}"]
    with pytest.raises(LookupError, match="has no callback URL"):
        original.webhooks.receiver()
