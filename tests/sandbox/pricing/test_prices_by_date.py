"""What is told and charged, list by list, at midnights of the WABA and the instants beside them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from kit.identities import BEATRIZ, PABLO, SHEENA
from kit.messages import LOGIN_CODE, SPRING_SALE, order_shipped
from kit.pricing import conversations, lines, prices
from kit.sandboxes import begin, send
from kit.times import DAY, HOUR, MICROSECOND

from emulator import Emulator
from emulator.domain.pricing.authentication_international import Eligibility

Price = tuple[object, ...]
SECOND = timedelta(seconds=1)
SERVICE_FREE = (False, "PMP", "service", "free_customer_service")
SERVICE_BILLED = (True, "PMP", "service", "regular")


def cbp(category: str, billable: bool = True) -> tuple[object, ...]:
    return (billable, "CBP", category, None)


# the lists follow one another


@pytest.mark.parametrize(
    ("at", "service", "utility", "outside"),
    [
        ("2023-06-01T06:59:59", cbp("user_initiated"), cbp("user_initiated"), cbp("business_initiated")),
        ("2023-06-01T07:00:00", cbp("service"), cbp("utility"), cbp("utility")),
        ("2024-11-01T06:59:59", cbp("service"), cbp("utility"), cbp("utility")),
        ("2024-11-01T07:00:00", cbp("service", False), cbp("utility"), cbp("utility")),
        ("2025-07-01T06:59:59", cbp("service", False), cbp("utility"), cbp("utility")),
        (
            "2025-07-01T07:00:00",
            SERVICE_FREE,
            (False, "PMP", "utility", "free_customer_service"),
            (True, "PMP", "utility", "regular"),
        ),
        (
            "2026-10-01T06:59:59",
            SERVICE_FREE,
            (False, "PMP", "utility", "free_customer_service"),
            (True, "PMP", "utility", "regular"),
        ),
        (
            "2026-10-01T07:00:00",
            SERVICE_FREE,
            (True, "PMP", "utility", "regular"),
            (True, "PMP", "utility", "regular"),
        ),
    ],
)
def test_a_list_begins_at_midnight_where_the_waba_is(
    emulator: Emulator, at: str, service: Price, utility: Price, outside: Price
) -> None:
    """Los Angeles, seven hours behind UTC: an answer, a utility template in the window, and one outside."""
    sandbox, inbox = begin(emulator, at)
    sandbox.people.say(SHEENA, "Hello")

    send(sandbox, "Hello back")
    sandbox.settle()
    send(sandbox, order_shipped())
    send(sandbox, order_shipped(), to=PABLO)
    sandbox.settle()

    assert prices(inbox, "sent") == prices(inbox) == [service, utility, outside]


def test_a_new_list_counts_for_what_arrives_under_it(emulator: Emulator) -> None:
    """Sent a second before midnight as free, delivered after it and billed: charges follow the delivery."""
    sandbox, inbox = begin(emulator, "2026-10-01T06:59:59")
    sandbox.people.change(SHEENA, habits={"delivered_after": 1})
    sandbox.people.say(SHEENA, "Hello")

    send(sandbox, order_shipped())
    sandbox.clock.advance(SECOND)

    assert prices(inbox, "sent") == [(False, "PMP", "utility", "free_customer_service")]
    assert prices(inbox) == prices(inbox, "read") == [(True, "PMP", "utility", "regular")]
    assert lines(sandbox) == [("utility", "US", None, 1)]


def test_a_window_that_closes_on_the_way_changes_no_price(emulator: Emulator) -> None:
    """A utility template was free when it was sent."""
    sandbox, inbox = begin(emulator, "2026-03-02T09:00:00")
    sandbox.people.change(SHEENA, habits={"delivered_after": 3600})
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(DAY - MICROSECOND)

    send(sandbox, order_shipped())
    sandbox.clock.advance(2 * HOUR)

    assert set(prices(inbox, "sent") + prices(inbox)) == {(False, "PMP", "utility", "free_customer_service")}


# conversations


def test_a_conversation_is_one_charge_and_one_id(emulator: Emulator) -> None:
    """The documented story: marketing, a list in it, and after its 24 hours a conversation of service."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    send(sandbox, SPRING_SALE)
    sandbox.clock.advance(4 * HOUR)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(HOUR)
    send(sandbox, "Have a look")
    sandbox.clock.advance(20 * HOUR)
    send(sandbox, "And?")
    sandbox.clock.advance(HOUR)
    send(sandbox, "Well?")
    sandbox.settle()

    first, again, service, same = conversations(inbox)
    assert (first == again, service == same, first == service) == (True, True, False)
    assert prices(inbox) == [cbp("marketing"), cbp("marketing"), cbp("service", False), cbp("service", False)]
    assert lines(sandbox) == [
        ("marketing", "US", None, 1),
        ("marketing", "US", "open_conversation", 1),
        ("service", "US", "free_customer_service", 1),
        ("service", "US", "open_conversation", 1),
    ]


