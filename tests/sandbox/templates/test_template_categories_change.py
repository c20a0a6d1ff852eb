"""Second thoughts about categories, and what comes of an account that keeps getting them wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from kit.identities import ORDER_SHIPPED, WABA_ID
from kit.messages import order_shipped
from kit.receivers import Inbox
from kit.sandboxes import send, statuses
from kit.submissions import MINUTES, body, delete, edit, found, refused, submit
from kit.times import DAY, MICROSECOND, START

from emulator import Sandbox
from emulator.sandbox.templates.service import CannotDecide


def category(sandbox: Sandbox, template_id: str = ORDER_SHIPPED) -> str:
    return found(sandbox, template_id).category


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-MICROSECOND, "UTILITY"), (0 * MICROSECOND, "MARKETING"), (MICROSECOND, "MARKETING")],
)
def test_utility_becomes_marketing_a_day_after_the_notice(
    sandbox: Sandbox, late: timedelta, expected: str
) -> None:
    """To the microsecond; it stays approved all the time."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")

    sandbox.clock.advance(DAY + late)

    assert (category(sandbox), found(sandbox, ORDER_SHIPPED).status) == (expected, "APPROVED")


def test_the_notice_and_the_change_are_told(sandbox: Sandbox, everything: Inbox) -> None:
    """First what it still is and when that ends, then what it was."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    noticed = found(sandbox, ORDER_SHIPPED)
    sandbox.clock.advance(DAY)

    named = {
        "message_template_id": int(ORDER_SHIPPED),
        "message_template_name": "order_shipped",
        "message_template_language": "en_US",
    }
    assert everything.values == [
        named
        | {
            "new_category": "UTILITY",
            "correct_category": "MARKETING",
            "category_update_timestamp": int((START + DAY).timestamp()),
        },
        named | {"previous_category": "UTILITY", "new_category": "MARKETING"},
    ]
    assert (noticed.category, noticed.correct_category) == ("UTILITY", "MARKETING")
    changed = found(sandbox, ORDER_SHIPPED)
    assert (changed.correct_category, changed.previous_category) == ("MARKETING", "UTILITY")


def test_what_should_be_a_code_is_rejected_next_month(sandbox: Sandbox, everything: Inbox) -> None:
    """Where the account is; its category stays, and it cannot be sent any more."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "AUTHENTICATION")
    sandbox.clock.travel_to(datetime(2026, 11, 1, tzinfo=ZoneInfo("America/Los_Angeles")) - MICROSECOND)
    before = found(sandbox, ORDER_SHIPPED).status
    sandbox.clock.advance(MICROSECOND)

    after = found(sandbox, ORDER_SHIPPED)
    assert (before, after.status, after.category) == ("APPROVED", "REJECTED", "UTILITY")
    assert after.rejected_reason == "INCORRECT_CATEGORY"
    assert everything.events == ["order_shipped should be AUTHENTICATION", "order_shipped REJECTED"]


def test_a_notice_is_appealed(sandbox: Sandbox, everything: Inbox) -> None:
    """And the change does not come."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    sandbox.templates.review(ORDER_SHIPPED, "appeal")
    sandbox.templates.review(ORDER_SHIPPED, "approve")

    sandbox.clock.advance(2 * DAY)

    stays = found(sandbox, ORDER_SHIPPED)
    assert (stays.category, stays.correct_category) == ("UTILITY", None)
    assert everything.events == ["order_shipped should be MARKETING"]


def test_a_change_is_appealed_and_taken_back(sandbox: Sandbox, everything: Inbox) -> None:
    """Within sixty days of it."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    sandbox.clock.advance(61 * DAY - MICROSECOND)

    sandbox.templates.review(ORDER_SHIPPED, "appeal")
    sandbox.templates.review(ORDER_SHIPPED, "approve")
    sandbox.settle()

    assert everything.events[-1] == "order_shipped is UTILITY"


def test_an_edit_and_a_deletion_end_a_notice(sandbox: Sandbox, everything: Inbox) -> None:
    """What was wrong is not there any more."""
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    edit(sandbox, ORDER_SHIPPED, "Your order is on its way to you.")
    sandbox.clock.advance(2 * DAY)
    kept = found(sandbox, ORDER_SHIPPED)
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    delete(sandbox, "order_shipped")
    sandbox.clock.advance(2 * DAY)

    assert (kept.category, kept.correct_category) == ("UTILITY", None)
    assert everything.events[-1] == "order_shipped DELETED"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("UTILITY", "order_shipped is APPROVED and UTILITY"),
        ("SALES", "a category is one of UTILITY, MARKETING"),
    ],
)
def test_a_change_that_is_none_is_refused(sandbox: Sandbox, asked: str, why: str) -> None:
    """And tells nothing."""
    with pytest.raises(CannotDecide, match=why):
        sandbox.templates.recategorize(ORDER_SHIPPED, asked)


