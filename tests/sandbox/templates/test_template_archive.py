"""Templates that nobody uses for a year are put away, and four weeks later they are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import ORDER_SHIPPED, SAMPLE, WABA_ID
from kit.messages import order_shipped
from kit.receivers import Inbox
from kit.sandboxes import send
from kit.submissions import delete, edit, found, refused, status, submit
from kit.times import DAY, MICROSECOND, START

from emulator import PlatformError, Sandbox
from emulator.sandbox.templates.service import CannotDecide

YEAR = START.replace(year=START.year + 1)
KEPT = 28 * DAY


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-MICROSECOND, "APPROVED"), (0 * MICROSECOND, "ARCHIVED"), (MICROSECOND, "ARCHIVED")],
)
def test_what_is_idle_for_twelve_months_is_archived(sandbox: Sandbox, late: timedelta, expected: str) -> None:
    """To the microsecond; the templates of a seed count from when the sandbox began."""
    sandbox.clock.travel_to(YEAR + late)

    assert status(sandbox, ORDER_SHIPPED) == expected


def test_a_message_keeps_its_template_for_another_year(sandbox: Sandbox) -> None:
    """The newest one counts, and nothing is written down when it is sent."""
    sandbox.clock.advance(100 * DAY)
    send(sandbox, order_shipped())
    idle = sandbox.clock.now().replace(year=sandbox.clock.now().year + 1)

    sandbox.clock.travel_to(idle - MICROSECOND)
    before = status(sandbox, ORDER_SHIPPED)
    sandbox.clock.advance(MICROSECOND)

    assert (before, status(sandbox, ORDER_SHIPPED)) == ("APPROVED", "ARCHIVED")


def test_an_edit_keeps_a_template_too(sandbox: Sandbox) -> None:
    """Whoever works on it uses it."""
    sandbox.clock.advance(100 * DAY)
    edit(sandbox, ORDER_SHIPPED, "Your order is on its way to you.")

    sandbox.clock.travel_to(YEAR + 99 * DAY)
    before = status(sandbox, ORDER_SHIPPED)
    sandbox.clock.advance(2 * DAY)

    assert (before, status(sandbox, ORDER_SHIPPED)) == ("APPROVED", "ARCHIVED")


def test_every_status_grows_idle_but_the_sample_does_not(sandbox: Sandbox, everything: Inbox) -> None:
    """Pending, rejected and paused ones are archived as well; it is told."""
    sandbox.clock.travel_to(YEAR)

    with sandbox.services.command() as store:
        left = {template.name: str(template.status) for template in store.templates.of()}
    assert {name for name, each in left.items() if each != "ARCHIVED"} == {"hello_world"}
    assert everything.events.count("loyalty_points ARCHIVED") == 1
    assert status(sandbox, SAMPLE) == "APPROVED"


def test_archiving_can_be_switched_off(sandbox: Sandbox) -> None:
    """For whoever lets years pass and does not care; switched on again, it goes on."""
    sandbox.change_settings(auto_archival=False)
    sandbox.clock.travel_to(YEAR + 10 * DAY)
    before = status(sandbox, ORDER_SHIPPED)

    sandbox.change_settings(auto_archival=True)
    sandbox.clock.advance(KEPT)

    assert (before, status(sandbox, ORDER_SHIPPED)) == ("APPROVED", "ARCHIVED")


def test_nobody_waits_for_idleness(sandbox: Sandbox) -> None:
    """That templates are looked for in a year is nothing that is due next."""
    sandbox.clock.advance(DAY)

    assert sandbox.clock.next_due() is None
    assert sandbox.clock.advance_to_next().until == START + DAY


def test_an_archived_template_cannot_be_sent(sandbox: Sandbox, everything: Inbox) -> None:
    """For a send it does not exist."""
    sandbox.templates.review(ORDER_SHIPPED, "archive")

    with pytest.raises(PlatformError, match="132001"):
        send(sandbox, order_shipped())
    assert refused(edit, sandbox, ORDER_SHIPPED, "Something else about your order.")[0] == 2388039


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, "ARCHIVED"), (0 * MICROSECOND, "gone"), (MICROSECOND, "gone")]
)
def test_it_is_deleted_28_days_later(sandbox: Sandbox, late: timedelta, expected: str) -> None:
    """To the microsecond."""
    sandbox.templates.review(ORDER_SHIPPED, "archive")

    sandbox.clock.advance(KEPT + late)

    assert status(sandbox, ORDER_SHIPPED) == expected


def test_its_name_is_locked_then(sandbox: Sandbox, everything: Inbox) -> None:
    """As after any deletion of what was approved; both are told."""
    sandbox.templates.review(ORDER_SHIPPED, "archive")
    sandbox.clock.advance(KEPT)

    assert everything.events == ["order_shipped ARCHIVED", "order_shipped DELETED"]
    assert refused(submit, sandbox, "order_shipped")[0] == 2388023


@pytest.mark.parametrize(("template", "restored"), [("order_shipped", "APPROVED"), ("free_gift", "REJECTED")])
def test_unarchived_it_is_what_it_was(
    sandbox: Sandbox, everything: Inbox, template: str, restored: str
) -> None:
    """With its reason, and it is not deleted any more."""
    with sandbox.services.command() as store:
        before = store.templates.find(WABA_ID, template, "en_US")
    assert before is not None
    sandbox.templates.review(before.id, "archive")

    sandbox.clock.advance(27 * DAY)
    sandbox.templates.review(before.id, "unarchive")
    sandbox.clock.advance(27 * DAY)

    again = found(sandbox, before.id)
    assert (again.status, again.rejected_reason) == (restored, before.rejected_reason)
    assert everything.events == [f"{template} ARCHIVED", f"{template} UNARCHIVED"]


def test_what_was_pending_is_reviewed_again_when_it_comes_back(sandbox: Sandbox) -> None:
    """A review that never came is not forgotten."""
    sandbox.change_settings(review="by_hand")
    template = submit(sandbox)
    sandbox.clock.travel_to(YEAR)
    sandbox.change_settings(review="after")

    sandbox.templates.review(template.id, "unarchive")
    waiting = status(sandbox, template.id)
    sandbox.clock.advance(timedelta(minutes=5))

    assert (waiting, status(sandbox, template.id)) == ("PENDING", "APPROVED")


def test_an_archived_template_can_be_deleted(sandbox: Sandbox, everything: Inbox) -> None:
    """It need not wait for its end."""
    sandbox.templates.review(ORDER_SHIPPED, "archive")
    delete(sandbox, "order_shipped")

    sandbox.clock.advance(30 * DAY)

    assert everything.events == ["order_shipped ARCHIVED", "order_shipped DELETED"]


def test_what_cannot_be_archived_or_taken_out_is_refused(sandbox: Sandbox) -> None:
    """In the words of the platform where they are known."""
    pending = submit(sandbox)

    with pytest.raises(CannotDecide, match="Only approved or rejected templates can be archived"):
        sandbox.templates.review(pending.id, "archive")
    with pytest.raises(CannotDecide, match="Only archived templates can be unarchived"):
        sandbox.templates.review(ORDER_SHIPPED, "unarchive")


def test_a_restored_snapshot_goes_on_watching(sandbox: Sandbox) -> None:
    """What grows idle does so by the state, not by the process."""
    sandbox.clock.advance(DAY)
    snapshot = sandbox.snapshot()
    sandbox.reset()

    sandbox.restore(snapshot)
    sandbox.clock.travel_to(YEAR)

    assert status(sandbox, ORDER_SHIPPED) == "ARCHIVED"
