"""Messaging tiers: whom a portfolio may reach, and what it earns by reaching them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import PABLO, PORTFOLIO, PRODUCTION, SHEENA, TEST, WABA_ID
from kit.messages import order_shipped
from kit.receivers import hear_everything
from kit.sandboxes import crowd, limit, notes, refusal_code, send, statuses
from kit.times import DAY, START
from kit.times import MICROSECOND as TICK
from kit.values import code_of

from emulator import Emulator, Sandbox
from emulator.domain.errors import MessageError
from emulator.domain.limits import messaging_limit
from emulator.domain.templates.template import Status


def reach(sandbox: Sandbox, people: list[str]) -> list[str]:
    """Send each of them a template; returns what became of these messages."""
    before = len(statuses(sandbox))
    for wa_id in people:
        send(sandbox, order_shipped(), wa_id)
    sandbox.settle()
    return statuses(sandbox)[before:]


def used(sandbox: Sandbox) -> int:
    return limit(sandbox, "messaging").used


def pretend(sandbox: Sandbox, name: str, many: int) -> None:
    """Have reached so many people just now, without a message to each of them."""
    with sandbox.services.command() as store:
        for place in range(many):
            store.sliding_windows.add(name, f"pretended {place}", sandbox.clock.now())


def day(sandbox: Sandbox) -> str:
    return f"reached.day:{sandbox.accounts.portfolio().id}"


def week(sandbox: Sandbox) -> str:
    return f"reached.week:{sandbox.accounts.portfolio().id}"


def test_a_new_portfolio_reaches_250_people_a_day(sandbox: Sandbox) -> None:
    """The 251st message fails later with 131048, although all were sent in one instant."""
    pretend(sandbox, day(sandbox), 240)
    people = crowd(sandbox, 11)

    became = reach(sandbox, people)

    assert became == ["read"] * 10 + ["failed"]
    assert code_of(sandbox.messages.all(wa_id=people[10])[0]) == 131048


def test_the_day_moves(sandbox: Sandbox) -> None:
    """24 hours after the first person was reached there is a place again, and not an instant sooner."""
    sandbox.limits.set(messaging=2)
    first, second, third, fourth = crowd(sandbox, 4)
    reach(sandbox, [first])
    sandbox.clock.advance(timedelta(hours=1))
    reach(sandbox, [second])

    assert limit(sandbox, "messaging").frees_up_at == START + DAY
    sandbox.clock.travel_to(START + DAY - TICK)
    assert reach(sandbox, [third]) == ["failed"]
    sandbox.clock.travel_to(START + DAY)
    assert reach(sandbox, [third, fourth]) == ["read", "failed"]


def test_people_are_counted_once_over_all_numbers(sandbox: Sandbox) -> None:
    """Two messages from two numbers of the portfolio reach one person."""
    send(sandbox, order_shipped(), SHEENA)
    send(sandbox, order_shipped(), SHEENA)
    send(sandbox, order_shipped(), SHEENA, from_=TEST)
    sandbox.settle()

    assert used(sandbox) == 1


def test_who_was_reached_may_be_reached_again(sandbox: Sandbox) -> None:
    """With the limit used up, a second message to the same person goes out."""
    sandbox.limits.set(messaging=1)

    assert reach(sandbox, [SHEENA, SHEENA, PABLO]) == ["read", "read", "failed"]


def test_inside_a_window_nobody_is_counted(sandbox: Sandbox) -> None:
    """Neither an answer nor a template."""
    sandbox.limits.set(messaging=1)
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello", SHEENA)

    assert reach(sandbox, [SHEENA]) == ["read"]
    assert used(sandbox) == 0
    assert reach(sandbox, [PABLO]) == ["delivered"]


def test_a_message_on_its_way_counts(lifelike: Sandbox) -> None:
    """It has been sent and not delivered, and a second one must not slip past."""
    lifelike.limits.set(messaging=1)
    people = crowd(lifelike, 2)
    for wa_id in people:
        lifelike.people.change(wa_id, habits={"delivered_after": None})
        send(lifelike, order_shipped(), wa_id)

    lifelike.clock.advance(timedelta(minutes=1))

    assert statuses(lifelike) == ["sent", "failed"]


def test_what_is_delivered_late_counts_from_then(lifelike: Sandbox) -> None:
    """A phone that was off for three hours frees its place three hours later."""
    person = crowd(lifelike, 1)[0]
    lifelike.people.change(person, habits={"delivered_after": 3 * 3600})
    send(lifelike, order_shipped(), person)
    lifelike.clock.advance(timedelta(hours=25))

    assert used(lifelike) == 1
    lifelike.clock.advance(timedelta(hours=3))
    assert used(lifelike) == 0


def test_the_limit_can_be_told_at_once(sandbox: Sandbox) -> None:
    """With ``messaging_limit_errors: sync`` the answer says it, for a burst in one instant too."""
    sandbox.change_settings(messaging_limit_errors="sync")
    sandbox.limits.set(messaging=1)
    send(sandbox, order_shipped(), SHEENA)

    with pytest.raises(MessageError, match="131048"):
        send(sandbox, order_shipped(), PABLO)
    assert reach(sandbox, [SHEENA]) == ["read"]


def test_off_lets_everybody_be_reached_and_counts_on(sandbox: Sandbox) -> None:
    """The limit is not enforced, what was used is still known."""
    sandbox.limits.set(messaging="off")
    pretend(sandbox, day(sandbox), 245)

    assert set(reach(sandbox, crowd(sandbox, 15))) == {"read"}
    assert used(sandbox) == 260


def test_a_limited_number_reaches_nobody(sandbox: Sandbox) -> None:
    """Until it is connected again."""
    sandbox.accounts.change_number(PRODUCTION, status="FLAGGED")
    assert reach(sandbox, [SHEENA]) == ["failed"]

    sandbox.accounts.change_number(PRODUCTION, status="CONNECTED")
    assert reach(sandbox, [SHEENA]) == ["read"]


# growing


def test_verification_leads_out_of_the_lowest_tier(sandbox: Sandbox) -> None:
    """At once, and every account is told."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.change_portfolio(verification="verified")
    sandbox.settle()

    assert sandbox.accounts.portfolio().tier == "TIER_2K"
    assert inbox.of("business_capability_update") == [
        {"max_daily_conversations_per_business": 2000, "max_phone_numbers_per_waba": 25}
    ]