# the ladder


def test_whoever_was_warned_gets_no_notice(sandbox: Sandbox, everything: Inbox) -> None:
    """The category changes at once."""
    sandbox.templates.utility_abuse("warning")
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    sandbox.settle()

    assert everything.events == ["UTILITY_TEMPLATE_ABUSE", "order_shipped is MARKETING"]
    assert category(sandbox) == "MARKETING"


def test_utility_messages_are_capped(sandbox: Sandbox, everything: Inbox) -> None:
    """What is too much fails with 131064; marketing does not count."""
    sandbox.change_settings(utility_cap=2, us_marketing="delivered")
    sandbox.templates.utility_abuse("rate_limit")

    for _ in range(3):
        send(sandbox, order_shipped())
        sandbox.settle()
    sandbox.templates.recategorize(ORDER_SHIPPED, "MARKETING")
    send(sandbox, order_shipped())
    sandbox.settle()

    assert statuses(sandbox) == ["read", "read", "failed", "read"]
    assert everything.values[0] == {
        "event": "ACCOUNT_RESTRICTION",
        "violation_info": {"violation_type": "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT"},
        "restriction_info": [
            {
                "restriction_type": "RATE_LIMITED_UTILITY_TEMPLATE_MESSAGING",
                "expiration": int((START + 7 * DAY).timestamp()),
            }
        ],
    }
    assert "failed 131064" in everything.events


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, "failed"), (0 * MICROSECOND, "read"), (MICROSECOND, "read")]
)
def test_the_cap_moves_with_the_day(sandbox: Sandbox, late: timedelta, expected: str) -> None:
    """What was sent 24 hours ago counts no more."""
    sandbox.change_settings(utility_cap=1)
    sandbox.templates.utility_abuse("rate_limit")
    send(sandbox, order_shipped())
    sandbox.settle()

    sandbox.clock.advance(DAY + late)
    send(sandbox, order_shipped())
    sandbox.settle()

    assert statuses(sandbox)[-1] == expected


def test_the_cap_ends_after_seven_days(sandbox: Sandbox, everything: Inbox) -> None:
    """By itself, and that is told."""
    sandbox.change_settings(utility_cap=0)
    sandbox.templates.utility_abuse("rate_limit")
    sandbox.clock.advance(7 * DAY - MICROSECOND)
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.clock.advance(MICROSECOND)
    send(sandbox, order_shipped())
    sandbox.settle()

    assert statuses(sandbox) == ["failed", "read"]
    assert everything.events[:3] == [
        "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT RATE_LIMITED_UTILITY_TEMPLATE_MESSAGING",
        "failed 131064",
        "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT_RECOVERY",
    ]


def test_a_restriction_makes_every_utility_template_marketing(sandbox: Sandbox, everything: Inbox) -> None:
    """At once, and no new ones can be made, and no category reviewed, until it ends after seven days."""
    sandbox.templates.utility_abuse("restriction")
    sandbox.settle()

    told = everything.events
    assert told[0] == "UTILITY_TEMPLATE_ABUSE RESTRICTED_UTILITY_TEMPLATES"
    assert "order_shipped is MARKETING" in told
    with sandbox.services.command() as store:
        approved = [each for each in store.templates.of() if each.status in ("APPROVED", "PAUSED")]
    assert "UTILITY" not in {each.category for each in approved}
    assert "can't create utility templates" in refused(submit, sandbox)[1]
    with pytest.raises(CannotDecide, match="may ask for no review of a category"):
        sandbox.templates.review(ORDER_SHIPPED, "appeal")

    sandbox.clock.advance(7 * DAY)
    assert everything.events[-1] == "UTILITY_TEMPLATE_ABUSE_UNBAN"
    assert (submit(sandbox).category, category(sandbox)) == ("UTILITY", "MARKETING")


def test_marketing_templates_can_be_made_meanwhile(sandbox: Sandbox) -> None:
    """Only utility is restricted."""
    sandbox.templates.utility_abuse("restriction")

    assert submit(sandbox, category="MARKETING").status == "PENDING"


