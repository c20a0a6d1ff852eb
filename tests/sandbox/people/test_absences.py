"""Phones that are off: nothing reaches them, and everything at once when they are on again."""

from __future__ import annotations

import pytest
from kit.identities import BEATRIZ, SHEENA
from kit.messages import LOGIN_CODE
from kit.receivers import listen
from kit.sandboxes import around, failures, notes, send, statuses
from kit.times import DAY, HOUR, MICROSECOND, START, after, seconds

from emulator import Sandbox
from emulator.sandbox.errors import CannotDo

NOON = START + 3 * HOUR


@pytest.fixture
def sandbox(sandbox: Sandbox) -> Sandbox:
    """Sheena and Beatriz have written, so that they can be answered."""
    for person in (SHEENA, BEATRIZ):
        sandbox.people.say(person, "Hello")
    sandbox.settle()
    return sandbox


def test_everything_arrives_at_the_very_instant(sandbox: Sandbox) -> None:
    """In the order in which it was sent; somebody else gets theirs meanwhile."""
    sandbox.people.change(SHEENA, habits={"offline": [{"from": START, "until": NOON}]})
    sent = []
    for text in ("One", "Two", "Three"):
        sent.append(send(sandbox, text))
        sandbox.clock.advance(HOUR / 2)
    send(sandbox, "Elsewhere", BEATRIZ)
    inbox = listen(sandbox)

    before, then = around(sandbox, NOON, lambda: statuses(sandbox))

    assert before == ["sent", "sent", "sent", "read"]
    assert then == ["read"] * 4
    assert [(each["id"], each["status"]) for each in inbox.statuses if each["id"] in sent] == [
        (message, "delivered") for message in sent
    ] + [(message, "read") for message in sent]


def test_a_phone_is_off_every_day(sandbox: Sandbox) -> None:
    """From 09:30 to 10:00: what is sent at the last instant arrives, what is sent at the first does not."""
    sandbox.people.change(SHEENA, habits={"offline": [{"from": "09:30", "until": "10:00"}]})
    sandbox.clock.travel_to(START + DAY + HOUR / 2 - MICROSECOND)
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Just in time")
    sandbox.settle()
    sandbox.clock.travel_to(START + DAY + HOUR / 2)
    send(sandbox, "Too late")
    sandbox.settle()
    off = statuses(sandbox)
    sandbox.clock.travel_to(START + DAY + HOUR)

    assert (off, statuses(sandbox)) == (["read", "sent"], ["read", "read"])


def test_what_was_delivered_before_is_read_when_the_phone_is_on(sandbox: Sandbox) -> None:
    """Nobody hears of it earlier, whenever it was looked at."""
    sandbox.people.change(SHEENA, habits={"read_after": 60})
    send(sandbox, "Hello")
    sandbox.settle()
    sandbox.people.go_offline(SHEENA, NOON)

    before, then = around(sandbox, NOON, lambda: statuses(sandbox))

    assert (before, then) == (["delivered"], ["read"])


def test_what_somebody_is_asked_to_read_is_read_at_once(sandbox: Sandbox) -> None:
    """An act of a test happens all the same."""
    sandbox.people.change(SHEENA, habits={"read_after": 60})
    send(sandbox, "Hello")
    sandbox.settle()
    sandbox.people.go_offline(SHEENA)
    sandbox.people.read(SHEENA)
    sandbox.settle()

    assert statuses(sandbox) == ["read"]


def test_a_phone_that_is_switched_on_gets_everything(sandbox: Sandbox) -> None:
    """It was off without an end, and nothing else is due earlier for it."""
    sandbox.people.go_offline(SHEENA)
    sandbox.people.change(SHEENA, habits={"delivered_after": 600})
    send(sandbox, "Hello")
    sandbox.clock.advance(DAY)
    off = statuses(sandbox)
    send(sandbox, "And this", BEATRIZ)
    sandbox.people.change(SHEENA, habits={"delivered_after": 0})
    sandbox.people.come_online(SHEENA)
    sandbox.settle()

    assert (off, statuses(sandbox)[0]) == (["sent"], "read")
    assert [note for note in notes(sandbox, "person") if "phone" in note] == [
        "the phone of Sheena Nelson is off",
        "the phone of Sheena Nelson is on",
    ]


