"""Templates that go: at once, or when their last messages have come to an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import ORDER_SHIPPED, PABLO, SHEENA, WABA_ID
from kit.messages import order_shipped
from kit.receivers import Inbox, hear_everything
from kit.sandboxes import send, statuses
from kit.submissions import body, delete, found, refused, status, submit
from kit.times import DAY, MICROSECOND, after

from emulator import PlatformError, Sandbox


def switch_off(sandbox: Sandbox, number: str = SHEENA) -> None:
    """This person's phone is off: nothing arrives."""
    sandbox.people.change(number, habits={"delivered_after": None})


def test_a_deletion_is_told(sandbox: Sandbox, everything: Inbox) -> None:
    """Once for each language, and the template is gone."""
    delete(sandbox, "order_shipped")

    sandbox.settle()

    assert everything.events == ["order_shipped DELETED"]
    assert (status(sandbox, ORDER_SHIPPED), everything.values[0]["reason"]) == ("gone", "NONE")


def test_a_template_waits_for_its_messages(sandbox: Sandbox, everything: Inbox) -> None:
    """While it waits it cannot be sent, edited or deleted, and its name is taken."""
    switch_off(sandbox)
    send(sandbox, order_shipped())
    sandbox.settle()

    delete(sandbox, "order_shipped")
    sandbox.settle()

    assert everything.events == ["sent", "order_shipped PENDING_DELETION"]
    assert (status(sandbox, ORDER_SHIPPED), everything.values[1]["reason"]) == ("PENDING_DELETION", None)
    with pytest.raises(PlatformError, match="132001"):
        send(sandbox, order_shipped(), PABLO)
    assert refused(delete, sandbox, "order_shipped")[0] == 2388025
    assert refused(submit, sandbox, "order_shipped")[0] == 2388023


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-MICROSECOND, "PENDING_DELETION"), (0 * MICROSECOND, "gone"), (MICROSECOND, "gone")],
)
def test_it_waits_as_long_as_its_messages_live(sandbox: Sandbox, late: timedelta, expected: str) -> None:
    """Thirty days from the newest of them, to the microsecond."""
    switch_off(sandbox)
    send(sandbox, order_shipped())
    sandbox.clock.advance(DAY)
    delete(sandbox, "order_shipped")

    sandbox.clock.advance(29 * DAY + late)

    assert status(sandbox, ORDER_SHIPPED) == expected


def test_it_goes_when_the_last_message_has_arrived(lifelike: Sandbox) -> None:
    """Not with the first one."""
    inbox = hear_everything(lifelike)
    lifelike.people.change(PABLO, habits={"delivered_after": 18_000})
    for person in (SHEENA, PABLO):
        send(lifelike, order_shipped(), person)
    lifelike.clock.advance(timedelta(seconds=1))
    with lifelike.services.command():
        lifelike.services.templates.deletion.delete(lifelike.identity()["waba_id"], "order_shipped")

    lifelike.clock.advance(DAY)

    told = [words for words in inbox.events if words.startswith("order_shipped") or words == "delivered"]
    assert told == ["order_shipped PENDING_DELETION", "delivered", "delivered", "order_shipped DELETED"]


def test_it_goes_when_the_last_message_has_failed(sandbox: Sandbox, everything: Inbox) -> None:
    """Nobody waits for that one any more."""
    sandbox.people.change(SHEENA, habits={"sent_after": 60}, on_whatsapp=False)
    send(sandbox, order_shipped())
    delete(sandbox, "order_shipped")

    sandbox.clock.advance(timedelta(hours=1))

    assert everything.events == ["order_shipped PENDING_DELETION", "failed 131026", "order_shipped DELETED"]


def test_it_goes_when_the_last_message_was_dropped(sandbox: Sandbox, everything: Inbox) -> None:
    """It waited too long, and so nothing is left to wait for."""
    sandbox.people.change(SHEENA, habits={"delivered_after": 40 * 86_400})
    send(sandbox, order_shipped())
    sandbox.settle()
    delete(sandbox, "order_shipped")

    sandbox.clock.advance(50 * DAY)

    assert everything.events == ["sent", "order_shipped PENDING_DELETION", "order_shipped DELETED"]
    assert statuses(sandbox) == ["sent"]


def test_what_was_delivered_does_not_keep_a_template(sandbox: Sandbox, everything: Inbox) -> None:
    """Only what is on its way does."""
    send(sandbox, order_shipped())
    sandbox.settle()

    delete(sandbox, "order_shipped")
    sandbox.settle()

    assert everything.events[-1] == "order_shipped DELETED"


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(0), "4 weeks"),
        (timedelta(days=2, microseconds=1), "3 weeks"),
        (timedelta(days=24), "6 days"),
        (timedelta(days=29, hours=22), "2 hours"),
        (timedelta(days=29, hours=23, minutes=59), "1 minute"),
        (timedelta(days=30) - MICROSECOND, "less than 1 minute"),
    ],
)
def test_the_lock_of_a_name_says_how_long_it_lasts(sandbox: Sandbox, passed: timedelta, shown: str) -> None:
    """In weeks first, and in minutes at last."""
    delete(sandbox, "order_shipped")
    sandbox.clock.advance(passed)

    assert f"Try again in {shown} or consider" in refused(submit, sandbox, "order_shipped")[1]


def test_a_template_that_was_once_approved_keeps_its_name(sandbox: Sandbox) -> None:
    """Also while an edit of it is under review, and after a rejection."""
    template = submit(sandbox)
    sandbox.templates.review(template.id, "approve")
    sandbox.templates.review(template.id, "reject")
    assert found(sandbox, template.id).status == "REJECTED"

    delete(sandbox, "thank_you")

    assert refused(submit, sandbox)[0] == 2388023


def test_a_hundred_templates_are_deleted_at_once_and_no_more(sandbox: Sandbox) -> None:
    """The hundred and first refuses them all."""
    ids = tuple(submit(sandbox, f"thanks_{number}").id for number in range(101))

    def delete_ids(template_ids: tuple[str, ...]) -> None:
        with sandbox.services.command():
            sandbox.services.templates.deletion.delete_ids(WABA_ID, template_ids)

    assert "at most 100 elements" in refused(delete_ids, ids)[1]
    assert status(sandbox, ids[0]) == "PENDING"
    delete_ids(ids[:100])
    assert {status(sandbox, each) for each in ids[:100]} == {"gone"}


def test_a_translation_of_a_template_that_goes_may_have_another_category(sandbox: Sandbox) -> None:
    """What is being deleted binds nobody."""
    switch_off(sandbox)
    send(sandbox, order_shipped())
    sandbox.settle()
    delete(sandbox, "order_shipped")

    text = body("Nur heute ist alles billiger als sonst bei uns!")
    german = submit(sandbox, "order_shipped", "de", "MARKETING", text)

    assert (german.category, german.created_at) == ("MARKETING", after(0))
