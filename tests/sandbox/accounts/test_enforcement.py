"""What the platform does to accounts and numbers, and what it tells about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.messages import order_shipped
from kit.receivers import hear_everything
from kit.sandboxes import notes, refusal_code, send, statuses
from kit.times import MICROSECOND as TICK
from kit.times import START
from kit.values import code_of, present

from emulator import Emulator, Sandbox
from emulator.domain.accounts.restrictions import (
    ADD_NUMBERS,
    BIZ_INITIATED,
    COUNTRIES,
    CUSTOMER_INITIATED,
    DISABLED,
    LOCKED,
)
from emulator.domain.errors import PlatformError


def test_a_restriction_ends_by_itself(sandbox: Sandbox) -> None:
    """At its expiration on the simulated clock, and is forgotten then."""
    ends = START + timedelta(days=3)
    sandbox.accounts.restrict(BIZ_INITIATED, ADD_NUMBERS, expires_at=ends)

    sandbox.clock.travel_to(ends - TICK)
    assert refusal_code(sandbox) == 368
    sandbox.clock.travel_to(ends)
    assert refusal_code(sandbox) is None
    assert sandbox.accounts.waba().restrictions == ()
    assert notes(sandbox, "account")[-1] == f"no longer restricted: {BIZ_INITIATED}, {ADD_NUMBERS}"


def test_a_restriction_and_its_violation_are_told(sandbox: Sandbox) -> None:
    """First why, then what, with whole seconds."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.restrict(
        BIZ_INITIATED, expires_at=START + timedelta(days=1), violation="SCAM", remediation="Stop."
    )
    sandbox.settle()

    assert inbox.of("account_update") == [
        {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
        {
            "event": "ACCOUNT_RESTRICTION",
            "restriction_info": [
                {
                    "restriction_type": BIZ_INITIATED,
                    "expiration": int(START.timestamp()) + 86_400,
                    "remediation": "Stop.",
                }
            ],
        },
    ]


def test_a_longer_restriction_takes_the_place_of_a_shorter_one(sandbox: Sandbox) -> None:
    """The end of the first does not end the second."""
    sandbox.accounts.restrict(BIZ_INITIATED, expires_at=START + timedelta(days=1))
    sandbox.accounts.restrict(BIZ_INITIATED, expires_at=START + timedelta(days=5))

    sandbox.clock.travel_to(START + timedelta(days=2))

    assert refusal_code(sandbox) == 368


def test_what_restricts_answers_lets_templates_through(sandbox: Sandbox) -> None:
    """And inside an open window nothing goes."""
    sandbox.accounts.restrict(CUSTOMER_INITIATED, expires_at=START + timedelta(days=1))
    assert refusal_code(sandbox, to=PABLO) is None

    sandbox.people.say(SHEENA, "Hello")

    assert refusal_code(sandbox, "Hello") == 368


def test_a_lock_lasts_until_it_is_lifted(sandbox: Sandbox) -> None:
    """Months are not enough."""
    sandbox.accounts.restrict(LOCKED, violation="SPAM")
    sandbox.clock.advance(timedelta(days=300))
    assert refusal_code(sandbox) == 131031

    sandbox.accounts.lift(LOCKED)

    assert refusal_code(sandbox) is None


def test_a_ban_is_told_and_taken_back(sandbox: Sandbox) -> None:
    """With the English date of each."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.restrict(DISABLED)
    sandbox.clock.advance(timedelta(days=2))
    sandbox.accounts.lift()
    sandbox.settle()

    assert [value["ban_info"] for value in inbox.of("account_update")] == [
        {"waba_ban_state": "DISABLE", "waba_ban_date": "October 5, 2026"},
        {"waba_ban_state": "REINSTATE", "waba_ban_date": "October 7, 2026"},
    ]


def test_countries_are_closed_for_a_while(sandbox: Sandbox) -> None:
    """Others are open."""
    sandbox.accounts.restrict(COUNTRIES, countries=["US"], expires_at=START + timedelta(days=1))

    assert [refusal_code(sandbox), refusal_code(sandbox, to="+5511987654321")] == [130497, None]


@pytest.mark.parametrize(
    "asked",
    [
        {"expires_at": START},
        {"expires_at": START + TICK, "violation": "RUDENESS"},
    ],
)
def test_what_makes_no_sense_changes_nothing(sandbox: Sandbox, asked: dict[str, Any]) -> None:
    """An end that has passed, a violation that there is not."""
    with pytest.raises(ValueError, match=r"passed|violation"):
        sandbox.accounts.restrict(BIZ_INITIATED, **asked)

    assert sandbox.accounts.waba().restrictions == ()


def test_what_does_not_hold_cannot_be_lifted(sandbox: Sandbox) -> None:
    """The complaint names it."""
    with pytest.raises(LookupError, match=LOCKED):
        sandbox.accounts.lift(LOCKED)


def test_a_review_is_told_and_closes_the_account(sandbox: Sandbox) -> None:
    """Approved again, it sends again."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.change_waba(review="REJECTED")
    assert refusal_code(sandbox) == 131031
    sandbox.accounts.change_waba(review="APPROVED")
    assert refusal_code(sandbox) is None
    sandbox.settle()

    assert inbox.of("account_review_update") == [{"decision": "REJECTED"}, {"decision": "APPROVED"}]


def test_without_a_payment_method_what_is_billed_fails_later(sandbox: Sandbox) -> None:
    """The free service messages of the month go out, a template does not."""
    sandbox.accounts.change_waba(payment_method=False)
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello", SHEENA)
    send(sandbox, order_shipped(), PABLO)
    sandbox.settle()

    assert statuses(sandbox) == ["read", "failed"]
    assert code_of(sandbox.messages.all(wa_id=PABLO)[0]) == 131042


def test_a_display_name_is_asked_for_and_reviewed(sandbox: Sandbox) -> None:
    """Approved, it is the number's name; the review is told."""
    inbox = hear_everything(sandbox)
    with sandbox.services.command() as store:
        sandbox.services.enforcement.ask_for_name(present(store.accounts.number(PRODUCTION)), "Luckier Shrub")

    asked = sandbox.accounts.review_name(PRODUCTION, "PENDING")
    rejected = sandbox.accounts.review_name(PRODUCTION, "REJECTED", "NAME_NOT_CONSISTENT")
    approved = sandbox.accounts.review_name(PRODUCTION, "APPROVED")
    sandbox.settle()

    assert (asked.verified_name, asked.new_name_status) == ("Lucky Shrub", "PENDING_REVIEW")
    assert (rejected.verified_name, rejected.new_name_status) == ("Lucky Shrub", "DECLINED")
    assert (approved.verified_name, approved.new_name, approved.new_name_status) == (
        "Luckier Shrub",
        None,
        "NONE",
    )
    assert inbox.of("phone_number_name_update") == [
        {
            "display_phone_number": "15550783881",
            "decision": decision,
            "requested_verified_name": "Luckier Shrub",
            "rejection_reason": reason,
        }
        for decision, reason in (("PENDING", None), ("REJECTED", "NAME_NOT_CONSISTENT"), ("APPROVED", None))
    ]


def test_a_provided_number_whose_name_is_declined_sends_nothing(sandbox: Sandbox) -> None:
    """The present name was reviewed, since no other was asked for."""
    sandbox.accounts.review_name(PRODUCTION, "REJECTED", "NAME_FORMAT_UNACCEPTABLE")

    assert refusal_code(sandbox) == 131037


@pytest.mark.parametrize(
    "facts", [{"status": "HAPPY"}, {"throughput": "LOW"}, {"on_business_app": "yes"}, {"digits": "1"}]
)
def test_a_number_takes_only_what_there_is(sandbox: Sandbox, facts: dict[str, Any]) -> None:
    """Anything else is refused with what there is."""
    with pytest.raises(ValueError, match=r"one of|true or false|may be set"):
        sandbox.accounts.change_number(PRODUCTION, **facts)


def test_the_people_of_a_test_number_can_be_changed(sandbox: Sandbox) -> None:
    """Those who were on the list are not any more."""
    assert sandbox.accounts.allow(TEST, ["+1 650 555 4321"]) == [PABLO]

    send(sandbox, order_shipped(), PABLO, from_=TEST)
    with pytest.raises(PlatformError, match="131030"):
        send(sandbox, order_shipped(), SHEENA, from_=TEST)


@pytest.mark.parametrize(
    ("number", "people"), [(PRODUCTION, [SHEENA]), (TEST, [str(12125550100 + place) for place in range(6)])]
)
def test_only_a_test_number_has_a_list_and_it_is_short(
    sandbox: Sandbox, number: str, people: list[str]
) -> None:
    """Five people, and none for a production number."""
    with pytest.raises(ValueError, match="test number"):
        sandbox.accounts.allow(number, people)


def test_before_february_2026_limits_were_told_by_number(emulator: Emulator) -> None:
    """The members have the names they had then."""
    sandbox = emulator.create(at=datetime(2025, 12, 1, tzinfo=UTC), speed=None, at_once=True)
    inbox = hear_everything(sandbox)

    sandbox.accounts.change_portfolio(tier="TIER_250")
    sandbox.settle()

    assert inbox.of("business_capability_update") == [
        {
            "max_daily_conversation_per_phone": 250,
            "max_daily_conversations_per_business": 250,
            "max_phone_numbers_per_business": 2,
        }
    ]