@pytest.mark.parametrize("again", [True, False], ids=["again", "portfolio"])
def test_a_second_restriction_and_one_of_the_portfolio_last_thirty_days(
    sandbox: Sandbox, again: bool
) -> None:
    """To the microsecond."""
    if again:
        sandbox.templates.utility_abuse("restriction")
        sandbox.clock.advance(8 * DAY)
    abuse = sandbox.templates.utility_abuse("restriction", portfolio=not again)

    assert abuse.restricted_until == sandbox.clock.now() + 30 * DAY


def test_what_was_done_is_lifted(sandbox: Sandbox, everything: Inbox) -> None:
    """Before its time; the warning stays."""
    sandbox.templates.utility_abuse("rate_limit")
    abuse = sandbox.templates.utility_abuse("lift")
    sandbox.settle()

    assert everything.events[-1] == "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT_RECOVERY"
    assert abuse.is_warned
    sandbox.clock.advance(10 * DAY)
    assert len(everything.events) == 2


def find(sandbox: Sandbox, everything: Inbox, count: int) -> list[str]:
    """Have so many utility templates turn out to be marketing; the steps that follow, as they are told."""
    before = len(everything.events)
    for number in range(count):
        text = body(f"We write to you about your visit number {number} of {before}.")
        template = submit(sandbox, f"visit_{before}_{number}", components=text)
        sandbox.templates.review(template.id, "approve")
        sandbox.templates.recategorize(template.id, "MARKETING")
    sandbox.settle()
    return [words for words in everything.events[before:] if words.startswith("UTILITY_TEMPLATE_ABUSE")]


def test_where_it_is_counted_every_fifth_template_is_a_step(sandbox: Sandbox, everything: Inbox) -> None:
    """Our convention, and off unless it is asked for; a month later one begins anew."""
    sandbox.change_settings(utility_abuse="counted")

    assert find(sandbox, everything, 4) == []
    assert find(sandbox, everything, 1) == ["UTILITY_TEMPLATE_ABUSE"]
    assert find(sandbox, everything, 5) == [
        "UTILITY_TEMPLATE_ABUSE_RATE_LIMIT RATE_LIMITED_UTILITY_TEMPLATE_MESSAGING"
    ]
    sandbox.clock.advance(30 * DAY)
    assert find(sandbox, everything, 4) == []


@pytest.mark.parametrize(
    ("late", "steps"), [(-MICROSECOND, ["UTILITY_TEMPLATE_ABUSE"]), (0 * MICROSECOND, [])]
)
def test_templates_that_were_marketing_count_for_thirty_days(
    sandbox: Sandbox, everything: Inbox, late: timedelta, steps: list[str] | list[Any]
) -> None:
    """The fifth is a step while the first four are less than 30 days old, to the microsecond."""
    sandbox.change_settings(utility_abuse="counted")
    find(sandbox, everything, 4)

    sandbox.clock.travel_to(START + 30 * DAY + late)

    assert find(sandbox, everything, 1) == steps


@pytest.mark.parametrize(
    ("step", "waba_id", "problem", "why"),
    [
        ("hanging", None, CannotDecide, "a step is one of warning, rate_limit, restriction, lift"),
        ("warning", "42", LookupError, "there is no account 42"),
    ],
)
def test_a_step_that_is_none_is_refused(
    sandbox: Sandbox, step: str, waba_id: str | None, problem: type[Exception], why: str
) -> None:
    """With the known ones in the refusal."""
    with pytest.raises(problem, match=why):
        sandbox.templates.utility_abuse(step, waba_id)


def test_a_snapshot_knows_how_an_account_behaved(sandbox: Sandbox) -> None:
    """It is state like any other, and gone with a reset."""
    sandbox.templates.utility_abuse("warning")
    snapshot = sandbox.snapshot()
    sandbox.reset()
    with sandbox.services.command() as store:
        clean = store.utility_abuse.get(WABA_ID)

    sandbox.restore(snapshot)

    with sandbox.services.command() as store:
        assert (clean.is_warned, store.utility_abuse.get(WABA_ID).is_warned) == (False, True)


def test_recategorized_templates_are_told_while_a_review_runs(sandbox: Sandbox) -> None:
    """Only approved templates can be found wrong."""
    template = submit(sandbox)

    with pytest.raises(CannotDecide, match="thank_you is PENDING and UTILITY"):
        sandbox.templates.recategorize(template.id, "MARKETING")
    sandbox.clock.advance(MINUTES)
    assert sandbox.templates.recategorize(template.id, "MARKETING").correct_category == "MARKETING"