@pytest.mark.parametrize(
    ("verification", "alert"),
    [("failed", "FAILED"), ("pending_need_more_info", "NEED_MORE_INFO"), ("pending", "DEFERRED")],
)
def test_a_verification_that_is_not_passed_is_an_alert(
    sandbox: Sandbox, verification: str, alert: str
) -> None:
    """The tier stays."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.change_portfolio(verification=verification)
    sandbox.settle()

    told_types = [value["alert_info"]["alert_type"] for value in inbox.of("account_alerts")]
    assert told_types == [f"INCREASED_CAPABILITIES_ELIGIBILITY_{alert}"]
    assert sandbox.accounts.portfolio().tier == "TIER_250"


def test_two_thousand_people_in_a_month_lead_out_of_the_lowest_tier(sandbox: Sandbox) -> None:
    """The 2,000th does it, the 1,999th does not."""
    pretend(sandbox, f"reached.month:{sandbox.accounts.portfolio().id}", 1998)

    reach(sandbox, [SHEENA])
    assert sandbox.accounts.portfolio().tier == "TIER_250"
    reach(sandbox, [PABLO])
    assert sandbox.accounts.portfolio().tier == "TIER_2K"


@pytest.mark.parametrize(("late", "tier"), [(-TICK, "TIER_2K"), (0 * TICK, "TIER_250")])
def test_people_count_towards_the_first_raise_for_thirty_days(
    sandbox: Sandbox, late: timedelta, tier: str
) -> None:
    """Who was reached exactly 30 days ago counts no more."""
    pretend(sandbox, f"reached.month:{sandbox.accounts.portfolio().id}", 1999)

    sandbox.clock.travel_to(START + 30 * DAY + late)
    reach(sandbox, [SHEENA])

    assert sandbox.accounts.portfolio().tier == tier


def test_quality_stands_in_the_way_of_the_first_raise(sandbox: Sandbox) -> None:
    """One alert says so, and no more than one."""
    inbox = hear_everything(sandbox)
    sandbox.accounts.change_number(PRODUCTION, quality_rating="RED")
    pretend(sandbox, f"reached.month:{sandbox.accounts.portfolio().id}", 1999)

    reach(sandbox, [SHEENA, PABLO])

    assert sandbox.accounts.portfolio().tier == "TIER_250"
    assert len(inbox.of("account_alerts")) == 1


def test_half_of_the_limit_in_a_week_earns_the_next_tier_in_six_hours(sandbox: Sandbox) -> None:
    """Neither with one person fewer nor an instant sooner."""
    inbox = hear_everything(sandbox)
    sandbox.accounts.change_portfolio(tier="TIER_2K")
    pretend(sandbox, week(sandbox), 998)

    reach(sandbox, [SHEENA])
    sandbox.clock.travel_to(START + timedelta(hours=7))
    assert sandbox.accounts.portfolio().tier == "TIER_2K"
    reach(sandbox, [PABLO])
    sandbox.clock.travel_to(START + timedelta(hours=13) - TICK)
    assert sandbox.accounts.portfolio().tier == "TIER_2K"
    sandbox.clock.travel_to(START + timedelta(hours=13))

    assert sandbox.accounts.portfolio().tier == "TIER_10K"
    raised = [
        value["max_daily_conversations_per_business"] for value in inbox.of("business_capability_update")
    ]
    assert raised == [2000, 10000]


@pytest.mark.parametrize(("late", "tier"), [(-TICK, "TIER_10K"), (0 * TICK, "TIER_2K")])
def test_people_count_towards_the_next_tier_for_seven_days(
    sandbox: Sandbox, late: timedelta, tier: str
) -> None:
    """Who was reached exactly seven days ago counts no more."""
    sandbox.change_settings(tier_after=timedelta(0))
    sandbox.accounts.change_portfolio(tier="TIER_2K")
    pretend(sandbox, week(sandbox), 999)

    sandbox.clock.travel_to(START + 7 * DAY + late)
    reach(sandbox, [SHEENA])

    assert sandbox.accounts.portfolio().tier == tier


def test_an_unlimited_portfolio_is_told_as_minus_one(sandbox: Sandbox) -> None:
    """The highest tier has no number of people."""
    inbox = hear_everything(sandbox)

    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    sandbox.settle()

    assert inbox.of("business_capability_update")[0]["max_daily_conversations_per_business"] == -1
    assert limit(sandbox, "messaging").left is None


@pytest.mark.parametrize(
    ("status", "tier"), [(Status.APPROVED, "TIER_2K"), (Status.DISABLED, "TIER_10K")], ids=str
)
def test_a_template_that_people_do_not_like_stops_a_raise(
    sandbox: Sandbox, status: Status, tier: str
) -> None:
    """Unless nobody can send it any more."""
    sandbox.accounts.change_portfolio(tier="TIER_2K")
    with sandbox.services.command() as store:
        disliked = store.templates.named(WABA_ID, "spring_sale")[0]
        store.templates.replace(disliked.changed(quality_score="RED", status=status))
    pretend(sandbox, week(sandbox), 1000)
    reach(sandbox, [SHEENA])

    sandbox.clock.advance(timedelta(hours=6))

    assert sandbox.accounts.portfolio().tier == tier


def test_quality_that_falls_meanwhile_stops_a_raise(sandbox: Sandbox) -> None:
    """It is asked again when the raise is due."""
    sandbox.accounts.change_portfolio(tier="TIER_2K")
    pretend(sandbox, week(sandbox), 1000)
    reach(sandbox, [SHEENA])
    sandbox.accounts.change_number(PRODUCTION, quality_rating="YELLOW")

    sandbox.clock.advance(timedelta(hours=6))

    assert sandbox.accounts.portfolio().tier == "TIER_2K"
    assert "the limit stays TIER_2K" in notes(sandbox, "account")


def test_how_long_a_raise_takes_is_a_setting(sandbox: Sandbox) -> None:
    """``tier_after: 0`` gives it at once."""
    sandbox.change_settings(tier_after=timedelta(0))
    sandbox.accounts.change_portfolio(tier="TIER_2K")
    pretend(sandbox, week(sandbox), 1000)

    reach(sandbox, [SHEENA])

    assert sandbox.accounts.portfolio().tier == "TIER_10K"


# throughput


def busy(sandbox: Sandbox) -> None:
    """Reach the hundred thousandth person of the day."""
    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    pretend(sandbox, f"reached.day:{PRODUCTION}", 99_999)
    reach(sandbox, [SHEENA])


@pytest.mark.slow
def test_a_hundred_thousand_people_a_day_raise_the_throughput(sandbox: Sandbox) -> None:
    """Within twelve hours, after a minute in which the number cannot be used."""
    inbox = hear_everything(sandbox)
    busy(sandbox)
    begins, ends = START + timedelta(hours=12), START + timedelta(hours=12, minutes=1)

    sandbox.clock.travel_to(begins - TICK)
    assert reach(sandbox, [SHEENA]) == ["read"]
    sandbox.clock.travel_to(begins)
    with pytest.raises(MessageError, match="131057"):
        send(sandbox, order_shipped())
    sandbox.clock.travel_to(ends)
    assert reach(sandbox, [SHEENA]) == ["read"]

    assert inbox.of("phone_number_quality_update") == [
        {
            "display_phone_number": "15550783881",
            "event": "THROUGHPUT_UPGRADE",
            "max_daily_conversations_per_business": "TIER_UNLIMITED",
        }
    ]
    assert limit(sandbox, "throughput").most == 1000


@pytest.mark.slow
def test_ninety_nine_thousand_do_not(sandbox: Sandbox) -> None:
    """One person fewer, and nothing is planned."""
    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    pretend(sandbox, f"reached.day:{PRODUCTION}", 99_998)
    reach(sandbox, [SHEENA])

    sandbox.clock.advance(timedelta(hours=13))

    assert limit(sandbox, "throughput").most == 80


@pytest.mark.parametrize(("late", "most"), [(-TICK, 1000), (0 * TICK, 80)])
def test_people_count_towards_a_higher_throughput_for_a_day(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, late: timedelta, most: int
) -> None:
    """Whom the number reached exactly 24 hours ago counts no more."""
    monkeypatch.setattr(messaging_limit, "HIGH_THROUGHPUT", 3)
    sandbox.change_settings(throughput_after=timedelta(0), maintenance=timedelta(0))
    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    pretend(sandbox, f"reached.day:{PRODUCTION}", 2)

    sandbox.clock.travel_to(START + DAY + late)
    reach(sandbox, [SHEENA])

    assert limit(sandbox, "throughput", number=PRODUCTION).most == most


@pytest.mark.parametrize(("late", "code"), [(-TICK, 131057), (0 * TICK, None)])
def test_the_upgrade_of_a_number_takes_a_minute(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, late: timedelta, code: int | None
) -> None:
    """It cannot send until the minute is over, and then it can."""
    monkeypatch.setattr(messaging_limit, "HIGH_THROUGHPUT", 1)
    sandbox.change_settings(throughput_after=timedelta(0))
    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    reach(sandbox, [SHEENA])

    sandbox.clock.advance(timedelta(minutes=1) + late)

    assert refusal_code(sandbox, order_shipped()) == code


def test_a_sandbox_of_its_own_has_a_portfolio_of_its_own(emulator: Emulator, sandbox: Sandbox) -> None:
    """Ids do not meet."""
    other = emulator.create("other", at=START, speed=None)

    assert sandbox.accounts.portfolio().id == PORTFOLIO
    assert other.accounts.portfolio().id not in (PORTFOLIO, other.accounts.waba().id)
