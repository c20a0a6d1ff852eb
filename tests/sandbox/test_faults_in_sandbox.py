"""Faults as part of a sandbox: what they change, what they leave alone, and that they replay."""

from __future__ import annotations

from typing import Any

import pytest
from kit.graph import graph_of, identifying
from kit.identities import BEATRIZ, PABLO, PRODUCTION, SHEENA, TEST
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import send
from kit.times import START
from kit.values import present

from emulator import Emulator, PlatformError, Sandbox
from emulator.sandbox.faults import NoSuchFault

HALF: dict[str, Any] = {"when": "async", "times": None, "probability": 0.5}


def fates(emulator: Emulator, name: str = "default", **fault: object) -> list[str]:
    """What becomes of forty templates, each by its last status."""
    sandbox = emulator.create(name, at=START, speed=None, at_once=True)
    sandbox.faults.add(131049, **fault)
    for _ in range(40):
        send(sandbox, order_shipped())
    sandbox.settle()
    return [str(message.status) for message in sandbox.messages.all(outbound=True)]


def test_a_message_fails_on_its_way(sandbox: Sandbox, inbox: Inbox) -> None:
    """One that would have arrived; the next one does."""
    sandbox.faults.add(131049)

    send(sandbox, order_shipped())
    send(sandbox, order_shipped())
    sandbox.settle()

    assert inbox.events == ["failed 131049", "sent", "delivered", "read"]
    assert sandbox.messages.all(outbound=True)[0].error == {
        "code": 131049,
        "title": "This message was not delivered to maintain healthy ecosystem engagement.",
        "details": "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    }


def test_a_fault_goes_before_the_rules(sandbox: Sandbox, inbox: Inbox) -> None:
    """Outside the window, where a text would fail anyway."""
    sandbox.faults.add(131031, when="async")

    send(sandbox, "Hello")
    send(sandbox, "Hello")
    sandbox.settle()

    assert inbox.events == ["failed 131031", "failed 131047"]


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ({"to": PABLO}, ["failed 131049", "sent", "delivered", "read"]),
        ({"to": SHEENA}, ["sent", "delivered", "failed 131049"]),
        ({"phone_number_id": TEST}, ["sent", "delivered", "sent", "delivered", "read"]),
        ({"phone_number_id": PRODUCTION}, ["failed 131049", "sent", "delivered", "read"]),
    ],
    ids=["to Pablo", "to Sheena", "another number", "this number"],
)
def test_a_later_fault_fits_persons_and_numbers(
    sandbox: Sandbox, inbox: Inbox, facts: dict[str, Any], events: list[str]
) -> None:
    """Pablo reads nothing; Sheena reads all."""
    sandbox.faults.add(131049, **facts)

    send(sandbox, order_shipped(), PABLO)
    sandbox.settle()
    send(sandbox, order_shipped())
    sandbox.settle()

    assert inbox.events == events


def test_what_one_person_writes_may_be_unsupported(sandbox: Sandbox) -> None:
    """What the others write is not; the person's own words are kept, and the window is open."""
    inbox = listen(sandbox)
    sandbox.faults.add(131051, to=BEATRIZ)

    sandbox.people.say(SHEENA, "Hello")
    written = sandbox.people.say(BEATRIZ, "Oi")
    sandbox.settle()

    kinds = [message["type"] for value in inbox.values for message in value.get("messages", ())]
    assert kinds == ["text", "unsupported"]
    assert (written.type, written.text) == ("unsupported", "Oi")
    with sandbox.services.command() as store:
        assert present(store.windows.get(PRODUCTION, BEATRIZ)).is_open(START)


def test_what_a_person_writes_to_another_number_is_shown(sandbox: Sandbox) -> None:
    """A fault for one number concerns that number."""
    sandbox.faults.add(131060, phone_number_id=TEST, times=None)

    assert sandbox.people.say(SHEENA, "Hello").type == "text"
    assert sandbox.people.say(SHEENA, "Hello", to=TEST).type == "unsupported"


