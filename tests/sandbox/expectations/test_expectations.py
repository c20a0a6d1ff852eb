"""Expecting something of an app: what is found, claimed, waited for, and told when it is missing."""

from __future__ import annotations

import re
from threading import Thread
from typing import Any

import pytest
from freezegun import freeze_time
from kit.identities import PABLO, SHEENA, STRANGER
from kit.messages import order_shipped
from kit.sandboxes import send
from kit.times import HOUR

from emulator import Sandbox
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import NotMet, SandboxClosed
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.store.messages import message_rows, messages


def expect(sandbox: Sandbox, what: str = "sent", **conditions: Any) -> Any:
    """What is found; one alone without its list."""
    found = sandbox.expectations.expect(what, **conditions)
    return found if "times" in conditions else found[0]


def missing(sandbox: Sandbox, what: str = "sent", **conditions: Any) -> str:
    """What is told of something that has not happened, without the conversation."""
    with pytest.raises(NotMet) as told:
        sandbox.expectations.expect(what, **conditions)
    return told.value.summary


@pytest.fixture
def open_window(sandbox: Sandbox) -> Sandbox:
    """Sheena has written, so that she can be answered."""
    sandbox.people.say(SHEENA, "Hello")
    return sandbox


# what is found


def test_what_goes_to_one_person_is_looked_for_among_their_messages(open_window: Sandbox) -> None:
    """However many others there are; the number may be written in another of its forms."""
    ana = open_window.people.add("Ana", number="5511912345678").wa_id
    for wa_id in (SHEENA, ana, SHEENA):
        send(open_window, order_shipped(), to=wa_id)
    read, read_message = list[str](), message_rows.message_of

    def noted(row: tuple[Any, ...]) -> Message:
        read.append(row[2])
        return read_message(row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "message_of", noted)

        assert expect(open_window, to="+55 11 1234-5678").wa_id == ana

    assert set(read) == {ana}


def test_what_was_sent_is_found_as_it_stands(open_window: Sandbox) -> None:
    """It settles first: what the person has read by then is read."""
    wamid = send(open_window, "Hi!")

    found = expect(open_window, to=SHEENA, text="Hi!")

    assert (found.id, found.status) == (wamid, "read")


@pytest.mark.parametrize(
    "conditions",
    [
        {"text": re.compile("news, S")},
        {"text": lambda text: text.startswith("Good")},
        {"template": "order_shipped"},
        {"type": "template"},
        {"parameters": ["Sheena", 860198]},
        {"parameters": [re.compile("^She"), str.isdigit]},
        {"buttons": ["Where is it?", "Track it"]},
        {"to": "+1 (650) 555-1234"},
    ],
)
def test_a_template_is_found_by_each_of_its_parts(sandbox: Sandbox, conditions: dict[str, Any]) -> None:
    """As a value, as a regular expression, or as a function of it."""
    send(sandbox, order_shipped())

    assert expect(sandbox, **conditions).template == "order_shipped"


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ({"text": "Hi"}, "text is 'Hi!', not 'Hi'"),
        ({"text": re.compile("^i")}, r"text is 'Hi!', not /\^i/"),
        ({"template": "order_shipped"}, "template is None, not 'order_shipped'"),
        ({"type": "image"}, "type is 'text', not 'image'"),
        ({"parameters": ["Sheena"]}, r"parameters is \[\], not \['Sheena'\]"),
        ({"buttons": ["Yes"]}, r"buttons is \[\], not \['Yes'\]"),
        ({"to": PABLO}, f"to is '{SHEENA}', not '{PABLO}'"),
        ({"reply_to": "wamid.1"}, "reply_to is None, not 'wamid.1'"),
        ({"number": "1"}, "number is '[0-9]+', not '1'"),
    ],
)
def test_the_nearest_miss_is_told_with_the_differing_member(
    open_window: Sandbox, conditions: dict[str, Any], why: str
) -> None:
    """What was expected, what there is, and why it is not that."""
    send(open_window, "Hi!")

    told = missing(open_window, **conditions)

    assert told.splitlines()[0].startswith("expected a message that was sent with ")
    assert told.splitlines()[0].endswith("; there are none")
    assert told.splitlines()[1] == "  nearest: 09:00:00  business → Sheena Nelson: Hi!   ✓✓ read"
    assert re.fullmatch("    " + why, told.splitlines()[2])