@pytest.mark.parametrize(("after", "charges"), [(DAY - MICROSECOND, 1), (DAY, 2), (DAY + MICROSECOND, 2)])
def test_a_conversation_lasts_24_hours_from_its_delivery(
    emulator: Emulator, after: timedelta, charges: int
) -> None:
    """The template that comes at its end opens another one."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.clock.advance(after)

    send(sandbox, order_shipped())
    sandbox.settle()

    assert len(set(conversations(inbox))) == charges
    assert sandbox.pricing.costs().billable() == charges


def test_each_category_has_a_conversation_of_its_own(emulator: Emulator) -> None:
    """Two templates of one category are one charge, also when both are on their way."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")

    for content in (order_shipped(), order_shipped(), LOGIN_CODE):
        send(sandbox, content)
    sandbox.settle()

    utility, same, code = conversations(inbox)
    assert (utility == same, utility == code) == (True, False)
    assert conversations(inbox, "sent") == conversations(inbox)
    assert sandbox.pricing.costs().by_category == {"utility": 1, "authentication": 1}


def test_only_sent_tells_when_a_conversation_ends(emulator: Emulator) -> None:
    """24 hours after it opened; all its messages tell the same."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.clock.advance(HOUR)
    send(sandbox, order_shipped())
    sandbox.settle()

    told = [
        (status["status"], status["conversation"].get("expiration_timestamp")) for status in inbox.statuses
    ]
    assert told == [("sent", "1741078800"), ("delivered", None), ("read", None)] * 2


def test_what_arrives_after_its_conversation_belongs_to_another(emulator: Emulator) -> None:
    """The phone was off for a day and a half."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.people.change(SHEENA, habits={"delivered_after": 36 * 3600})
    send(sandbox, order_shipped())
    sandbox.clock.advance(37 * HOUR)

    first, later = conversations(inbox)
    assert conversations(inbox, "sent") == [first, first]
    assert first != later
    assert sandbox.pricing.costs().billable("utility") == 2