def test_the_platform_keeps_messages_for_thirty_days(sandbox: Sandbox) -> None:
    """Then they are dropped; one with a shorter life ends sooner, and no webhook says so."""
    sandbox.people.go_offline(SHEENA, START + 31 * DAY)
    sandbox.people.go_offline(BEATRIZ)
    send(sandbox, "Hello")
    send(sandbox, "Hello", BEATRIZ)
    sandbox.clock.travel_to(START + 30 * DAY - MICROSECOND)
    before = [note for note in notes(sandbox, "status") if note.startswith("dropped")]
    sandbox.clock.travel_to(START + 32 * DAY)
    sandbox.people.come_online(BEATRIZ)
    sandbox.settle()

    assert before == []
    assert [note for note in notes(sandbox, "status") if note.startswith("dropped")] == [
        "dropped: it could not be delivered within 2592000 seconds"
    ] * 2
    assert statuses(sandbox) == ["sent", "sent"]


def test_a_code_is_too_late_for_a_phone_that_is_off_for_long(sandbox: Sandbox) -> None:
    """Its own time to live holds, which is ten minutes."""
    for person, minutes in ((SHEENA, 9), (BEATRIZ, 11)):
        sandbox.people.go_offline(person, after(minutes * 60))
        send(sandbox, LOGIN_CODE, person)
    sandbox.clock.advance(HOUR)

    assert statuses(sandbox) == ["read", "sent"]


def test_members_of_a_group_get_a_message_when_their_phone_is_on(sandbox: Sandbox) -> None:
    """It is delivered when all have it."""
    group = sandbox.groups.make("Gardeners", SHEENA, BEATRIZ)
    sandbox.people.say(BEATRIZ, "Hello all", group=group.id)
    sandbox.people.go_offline(SHEENA, NOON)
    send(sandbox, "Hello all", group.id, to_group=True)

    before, then = around(sandbox, NOON, lambda: statuses(sandbox))

    assert (before, then) == (["sent"], ["read"])


def test_a_member_of_a_group_can_be_switched_on(sandbox: Sandbox) -> None:
    """Then everybody has it."""
    group = sandbox.groups.make("Gardeners", SHEENA, BEATRIZ)
    sandbox.people.say(BEATRIZ, "Hello all", group=group.id)
    sandbox.people.go_offline(SHEENA)
    send(sandbox, "Hello all", group.id, to_group=True)
    sandbox.settle()
    sandbox.people.come_online(SHEENA)
    sandbox.settle()

    assert statuses(sandbox) == ["read"]


def test_what_a_phone_cannot_do_is_refused(sandbox: Sandbox) -> None:
    """An end that has come, and an end of what is off every day."""
    with pytest.raises(CannotDo, match="a phone cannot be off until"):
        sandbox.people.go_offline(SHEENA, START)
    sandbox.people.change(SHEENA, habits={"offline": [{"from": "09:00", "until": "10:00"}]})
    with pytest.raises(CannotDo, match="is off every day at this time"):
        sandbox.people.come_online(SHEENA)
    sandbox.clock.advance(HOUR)

    assert sandbox.people.come_online(SHEENA) == sandbox.people.get(SHEENA)


def test_a_snapshot_has_what_waits(sandbox: Sandbox) -> None:
    """It arrives in the sandbox that was restored, too."""
    sandbox.people.go_offline(SHEENA, NOON)
    send(sandbox, "Hello")
    sandbox.clock.advance(seconds(60))
    sandbox.restore(sandbox.snapshot())
    sandbox.clock.travel_to(NOON)

    assert statuses(sandbox) == ["read"]


def test_messages_to_an_old_client_fail(sandbox: Sandbox) -> None:
    """With 131026, as to a number without WhatsApp; in a group they just do not reach it."""
    sandbox.people.change(SHEENA, habits={"old_client": True})
    send(sandbox, "Hello")
    group = sandbox.groups.make("Gardeners", SHEENA, BEATRIZ)
    sandbox.people.say(BEATRIZ, "Hello all", group=group.id)
    send(sandbox, "Hello all", group.id, to_group=True)
    sandbox.settle()

    assert (statuses(sandbox), failures(sandbox)) == (["failed", "sent"], [131026])
