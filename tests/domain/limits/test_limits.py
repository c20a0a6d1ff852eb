"""Rates and policies of limits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from kit.times import MICROSECOND as TICK
from kit.times import MORNING as NOW

from emulator.domain.limits.api_usage import CALLS_WITHIN, management_calls, too_many_calls
from emulator.domain.limits.policies import NAMES, Policies, Policy, policies_from_json
from emulator.domain.limits.registrations import REGISTRATIONS, REGISTRATIONS_WITHIN, too_many_registrations
from emulator.domain.limits.status import limit_status
from emulator.domain.limits.throughput import PAIR, RateLimit, Reservation, per_second, throughput


def burst(rate: RateLimit, many: int, at: datetime = NOW, tat: datetime | None = None) -> datetime:
    """Take so many at one instant, each of which there must be."""
    for _ in range(many):
        allowed, tat = rate.at(tat, at)
        assert allowed
    assert tat is not None
    return tat


def test_forty_five_messages_reach_the_same_person_at_once_and_no_more() -> None:
    """The burst is 45; the 46th in the same instant is refused and takes nothing."""
    tat = burst(PAIR, 45)

    assert PAIR.at(tat, NOW) == (False, tat)
    assert PAIR.used(tat, NOW) == 45
    assert PAIR.left(tat, NOW) == 0


def test_after_a_burst_one_more_is_to_be_had_every_six_seconds() -> None:
    """At the instant before six seconds there is none, at six there is one, and after it none again."""
    tat = burst(PAIR, 45)
    free = NOW + timedelta(seconds=6)

    assert PAIR.frees_up_at(tat, NOW) == free
    assert PAIR.at(tat, free - TICK)[0] is False
    assert PAIR.at(tat, free)[0] is True
    assert PAIR.at(PAIR.at(tat, free)[1], free + TICK)[0] is False


def test_a_burst_has_come_back_after_six_seconds_a_message() -> None:
    """Twenty at once are forgotten after two minutes, and not an instant sooner."""
    tat = burst(PAIR, 20)
    back = NOW + timedelta(minutes=2)

    assert PAIR.used(tat, back - TICK) == 1
    assert PAIR.used(tat, back) == 0
    assert PAIR.left(tat, back + TICK) == 45
    assert [PAIR.used(tat, back + 3 * PAIR.every), PAIR.left(tat, back + 3 * PAIR.every)] == [0, 45]


def test_one_message_every_six_seconds_goes_on_forever() -> None:
    """At the sustained rate no quota is used up."""
    tat = None
    for place in range(1000):
        allowed, tat = PAIR.at(tat, NOW + place * PAIR.every)
        assert allowed
    assert PAIR.used(tat, NOW + 1000 * PAIR.every) == 0


def test_a_use_that_is_about_to_be_made_knows_what_it_would_change() -> None:
    """The last of a burst is free and takes one more; beyond it nothing changes but what one waits for."""
    last = Reservation(PAIR, burst(PAIR, 44), NOW)
    beyond = Reservation(PAIR, last.after, NOW)

    assert (last.is_free, last.after, last.frees_up_at) == (True, burst(PAIR, 45), None)
    assert (beyond.is_free, beyond.after) == (False, last.after)
    assert beyond.frees_up_at == NOW + PAIR.every


def test_nothing_frees_up_where_nothing_is_used_up() -> None:
    """While there is one left, there is no instant to wait for."""
    assert (PAIR.used(None, NOW), PAIR.frees_up_at(None, NOW)) == (0, None)
    assert PAIR.frees_up_at(burst(PAIR, 44), NOW) is None


def test_what_cannot_be_refused_counts_but_borrows_no_further() -> None:
    """A thousand inbound messages use up the second, not the next ten minutes."""
    rate, tat = per_second(80), None
    for _ in range(1000):
        tat = rate.taken(tat, NOW)

    assert rate.used(tat, NOW) == 80
    assert rate.left(tat, NOW + timedelta(seconds=1)) == 80


@pytest.mark.parametrize(
    ("level", "on_business_app", "messages"),
    [("STANDARD", False, 80), ("HIGH", False, 1000), ("STANDARD", True, 20), ("HIGH", True, 20)],
)
def test_a_number_handles_as_many_messages_a_second_as_its_level_says(
    level: str, on_business_app: bool, messages: int
) -> None:
    """80, 1,000 after the upgrade, and 20 for a number that is also on the Business app."""
    rate = per_second(throughput(level, on_business_app=on_business_app))
    tat = burst(rate, messages)
    second = timedelta(seconds=1)

    assert rate.at(tat, NOW)[0] is False
    assert rate.left(tat, NOW + second - TICK) == messages - 1
    assert rate.left(tat, NOW + second) == messages


def test_an_account_with_a_number_may_manage_more() -> None:
    """200 calls an hour, 5,000 with a registered number."""
    assert management_calls(has_a_number=False) == 200
    assert management_calls(has_a_number=True) == 5000


def test_registrations_and_management_calls_are_counted_as_documented() -> None:
    """Ten in three days, and within an hour; the sandbox counts them."""
    assert (10, timedelta(hours=72)) == (REGISTRATIONS, REGISTRATIONS_WITHIN)
    assert timedelta(hours=1) == CALLS_WITHIN


@pytest.mark.parametrize("most", [1, 10**9 - 1])
def test_a_limit_may_be_any_number_that_somebody_could_reach(most: int) -> None:
    """From one to just below a thousand million."""
    assert policies_from_json({"messaging": most}).policy("messaging") == Policy("always", most)


@pytest.mark.parametrize(
    ("word", "running", "standing_still"),
    [("off", False, False), ("on", True, False), ("always", True, True), (7, True, True)],
)
def test_a_policy_says_when_a_limit_holds(word: str | int, running: bool, standing_still: bool) -> None:
    """Usually while the clock runs; ``always`` and a number in a frozen instant too."""
    policy = policies_from_json({"throughput": word}).policy("throughput")

    assert policy.holds(clock_runs=True) is running
    assert policy.holds(clock_runs=False) is standing_still
    assert policy.as_json == word


@pytest.mark.parametrize(
    ("word", "is_off", "running", "standing_still"),
    [("off", True, False, False), ("on", False, True, True), ("always", False, True, True)],
)
def test_the_limit_of_people_holds_while_the_clock_stands_still(
    word: str, is_off: bool, running: bool, standing_still: bool
) -> None:
    """It counts people in a day, not messages in an instant."""
    policies = policies_from_json({"messaging": word})

    assert policies.policy("messaging").is_off is is_off
    assert policies.holds("messaging", clock_runs=True) is running
    assert policies.holds("messaging", clock_runs=False) is standing_still
    assert not policies.holds("throughput", clock_runs=False)


def test_one_registration_or_management_call_too_many_has_its_error() -> None:
    """133016 and 80008, with the numbers that decided."""
    registration = too_many_registrations("1", most=10, used=10)
    call = too_many_calls("1", "2", most=200, used=200)

    assert (registration.code, registration.facts) == (133016, {"most": 10, "used": 10})
    assert (call.code, call.facts) == (80008, {"most": 200, "used": 200})


def test_a_number_is_how_much_there_is() -> None:
    """A whole number takes the place of the usual limit, for a rate that of its burst."""
    policy = Policy("always", 3)

    assert policy.limit(250) == 3
    assert policy.rate(PAIR) == RateLimit(PAIR.every, 3)
    assert Policy().limit(250) == 250
    assert Policy().rate(PAIR) is PAIR


def test_every_limit_is_on_until_somebody_says_otherwise() -> None:
    """A sandbox enforces what the platform does."""
    assert Policies().as_json == dict.fromkeys(NAMES, "on")


def test_one_policy_changes_without_the_others() -> None:
    """What was set before stays."""
    policies = policies_from_json({"throughput": "always"}).changed({"pair_rate": 3})

    assert policies.as_json == dict.fromkeys(NAMES, "on") | {"throughput": "always", "pair_rate": 3}


def test_yaml_reads_on_and_off_as_flags() -> None:
    """``throughput: off`` in a seed is the boolean, and means what it says."""
    assert policies_from_json({"throughput": False, "messaging": True}).as_json["throughput"] == "off"


@pytest.mark.parametrize(
    "values",
    [
        {"speed": "on"},
        {"throughput": "never"},
        {"throughput": 0},
        {"throughput": 10**9},
        "off",
        {"messaging": 1.5},
    ],
)
def test_a_limit_or_policy_that_there_is_not_is_refused(values: dict[str, Any] | str) -> None:
    """A slip of the pen does not switch a limit on or off."""
    with pytest.raises(ValueError, match="limit"):
        policies_from_json(values)


def test_a_standing_says_when_it_frees_up_only_when_nothing_is_left() -> None:
    """Left is never below zero, and endless where there is no limit."""
    over = limit_status("messaging", "portfolio", "1", Policy(), 250, 251, NOW)
    full = limit_status("messaging", "portfolio", "1", Policy(), 250, 250, NOW)
    free = limit_status("messaging", "portfolio", "1", Policy(), 250, 249, NOW)
    endless = limit_status("messaging", "portfolio", "1", Policy(), None, 10**6, NOW)

    assert (over.left, over.frees_up_at) == (0, NOW)
    assert (full.left, full.frees_up_at) == (0, NOW)
    assert (free.left, free.frees_up_at) == (1, None)
    assert (endless.left, endless.frees_up_at) == (None, None)
