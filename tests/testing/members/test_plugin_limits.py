"""What a test sees of limits and of the business: ``whatsapp.limits``, ``whatsapp.business``."""

from __future__ import annotations

import pytest
from kit.answers import Answer
from kit.identities import PABLO, SHEENA
from kit.plugin import call, order_shipped
from kit.values import present

from emulator.testing.whatsapp import WhatsApp


def send(whatsapp: WhatsApp, to: str = SHEENA) -> Answer:
    return call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", order_shipped(to))


def test_a_burst_is_no_violation_unless_the_test_asks_for_it(whatsapp: WhatsApp) -> None:
    """A hundred messages in a frozen instant, and then the 46th of another hundred."""
    assert {send(whatsapp).status_code for _ in range(100)} == {200}

    whatsapp.limits.set(pair_rate="always")

    assert [send(whatsapp).status_code for _ in range(46)] == [200] * 45 + [400]


def test_limits_say_how_they_stand(whatsapp: WhatsApp) -> None:
    """Of the whole sandbox, and of one person."""
    whatsapp.limits.set(messaging=2, pair_rate="always")
    send(whatsapp)
    send(whatsapp, PABLO)
    whatsapp.settle()

    messaging = whatsapp.limits["messaging"]
    pair = whatsapp.limits.of(whatsapp.person())["pair_rate"]

    assert (messaging.used, messaging.left, messaging.policy) == (2, 0, 2)
    assert messaging.frees_up_at == whatsapp.clock.now().replace(day=3)
    assert (pair.used, pair.left, pair.frees_up_at) == (1, 44, None)
    assert len(whatsapp.limits) == len(list(whatsapp.limits)) > 3


def test_limits_can_be_read(whatsapp: WhatsApp) -> None:
    """A line each, as a failing assertion shows them."""
    whatsapp.limits.set(messaging=1)
    send(whatsapp)
    whatsapp.settle()

    assert "messaging of 506914307656634: 1 of 1 used, 1, frees up at 2026-11-03T09:00:00+00:00" in repr(
        whatsapp.limits
    )
    whatsapp.business.give_tier("TIER_UNLIMITED")
    whatsapp.limits.set(messaging="on")
    assert "messaging of 506914307656634: 1 of no end used, on" in repr(whatsapp.limits)


def test_a_limit_that_is_not_there_is_named(whatsapp: WhatsApp) -> None:
    """With those that are, and where a person's own are."""
    with pytest.raises(LookupError, match=r"no limit pair_rate; there are throughput.*of\(person\)"):
        whatsapp.limits["pair_rate"]
    with pytest.raises(ValueError, match="no limit 'speed'"):
        whatsapp.limits.set(speed="always")


def test_the_business_is_made_what_a_test_needs(whatsapp: WhatsApp) -> None:
    """Verified, restricted for some days, locked, and freed."""
    business = whatsapp.business

    assert business.verify().tier == business.portfolio.tier == "TIER_2K"
    business.restrict(days=3)
    assert send(whatsapp).json["error"]["code"] == 368
    whatsapp.clock.advance(days=3)
    assert send(whatsapp).status_code == 200
    business.lock()
    assert repr(business) == "<Business Lucky Shrub: TIER_2K, LOCKED>"
    assert send(whatsapp).json["error"]["code"] == 131031
    business.disable()
    assert business.lift() == business.restrictions == ()
    assert repr(business) == "<Business Lucky Shrub: TIER_2K, not restricted>"


def test_account_and_numbers_are_changed(whatsapp: WhatsApp) -> None:
    """Review, payment, status, name and list."""
    business = whatsapp.business

    assert business.review("REJECTED").review == business.account.review == "REJECTED"
    assert business.pays(False).has_payment_method is False
    assert business.change_number(status="FLAGGED") == business.number()
    assert business.review_name("REJECTED").name_status == "DECLINED"
    test_number = present(whatsapp.test_phone_number_id)
    assert business.allow(test_number, whatsapp.person(number=PABLO), SHEENA) == [SHEENA, PABLO]
    with pytest.raises(LookupError, match="no business number 1"):
        business.number("1")