def test_a_refused_call_changes_nothing_else(emulator: Emulator) -> None:
    """The next one is answered with the bytes it would have been answered with: even its id is the same."""

    def sent(*faults: int) -> bytes:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        api = graph_of(emulator)
        for code in faults:
            sandbox.faults.add(code)
            assert api.text("Hello").json["error"]["code"] == code
        answer = api.text("Hello")
        assert len(sandbox.messages.all()) == 1
        emulator.remove("default")
        return bytes(answer.data)

    assert sent() == sent(131000, 190)


def test_a_fault_replays(emulator: Emulator) -> None:
    """Forty coins fall the same way in every run, and another way in another sandbox."""
    first = fates(emulator, **HALF)
    emulator.remove("default")
    again = fates(emulator, **HALF)
    another = fates(emulator, "another", **HALF)

    assert first == again
    assert first != another
    assert 5 < first.count("failed") < 35


def test_calls_refused_by_chance_are_the_same_in_every_run(emulator: Emulator) -> None:
    """To the bytes, with their traces."""

    def run() -> list[tuple[int, bytes, str | None]]:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        sandbox.faults.add(130429, times=None, probability=0.3)
        api = graph_of(emulator)
        answers = [identifying(api.text(f"Message {number}")) for number in range(30)]
        emulator.remove("default")
        return answers

    first, second = run(), run()

    assert first == second
    assert {status for status, *_ in first} == {200, 400}


def test_one_fault_s_chance_is_not_another_s(emulator: Emulator) -> None:
    """Each has a stream of its own, so one more fault shifts nothing."""
    alone = fates(emulator, to=SHEENA, **HALF)
    emulator.remove("default")
    sandbox = emulator.create(at=START, speed=None, at_once=True)
    sandbox.faults.add(131049, to=SHEENA, **HALF)
    sandbox.faults.add(131050, to=PABLO, **HALF)
    for _ in range(40):
        send(sandbox, order_shipped())
        send(sandbox, order_shipped(), PABLO)
    sandbox.settle()

    assert [str(message.status) for message in sandbox.messages.all(wa_id=SHEENA)] == alone


def test_faults_are_in_a_snapshot(emulator: Emulator, sandbox: Sandbox) -> None:
    """With how often they were met; going on from it gives what it gave then."""
    sandbox.faults.add(131000, times=3)
    api = graph_of(emulator)
    api.text("One")
    kept = sandbox.snapshot()
    first = identifying(api.text("Two"))
    sandbox.faults.remove()

    sandbox.restore(kept)

    assert [(fault.code, fault.met, fault.times) for fault in sandbox.faults.all()] == [(131000, 1, 3)]
    assert identifying(api.text("Two")) == first


def test_a_fault_that_is_not_there_cannot_be_removed(sandbox: Sandbox) -> None:
    """The sentence names those that are."""
    sandbox.faults.add(131000)

    with pytest.raises(NoSuchFault, match="there is no fault 7; there are: 1"):
        sandbox.faults.remove(7)


def test_a_fault_that_makes_no_sense_leaves_no_trace(sandbox: Sandbox) -> None:
    """Nothing is added, and no number is used up."""
    with pytest.raises(ValueError, match="there is no business number 1"):
        sandbox.faults.add(131000, phone_number_id="1")
    with pytest.raises(PlatformError):
        sandbox.faults.add(131000, to="nobody")

    assert sandbox.faults.all() == []
    assert sandbox.faults.add(131000).id == 1


@pytest.mark.slow
def test_many_spent_faults_do_not_hide_a_new_one(sandbox: Sandbox, inbox: Inbox) -> None:
    """Only those that wait are looked at."""
    for _ in range(200):
        sandbox.faults.add(131049)
        send(sandbox, order_shipped())
    sandbox.settle()

    assert inbox.events == ["failed 131049"] * 200
    assert {fault.met for fault in sandbox.faults.all()} == {1}