def test_the_nearest_miss_is_the_most_like_it(open_window: Sandbox) -> None:
    """Fewest differing members first, then the likeness of the texts, then the newest."""
    for text in ("Your order is on its way", "Bye", "Anything else?"):
        send(open_window, text)

    assert "nearest: 09:00:00  business → Sheena Nelson: Your order" in missing(
        open_window, text="Your order is on the way"
    )


def test_where_nothing_is_like_it_nothing_is_told_of_it(sandbox: Sandbox) -> None:
    """Only that there is none, and that nobody wrote."""
    with pytest.raises(NotMet) as told:
        sandbox.expectations.expect("sent")

    assert told.value.summary == "expected a message that was sent; there are none"
    assert told.value.conversation == "(nobody wrote)"
    assert str(told.value) == "expected a message that was sent; there are none\n(nobody wrote)"


def test_what_has_failed_was_not_sent(open_window: Sandbox) -> None:
    """It is told with the rule that failed it, and the facts the rule looked at."""
    open_window.clock.advance(25 * HOUR)
    send(open_window, "Still there?")

    told = missing(open_window, text="Still there?")

    assert "✗ failed 131047" in told
    assert "rule window" in told
    assert "    it is failed, and not sent" in told
    assert expect(open_window, "failed", code=131047).text == "Still there?"


def test_a_message_that_never_failed_is_no_failed_one(open_window: Sandbox) -> None:
    """A wrong code is told with that of the message."""
    send(open_window, "Hi!", STRANGER)

    assert "code is 131026, not 131047" in missing(open_window, "failed", code=131047)
    assert expect(open_window, "failed", code=131026).wa_id == STRANGER


def test_what_is_delivered_has_reached_the_phone(open_window: Sandbox) -> None:
    """A phone that is off has not got it; it was sent all the same."""
    open_window.people.change(SHEENA, habits={"delivered_after": None})
    send(open_window, "Hi!")

    assert "it is sent, and not delivered" in missing(open_window, "delivered")
    assert expect(open_window, "sent").status == "sent"


# claims


def test_an_expectation_claims_what_it_found(open_window: Sandbox) -> None:
    """The next one looks further, in the order in which they were sent."""
    first, second = send(open_window, "Hi!"), send(open_window, "Hi!")

    assert [expect(open_window, text="Hi!").id for _ in range(2)] == [first, second]
    assert "an earlier expectation has found it" in missing(open_window, text="Hi!")


def test_what_was_sent_can_be_expected_to_be_read_as_well(open_window: Sandbox) -> None:
    """A claim is of what has happened, and not of the message."""
    wamid = send(open_window, "Hi!")

    assert expect(open_window, "sent").id == expect(open_window, "read", message=wamid).id == wamid


def test_a_number_of_times_is_exact(open_window: Sandbox) -> None:
    """All of them are found and claimed; one too many or too few is told with those that there are."""
    send(open_window, "Hi!")
    send(open_window, "Hi!")

    assert "exactly 1× with text='Hi!'; there are 2\n  09:00:00" in missing(open_window, text="Hi!", times=1)
    assert "exactly 3× with text='Hi!'; there are 2\n  09:00:00" in missing(open_window, text="Hi!", times=3)
    assert len(expect(open_window, text="Hi!", times=2)) == 2
    assert expect(open_window, text="Hi!", times=0) == []


def test_none_at_all_can_be_expected(open_window: Sandbox) -> None:
    """And is not met when there is one."""
    send(open_window, "Hi!")

    assert expect(open_window, text="Bye", times=0) == []
    assert "exactly 0×; there is 1" in missing(open_window, times=0)


def test_what_comes_after_a_message_was_sent_later(open_window: Sandbox) -> None:
    """Of the same instant, too; one before it is the nearest miss."""
    send(open_window, "Yes")
    question = send(open_window, "Sure?")

    assert "it came before what it should come after" in missing(open_window, text="Yes", after=question)

    answer = send(open_window, "Yes")
    assert expect(open_window, text="Yes", after=question).id == answer


def test_a_reset_ends_all_claims(open_window: Sandbox) -> None:
    """The ids of messages begin anew, and so do expectations."""
    send(open_window, "Hi!")
    before = expect(open_window)

    open_window.reset()
    open_window.people.say(SHEENA, "Hello")
    send(open_window, "Hi!")

    assert expect(open_window).id == before.id


