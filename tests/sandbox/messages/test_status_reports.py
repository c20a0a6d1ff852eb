"""Statuses that are made to happen: audios are played, messages fail after they were delivered, …."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from kit.identities import PABLO, SHEENA
from kit.messages import LIFE
from kit.receivers import Inbox
from kit.sandboxes import notes, send

from emulator import Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.outbound import FreeForm
from emulator.sandbox.errors import CannotDo


@pytest.fixture
def sent(sandbox: Sandbox, inbox: Inbox) -> str:
    """A text on its way to a person who has just written; nothing of it was delivered yet."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    inbox.clear()
    return send(sandbox, "Hi")


def audio(sandbox: Sandbox, *, settled: bool = True) -> str:
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    number = sandbox.accounts.numbers()[0]
    file = sandbox.media.upload(number, BytesIO(b"OggS"), "audio/ogg")
    sent = send(sandbox, FreeForm(KINDS["audio"], {"id": file.id}))
    if settled:
        sandbox.settle()
    return sent


# after delivered


def test_a_message_is_delivered_and_then_fails(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the error of the fault; it is never read."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    inbox.clear()
    sandbox.faults.add(131026, when="delivered")

    sent = send(sandbox, "Hi")
    send(sandbox, "Hi again")
    sandbox.settle()

    assert inbox.events == ["sent", "sent", "delivered", "failed 131026", "delivered", "read"]
    message = sandbox.messages.get(sent)
    assert (message.status, message.error and message.error["code"]) == ("failed", 131026)


# by hand


@pytest.mark.parametrize("status", ["sent", "delivered", "read", "played"])
def test_any_status_can_be_reported_again(sandbox: Sandbox, inbox: Inbox, sent: str, status: str) -> None:
    """In whichever order; a message that was read is read, whatever is reported."""
    sandbox.settle()
    before = sandbox.messages.get(sent)

    after = sandbox.messages.report_status(sent, status)
    sandbox.settle()

    assert inbox.events == [*LIFE, status]
    assert before.status == "read"
    assert after.status == ("played" if status == "played" else "read")
    assert inbox.statuses[-1]["id"] == sent


def test_what_may_follow_changes_the_message(sandbox: Sandbox, inbox: Inbox) -> None:
    """One that nobody reads becomes read; it costs nothing more to report it once more."""
    sandbox.people.change(SHEENA, habits={"reads": False})
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    sent = send(sandbox, "Hi")
    sandbox.settle()

    assert sandbox.messages.report_status(sent, "read").status == "read"
    sandbox.messages.report_status(sent, "delivered")
    sandbox.settle()

    assert inbox.events == ["text Hello", "sent", "delivered", "read", "delivered"]
    assert "delivered, reported on purpose" in notes(sandbox, "status")


def test_delivered_may_be_reported_before_sent(sandbox: Sandbox, inbox: Inbox, sent: str) -> None:
    """What becomes of the message then goes on as ever."""
    sandbox.messages.report_status(sent, "delivered")
    sandbox.settle()

    assert inbox.events == ["delivered", *LIFE]


def test_a_message_fails_on_its_way(sandbox: Sandbox, inbox: Inbox, sent: str) -> None:
    """Nothing follows that was planned for it."""
    message = sandbox.messages.report_status(sent, "failed", code=131053, details="It broke.")
    sandbox.settle()

    assert inbox.events == ["failed 131053"]
    assert message.error is not None
    assert (message.status, message.error["details"]) == ("failed", "It broke.")


def test_a_message_that_was_read_fails_all_the_same(sandbox: Sandbox, inbox: Inbox, sent: str) -> None:
    """As was reported; it has the error from then on."""
    sandbox.settle()

    assert sandbox.messages.report_status(sent, "failed", code=131026).status == "failed"
    sandbox.settle()

    assert inbox.events == [*LIFE, "failed 131026"]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"status": "accepted"}, "webhooks report sent, delivered, read, played, failed; not 'accepted'"),
        ({"status": "failed"}, "has the code of an error"),
        ({"status": "failed", "code": 1}, "1 is no error that a status has"),
        ({"status": "failed", "code": 190}, "190 is no error that a status has"),
        ({"status": "read", "code": 131026}, "only a message that failed has an error"),
        ({"status": "read", "details": "It broke."}, "only a message that failed has an error"),
    ],
)
def test_a_status_that_no_webhook_has_is_refused(
    sandbox: Sandbox, sent: str, more: dict[str, Any], problem: str
) -> None:
    """In words."""
    with pytest.raises(CannotDo, match=problem):
        sandbox.messages.report_status(sent, **more)


def test_only_messages_of_a_business_have_statuses(sandbox: Sandbox) -> None:
    """Not those that people write, and not those that are not there."""
    said = sandbox.people.say(SHEENA, "Hello")

    with pytest.raises(CannotDo, match="is not one of a business to a person"):
        sandbox.messages.report_status(said.id, "read")
    with pytest.raises(LookupError, match=r"there is no message wamid\.1"):
        sandbox.messages.report_status("wamid.1", "read")


# played


def test_an_audio_is_played_once(sandbox: Sandbox, inbox: Inbox) -> None:
    """After it was read; the second time is not reported."""
    sent = audio(sandbox)
    inbox.clear()

    assert sandbox.people.play(SHEENA, sent).status == "played"
    sandbox.settle()

    assert inbox.events == ["played"]
    with pytest.raises(CannotDo, match="has played"):
        sandbox.people.play(SHEENA, sent)


def test_who_plays_an_audio_reads_it(sandbox: Sandbox, inbox: Inbox) -> None:
    """At once, and not again when they would have read it."""
    sandbox.people.change(SHEENA, habits={"read_after": 60})
    sent = audio(sandbox)
    inbox.clear()

    sandbox.people.play(SHEENA, sent)
    sandbox.settle()
    now = inbox.events
    sandbox.clock.advance_to_next()

    assert now == inbox.events == ["read", "played"]


def test_only_an_audio_that_has_come_is_played(sandbox: Sandbox) -> None:
    """By whom it was sent to."""
    sandbox.people.say(SHEENA, "Hello")
    text = send(sandbox, "Hi")
    sandbox.settle()
    on_its_way = audio(sandbox, settled=False)

    for person, message, problem in (
        (SHEENA, text, "is no audio of a business"),
        (SHEENA, on_its_way, "has not reached"),
        (PABLO, on_its_way, "has no message"),
    ):
        with pytest.raises(CannotDo, match=problem):
            sandbox.people.play(person, message)