def test_a_free_entry_point_closes_the_others_and_keeps_new_ones_from_opening(emulator: Emulator) -> None:
    """For 72 hours everything belongs to it; the marketing conversation is over when it ends."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    send(sandbox, SPRING_SALE)
    sandbox.settle()
    sandbox.people.click_ad(SHEENA, "Hello")
    send(sandbox, "Hello back")
    sandbox.settle()

    send(sandbox, SPRING_SALE)
    sandbox.settle()
    sandbox.clock.advance(72 * HOUR)
    send(sandbox, SPRING_SALE)
    sandbox.settle()

    marketing, ad, same, another = conversations(inbox)
    assert (ad == same, len({marketing, ad, another})) == (True, 3)
    assert prices(inbox) == [
        cbp("marketing"),
        cbp("referral_conversion", False),
        cbp("referral_conversion", False),
        cbp("marketing"),
    ]
    assert lines(sandbox) == [
        ("marketing", "US", None, 2),
        ("referral_conversion", "US", "free_entry_point", 2),
    ]


def test_what_was_on_its_way_arrives_in_the_free_entry_point(emulator: Emulator) -> None:
    """No other conversation opens while it is open."""
    sandbox, inbox = begin(emulator, "2025-03-03T09:00:00")
    sandbox.people.change(SHEENA, habits={"delivered_after": 7200})
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.people.change(SHEENA, habits={"delivered_after": 0})
    sandbox.people.click_ad(SHEENA, "Hello")
    send(sandbox, "Hello back")
    sandbox.clock.advance(3 * HOUR)

    assert prices(inbox) == [cbp("referral_conversion", False)] * 2
    assert sandbox.pricing.costs().billable() == 0


def test_before_june_2023_one_conversation_held_everything(emulator: Emulator) -> None:
    """Whoever began it: a template in a conversation of the person opens none."""
    sandbox, inbox = begin(emulator, "2023-03-03T09:00:00")
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello back")
    sandbox.settle()
    send(sandbox, SPRING_SALE)
    send(sandbox, order_shipped(), to=PABLO)
    sandbox.settle()

    assert prices(inbox) == [cbp("user_initiated"), cbp("business_initiated"), cbp("user_initiated")]
    assert len(set(conversations(inbox))) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begun", "expected"),
    [("2023-03-03T09:00:00", 1), ("2024-03-03T09:00:00", 1), ("2025-03-03T09:00:00", 0)],
)
def test_the_thousand_and_first_free_conversation_of_a_month_is_charged(
    emulator: Emulator, begun: str, expected: int
) -> None:
    """Of the WABA, opened by an answer; since November 2024 there is no end of them."""
    sandbox, _ = begin(emulator, begun)
    for place in range(1001):
        number = f"1202555{place:04}"
        sandbox.people.add(f"Person {place}", number)
        sandbox.people.say(number, "Hello")
        send(sandbox, "Hello back", to=number)
    sandbox.settle()

    costs = sandbox.pricing.costs()
    assert (costs.billable(), costs.free()) == (expected, 1001 - expected)
    assert costs.by_reason == ({"free_tier": 1000} if expected else {"free_customer_service": 1001})


def test_a_utility_conversation_outlives_its_price_list(emulator: Emulator) -> None:
    """Over the first of July 2025: a template in it is still its own, the next day it is not."""
    sandbox, inbox = begin(emulator, "2025-07-01T00:00:00")
    send(sandbox, order_shipped())
    sandbox.settle()
    sandbox.clock.advance(8 * HOUR)
    send(sandbox, order_shipped())
    send(sandbox, SPRING_SALE)
    sandbox.settle()
    sandbox.clock.advance(16 * HOUR)
    send(sandbox, order_shipped())
    sandbox.settle()

    assert prices(inbox) == [
        cbp("utility"),
        cbp("utility"),
        (True, "PMP", "marketing", "regular"),
        (True, "PMP", "utility", "regular"),
    ]
    first, second, *_ = conversations(inbox)
    assert first == second
    assert sandbox.pricing.costs().by_category == {"utility": 2, "marketing": 1}


# versions


@pytest.mark.parametrize(("version", "told"), [(22, True), (23, True), (24, False), (25, False)])
def test_conversations_are_told_below_version_24(emulator: Emulator, version: int, told: bool) -> None:
    """Each message is one of its own."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00", version=version)
    sandbox.people.say(SHEENA, "Hello")

    send(sandbox, "One")
    send(sandbox, "Two")
    sandbox.settle()

    assert {"conversation" in status for status in inbox.statuses} == {told}
    if told:
        assert len(set(conversations(inbox))) == 2


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("always", ["sent", "delivered", "read"]), ("once", ["sent", "delivered"])],
)
def test_how_often_a_price_is_told_is_a_setting(
    emulator: Emulator, setting: str, expected: list[str]
) -> None:
    """Always as captured, or once beside ``sent`` as documented; in a group, too."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00", pricing_told=setting)
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello back")
    sandbox.settle()

    assert [status["status"] for status in inbox.statuses if "pricing" in status] == expected
    assert [status["status"] for status in inbox.statuses if "conversation" in status] == expected


# the thousand of a number


@pytest.mark.slow
def test_the_free_thousand_is_counted_by_deliveries(emulator: Emulator) -> None:
    """What is sent and never arrives uses none of it, and who comes a thousand and first pays."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00")
    sandbox.people.change(PABLO, habits={"delivered_after": None})
    sandbox.people.say(PABLO, "Hello")
    sandbox.people.say(SHEENA, "Hello")
    for _ in range(1000):
        send(sandbox, "To nobody", to=PABLO)
    for _ in range(1001):
        send(sandbox, "Hello back")
    sandbox.settle()

    assert prices(inbox) == [SERVICE_FREE] * 1000 + [SERVICE_BILLED]
    assert lines(sandbox) == [("service", "US", None, 1), ("service", "US", "free_tier", 1000)]