def test_a_restored_sandbox_forgets_claims_of_what_is_not_there(open_window: Sandbox) -> None:
    """What is sent again after the snapshot can be expected again."""
    expect_first = send(open_window, "Hi!")
    assert expect(open_window).id == expect_first
    snapshot = open_window.snapshot()
    send(open_window, "Bye")
    expect(open_window)

    open_window.restore(snapshot)
    send(open_window, "Bye")

    assert expect(open_window).text == "Bye"
    open_window.expectations.expect_no_more()


# nothing more


def test_nothing_more_means_that_all_was_expected(open_window: Sandbox) -> None:
    """What nobody expected is told, failed messages too."""
    send(open_window, "Hi!")
    send(open_window, "Psst", STRANGER)
    expect(open_window)

    with pytest.raises(NotMet) as told:
        open_window.expectations.expect_no_more()

    assert told.value.summary.splitlines()[0] == "expected nothing more; there is 1"
    assert "Psst   ✗ failed 131026" in told.value.summary.splitlines()[1]
    assert [message.text for message in told.value.came] == ["Psst"]


def test_nothing_more_can_be_expected_to_one_person(open_window: Sandbox) -> None:
    """What others are sent does not count."""
    send(open_window, "Psst", PABLO)

    open_window.expectations.expect_no_more(to=SHEENA)

    with pytest.raises(NotMet, match="expected nothing more to Pablo Morales; there is 1"):
        open_window.expectations.expect_no_more(to=PABLO)


# reading


def test_what_the_app_has_read_is_a_message_of_a_person(open_window: Sandbox) -> None:
    """What the person has read of the app is found by its id alone."""
    from emulator.domain.messages.outbound import MarkRead

    hello = open_window.messages.all()[0]
    send(open_window, "Hi!")

    assert "it is received, and not read" in missing(open_window, "read", message=hello.id)
    assert "by is 'business', not 'person'" in missing(open_window, "read")

    open_window.messages.mark_read(open_window.accounts.numbers()[0], MarkRead(hello.id))
    assert expect(open_window, "read", of=SHEENA).id == hello.id


# waiting


def test_what_another_thread_sends_later_is_waited_for(open_window: Sandbox) -> None:
    """It ends as soon as it is there, long before the seconds are over."""
    sender = Thread(target=lambda: send(open_window, "Later"))
    begun = real_seconds()
    sender.start()

    found = expect(open_window, text="Later", within=30)

    sender.join()
    assert found.status == "read"
    assert real_seconds() - begun < 20


def test_a_frozen_process_does_not_stop_the_seconds(sandbox: Sandbox) -> None:
    """They are real ones, whatever time the process shows."""
    with freeze_time("2026-12-01 08:00:00"):
        assert "there are none" in missing(sandbox, within=0.05)


def test_waiting_ends_when_the_sandbox_is_closed(sandbox: Sandbox) -> None:
    """With the error that everybody gets who waits in it."""
    closer = Thread(target=sandbox.close)
    closer.start()

    with pytest.raises(SandboxClosed):
        sandbox.expectations.expect("sent", within=30)

    closer.join()


# what there is not


@pytest.mark.parametrize(
    ("what", "conditions", "told"),
    [
        ("sended", {}, "there is no 'sended' to expect; there are sent, delivered, failed, refused, read"),
        ("sent", {"txt": "Hi"}, "a message that was sent has no txt; did you mean text?; it has to, "),
        ("sent", {"rule": "window"}, "a message that was sent has no rule; it has"),
        ("refused", {"buttons": []}, "a call that was refused has no buttons; it has"),
        ("read", {"to": SHEENA}, "a message that was read has no to; it has of, message, by"),
        ("sent", {"times": -1}, "times is a whole number from 0, not -1"),
        ("sent", {"times": True}, "times is a whole number from 0, not True"),
    ],
)
def test_a_condition_that_there_is_not_is_told(
    sandbox: Sandbox, what: str, conditions: dict[str, Any], told: str
) -> None:
    """With what there is, and what may have been meant."""
    with pytest.raises(ValueError, match=re.escape(told)):
        sandbox.expectations.expect(what, **conditions)
