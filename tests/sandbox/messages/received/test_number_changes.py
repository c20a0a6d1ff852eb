"""People who change their phone number: what businesses hear, what goes with them, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.receivers import Inbox
from kit.sandboxes import notes, send

from emulator import Sandbox
from emulator.sandbox.errors import CannotDo

NEW = "16505550199"


def test_a_business_hears_of_it_from_the_old_number(sandbox: Sandbox, inbox: Inbox) -> None:
    """A system message without contacts; marks stand round the numbers."""
    before = sandbox.people.get(SHEENA)

    after = sandbox.people.change_number(SHEENA, "+1 650 555 0199")
    sandbox.settle()

    (payload,) = inbox.payloads
    value = payload["entry"][0]["changes"][0]["value"]
    assert list(value) == ["messaging_product", "metadata", "messages"]
    (message,) = value["messages"]
    assert (message["from"], message["from_user_id"], message["type"]) == (SHEENA, before.user_id, "system")
    assert message["system"] == {
        "body": f"User Sheena Nelson changed from \u200e{SHEENA} to {NEW}\u200e",
        "wa_id": NEW,
        "type": "user_changed_number",
        "user_id": after.user_id,
    }
    assert after.user_id != before.user_id
    assert (after.wa_id, after.name) == (NEW, before.name)


def test_the_user_id_is_told_by_its_own_field(sandbox: Sandbox, everything: Inbox) -> None:
    """With the one before."""
    before = sandbox.people.get(SHEENA).user_id
    after = sandbox.people.change_number(SHEENA, NEW).user_id
    sandbox.settle()

    told = [payload["entry"][0]["changes"][0] for payload in everything.payloads]
    assert [change["field"] for change in told] == ["messages", "user_id_update"]
    (update,) = told[1]["value"]["user_id_update"]
    assert update["user_id"] == {"previous": before, "current": after}
    assert update["wa_id"] == NEW


def test_every_number_hears_of_it_that_they_have_written_to(sandbox: Sandbox, inbox: Inbox) -> None:
    """And no other."""
    sandbox.people.say(SHEENA, "Hello", to=TEST)
    sandbox.people.say(SHEENA, "Hello", to=PRODUCTION)
    sandbox.people.say(PABLO, "Hello", to=TEST)
    sandbox.settle()
    inbox.clear()

    sandbox.people.change_number(SHEENA, NEW)
    sandbox.settle()

    values = [payload["entry"][0]["changes"][0]["value"] for payload in inbox.payloads]
    assert {value["metadata"]["phone_number_id"] for value in values} == {TEST, PRODUCTION}
    assert len(values) == 2


def test_nobody_has_the_old_number_any_more(sandbox: Sandbox, inbox: Inbox) -> None:
    """What is sent there fails, what is on its way never arrives; the window does not move."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    sandbox.people.change(SHEENA, habits={"delivered_after": 60})
    on_its_way = send(sandbox, "On its way")
    sandbox.settle()
    sandbox.people.change_number(SHEENA, NEW)
    sandbox.settle()
    inbox.clear()

    send(sandbox, "Hello back")
    send(sandbox, "Hello back", to=NEW)
    sandbox.clock.advance(timedelta(minutes=1))

    assert sorted(inbox.events) == ["failed 131026", "failed 131047"]
    assert sandbox.messages.get(on_its_way).status == "sent"
    assert "it will never arrive: nobody has the number any more" in notes(sandbox, "status")


def test_blocks_and_opt_outs_go_with_them(sandbox: Sandbox) -> None:
    """And their place among the people."""
    sandbox.people.stop_marketing(SHEENA)
    place = [person.wa_id for person in sandbox.people.all()].index(SHEENA)

    sandbox.people.change_number(SHEENA, NEW)

    assert sandbox.people.relationship(NEW).stopped_marketing_at is not None
    assert sandbox.people.all()[place].wa_id == NEW


def test_they_write_on_from_the_new_number(sandbox: Sandbox, inbox: Inbox) -> None:
    """As themselves."""
    sandbox.people.change_number(SHEENA, NEW)
    sandbox.people.say(NEW, "It is me")
    sandbox.settle()

    assert (inbox.messages[-1]["from"], inbox.messages[-1]["text"]) == (NEW, {"body": "It is me"})
    with pytest.raises(LookupError, match="no person has the number"):
        sandbox.people.say(SHEENA, "Hello")


def test_they_stay_in_their_groups(sandbox: Sandbox, inbox: Inbox) -> None:
    """With the new number."""
    group = sandbox.groups.make("Plants", SHEENA, PABLO)

    sandbox.people.change_number(SHEENA, NEW)

    assert [each.participants for each in sandbox.groups.all() if each.id == group.id] == [(NEW, PABLO)]


def test_a_system_message_opens_no_window(sandbox: Sandbox) -> None:
    """Nor is it an answer."""
    sandbox.people.change_number(SHEENA, NEW)

    assert sandbox.people.windows() == []


def test_a_number_that_is_taken_is_refused(sandbox: Sandbox) -> None:
    """Their own, too; and nobody changes who is not on WhatsApp."""
    for number in (PABLO, SHEENA):
        with pytest.raises(CannotDo, match="number already"):
            sandbox.people.change_number(SHEENA, number)
    sandbox.people.change(SHEENA, on_whatsapp=False)
    with pytest.raises(CannotDo, match="is not on WhatsApp"):
        sandbox.people.change_number(SHEENA, NEW)


def test_a_number_they_have_blocked_hears_nothing(sandbox: Sandbox, inbox: Inbox) -> None:
    """A block does not keep them from changing; the other numbers hear of it."""
    for number in (TEST, PRODUCTION):
        sandbox.people.say(SHEENA, "Hello", to=number)
    sandbox.people.block(SHEENA, to=TEST)
    sandbox.settle()
    inbox.clear()

    sandbox.people.change_number(SHEENA, NEW)
    sandbox.settle()

    values = [payload["entry"][0]["changes"][0]["value"] for payload in inbox.payloads]
    assert [value["metadata"]["phone_number_id"] for value in values] == [PRODUCTION]
    assert sandbox.people.relationship(NEW, to=TEST).blocked_number_at is not None