@pytest.mark.slow
def test_once_it_is_used_up_sent_tells_so_too(emulator: Emulator) -> None:
    """What has been delivered by then decides what ``sent`` says."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00")
    sandbox.people.say(SHEENA, "Hello")
    for _ in range(1000):
        send(sandbox, "Hello back")
    sandbox.settle()

    send(sandbox, "One more")
    sandbox.settle()

    assert prices(inbox, "sent")[-1] == SERVICE_BILLED


# codes that go abroad


@pytest.mark.parametrize(
    ("home", "delivered_after", "expected"),
    [
        ("US", 0, "authentication"),
        ("US", 299.999999, "authentication"),
        ("US", 300, "authentication-international"),
        ("US", 300.000001, "authentication-international"),
        (None, 300, "authentication-international"),
        ("IN", 300, "authentication"),
    ],
)
def test_a_code_abroad_costs_more_from_its_start_time_on(
    emulator: Emulator, home: str | None, delivered_after: float, expected: str
) -> None:
    """By the instant of delivery; where the business is at home it stays as it was."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00")
    sandbox.people.add("Asha", "919812345678", habits={"delivered_after": delivered_after})
    sandbox.pricing.charge_abroad(Eligibility(sandbox.clock.now() + HOUR / 12))
    if home:
        sandbox.pricing.locate(home)

    send(sandbox, LOGIN_CODE, to="919812345678")
    send(sandbox, LOGIN_CODE, to=SHEENA)
    sandbox.clock.advance(2 * HOUR)

    costs = sandbox.pricing.costs()
    assert costs.by_category == (
        {expected: 1, "authentication": 1} if expected != "authentication" else {"authentication": 2}
    )
    told = [
        (status["pricing"]["category"], status["conversation"]["origin"]["type"])
        for status in inbox.statuses
        if status["status"] == "delivered" and status["recipient_id"].startswith("91")
    ]
    assert told == [(expected, expected.replace("-", "_"))]


def test_the_app_hears_of_both_decisions(emulator: Emulator) -> None:
    """As account updates, with instants in whole seconds."""
    sandbox, inbox = begin(emulator, "2026-11-02T09:00:00")
    start = datetime.fromisoformat("2026-12-02T09:00:00+00:00")

    sandbox.pricing.charge_abroad(Eligibility(start, {"ID": start + DAY}))
    sandbox.pricing.locate("IN")
    sandbox.settle()

    assert inbox.values == [
        {
            "auth_international_rate_eligibility": {
                "exception_countries": [{"country_code": "ID", "start_time": 1796288400}],
                "start_time": 1796202000,
            },
            "event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
        },
        {"country": "IN", "event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"},
    ]
    assert inbox.webhooks[0].json["entry"][0]["time"] == 1793610000


def test_a_country_is_two_letters_and_a_waba_is_there(emulator: Emulator) -> None:
    """Anything else is explained."""
    sandbox, _ = begin(emulator, "2026-11-02T09:00:00")

    with pytest.raises(ValueError, match="two letters"):
        sandbox.pricing.locate("India")
    with pytest.raises(LookupError, match="no WABA 1"):
        sandbox.pricing.locate("IN", "1")


# groups


def test_a_group_message_is_charged_for_each_participant(emulator: Emulator) -> None:
    """By the country of each; the one whose phone is off costs nothing."""
    sandbox, inbox = begin(emulator, "2026-03-02T09:00:00")
    sandbox.people.add("Off", "16505550000", habits={"delivered_after": None})
    group = sandbox.groups.make("Plants", SHEENA, BEATRIZ, "16505550000")

    send(sandbox, order_shipped(), to=group.id, to_group=True)
    sandbox.settle()
    sandbox.people.say(SHEENA, "Thank you", group=group.id)
    send(sandbox, "You are welcome", to=group.id, to_group=True)
    sandbox.settle()

    assert prices(inbox)[0] == (True, "PMP", "group_utility", "regular")
    assert lines(sandbox) == [
        ("group_utility", "BR", None, 1),
        ("group_utility", "US", None, 1),
        ("group_service", "BR", "free_group_customer_service", 1),
        ("group_service", "US", "free_group_customer_service", 1),
    ]
