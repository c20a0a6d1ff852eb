"""What numbers and accounts may send, and how much: each rule on its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import LUCKY_SHRUB as WABA
from kit.facts import SHEENA_NELSON as SHEENA
from kit.facts import SendFacts, send_facts
from kit.times import MICROSECOND as TICK
from kit.times import MORNING as NOW

from emulator.domain import rules
from emulator.domain.accounts.restrictions import (
    BIZ_INITIATED,
    COUNTRIES,
    CUSTOMER_INITIATED,
    DISABLED,
    LOCKED,
    Restriction,
)
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.limits.throughput import PAIR, Reservation, per_second
from emulator.domain.messages.outbound import TemplateUse, text
from emulator.domain.templates.template import Status, Template
from emulator.domain.windows import Window

OPEN = Window(NUMBER.id, SHEENA.wa_id, NOW)
USE = TemplateUse("order_shipped", "en_US")
TEMPLATE = Template("1", NUMBER.waba_id, "order_shipped", "en_US", "UTILITY", Status.APPROVED, (), NOW)

TEXT = send_facts(
    at=NOW,
    number=NUMBER,
    wa_id=SHEENA.wa_id,
    content=text("Hello"),
    person=SHEENA,
    window=OPEN,
    waba=WABA,
)
SENT_TEMPLATE = TEXT.but(content=USE, template=TEMPLATE, window=None)


def outcome(tried: SendFacts, judged: tuple[rules.Rule, ...] = rules.AT_ONCE) -> tuple[int, str] | None:
    """The code and the rule of the refusal, ``None`` when there is none."""
    try:
        rules.check(tried, judged)
    except PlatformError as refusal:
        return refusal.code, refusal.rule
    return None


def restricted(*restrictions: Restriction) -> Waba:
    return WABA.changed(restrictions=restrictions)


@pytest.mark.parametrize(
    "status", ["PENDING", "DISCONNECTED", "UNVERIFIED", "MIGRATED", "DELETED", "UNKNOWN"]
)
def test_a_number_that_is_not_registered_sends_nothing(status: str) -> None:
    """Whatever it is called, it is no number of the Cloud API."""
    tried = TEXT.but(number=NUMBER.changed(status=status))

    assert outcome(tried) == (133010, "number_is_registered")


def test_a_banned_number_is_locked() -> None:
    """It is refused as a locked account is."""
    assert outcome(TEXT.but(number=NUMBER.changed(status="BANNED"))) == (131031, "account_is_not_locked")


@pytest.mark.parametrize("status", ["FLAGGED", "RESTRICTED", "RATE_LIMITED"])
def test_a_limited_number_fails_later(status: str) -> None:
    """Its messages are taken and then fail."""
    tried = TEXT.but(number=NUMBER.changed(status=status))

    assert outcome(tried) is None
    assert outcome(tried, rules.LATER) == (131048, "number_is_not_limited")


def test_maintenance_is_over_when_it_is_over() -> None:
    """At its last instant the number can be used again."""
    number = NUMBER.changed(maintenance_until=NOW)

    refused = [outcome(TEXT.but(number=number, at=at)) for at in (NOW - TICK, NOW, NOW + TICK)]

    assert refused == [(131057, "number_is_not_in_maintenance"), None, None]


@pytest.mark.parametrize("name_status", ["DECLINED", "EXPIRED", "PENDING_REVIEW", "NONE"])
def test_only_a_provided_number_needs_an_approved_name(name_status: str) -> None:
    """A 555 number is refused, any other sends."""
    provided = NUMBER.changed(given_name_status=name_status)

    assert outcome(TEXT.but(number=provided)) == (131037, "display_name_is_approved")
    assert outcome(TEXT.but(number=provided.changed(digits="16505550100"))) is None


@pytest.mark.parametrize("review", ["REJECTED", "PENDING", "DEFERRED"])
def test_an_account_that_is_not_approved_is_of_no_use(review: str) -> None:
    """Its messages are refused as those of a locked one."""
    assert outcome(TEXT.but(waba=WABA.changed(review=review))) == (131031, "account_is_not_locked")


@pytest.mark.parametrize("kind", [LOCKED, DISABLED])
def test_a_locked_or_disabled_account_sends_nothing(kind: str) -> None:
    """Neither templates nor answers."""
    waba = restricted(Restriction(kind))

    assert outcome(TEXT.but(waba=waba)) == (131031, "account_is_not_locked")
    assert outcome(SENT_TEMPLATE.but(waba=waba)) == (131031, "account_is_not_locked")


def test_a_restriction_of_what_the_business_begins_lets_it_answer() -> None:
    """Inside an open window everything goes, outside nothing."""
    waba = restricted(Restriction(BIZ_INITIATED, NOW + TICK))

    assert outcome(TEXT.but(waba=waba)) is None
    assert outcome(SENT_TEMPLATE.but(waba=waba, window=OPEN)) is None
    assert outcome(SENT_TEMPLATE.but(waba=waba)) == (368, "account_may_send")


def test_a_restriction_of_answers_lets_it_begin() -> None:
    """The other way round."""
    waba = restricted(Restriction(CUSTOMER_INITIATED, NOW + TICK))

    assert outcome(TEXT.but(waba=waba)) == (368, "account_may_send")
    assert outcome(SENT_TEMPLATE.but(waba=waba)) is None


def test_a_restriction_holds_until_its_expiration() -> None:
    """At the instant before it does, at the instant itself and after it does not."""
    tried = SENT_TEMPLATE.but(waba=restricted(Restriction(BIZ_INITIATED, NOW)))

    refused = [outcome(tried.but(at=at)) for at in (NOW - TICK, NOW, NOW + TICK)]

    assert refused == [(368, "account_may_send"), None, None]


def test_a_country_may_be_closed() -> None:
    """People of others can be written to."""
    waba = restricted(Restriction(COUNTRIES, countries=("US", "IN")))

    assert outcome(TEXT.but(waba=waba)) == (130497, "country_may_be_written_to")
    assert outcome(TEXT.but(waba=waba, wa_id="491512345678")) is None


def test_what_is_billed_needs_a_payment_method() -> None:
    """Not from a test number, whose account needs none."""
    poor = WABA.changed(has_payment_method=False)

    assert outcome(TEXT.but(waba=poor), (rules.PAYMENT,)) == (131042, "payment_is_arranged")
    assert outcome(TEXT.but(waba=poor, number=NUMBER.changed(kind="test")), (rules.PAYMENT,)) is None
    assert outcome(TEXT, (rules.PAYMENT,)) is None


def test_rates_refuse_when_they_are_used_up() -> None:
    """Throughput before the pair, and neither where it does not hold."""
    full, used_up = (
        Reservation(per_second(80), NOW + timedelta(seconds=1), NOW),
        Reservation(PAIR, NOW + PAIR.tolerance, NOW),
    )

    assert outcome(TEXT.but(throughput=full, pair_rate=used_up)) == (130429, "throughput_is_left")
    assert outcome(TEXT.but(pair_rate=used_up)) == (131056, "pair_rate_is_left")
    assert outcome(TEXT.but(throughput=Reservation(per_second(80), None, NOW))) is None


def test_one_person_too_many_fails_later() -> None:
    """The 251st of 250, and not the 250th or one who was reached already."""
    uses = [
        MessagingLimitUse(250, 249, False),
        MessagingLimitUse(250, 250, False),
        MessagingLimitUse(250, 250, True),
    ]

    outcomes = [outcome(SENT_TEMPLATE.but(messaging_limit=use), rules.LATER) for use in uses]

    assert outcomes == [None, (131048, "portfolio_may_reach_one_more"), None]


def test_the_account_comes_before_the_recipient_and_rates_before_the_template() -> None:
    """The order of the first refusals, as the platform seems to have it."""
    names = [rule.name for rule in rules.AT_ONCE]

    assert names.index("account_is_not_locked") < names.index("recipient_is_allowed")
    assert names.index("recipient_is_allowed") < names.index("throughput_is_left")
    assert names.index("throughput_is_left") + 1 == names.index("pair_rate_is_left")
    assert names.index("pair_rate_is_left") < names.index("template_exists")
