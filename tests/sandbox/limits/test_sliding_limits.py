"""Limits over a sliding window: how they count, under which policy each holds, and how they are reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.identities import SHEENA
from kit.sandboxes import around, limit
from kit.times import HOUR, MICROSECOND, START

from emulator import Emulator, Sandbox
from emulator.domain.errors import MessageError
from emulator.domain.limits.policies import NAMES
from emulator.sandbox.limits.sliding import LimitDefinition, SlidingLimit, SlidingWindow
from emulator.sandbox.limits.table import MESSAGING, REGISTRATIONS, SLIDING_LIMITS


@pytest.fixture
def window(sandbox: Sandbox) -> Iterator[SlidingWindow]:
    """A count of an hour."""
    with sandbox.services.command() as store:
        yield SlidingWindow(store, "counted", HOUR)


@pytest.fixture
def registrations(sandbox: Sandbox) -> SlidingLimit:
    """Two registrations in 72 hours, in a frozen instant too."""
    sandbox.limits.set(registrations=2)
    return SlidingLimit(sandbox.services.core, REGISTRATIONS)


def test_a_key_counts_once_and_for_its_whole_time(window: SlidingWindow) -> None:
    """From when it was hit last; at exactly an hour it counts no more."""
    window.hit("42", key="sheena", at=START)
    window.hit("42", key="sheena", at=START + HOUR - MICROSECOND)
    window.hit("42", key="pablo", at=START)

    assert window.used("42", at=START + HOUR - MICROSECOND) == 2
    assert window.frees_up_at("42", at=START + HOUR - MICROSECOND) == START + HOUR
    assert window.used("42", at=START + HOUR) == 1
    assert window.has("42", key="sheena", at=START + HOUR)
    assert not window.has("42", key="pablo", at=START + HOUR)


def test_without_a_key_every_hit_counts(window: SlidingWindow) -> None:
    """Two calls in one instant are two."""
    window.hit("42", at=START)
    window.hit("42", at=START)

    assert window.used("42", at=START) == 2


def test_each_subject_is_counted_apart(window: SlidingWindow) -> None:
    """Also one that has several ids, and one that was cleared."""
    window.hit("app", "waba", at=START)
    window.hit("app", "another", at=START)
    window.hit("app", at=START)
    window.clear("app", "another")

    subjects = [("app", "waba"), ("app", "another"), ("app",)]
    assert [window.used(*subject, at=START) for subject in subjects] == [1, 0, 1]


def test_a_limit_says_how_much_is_used_and_left(sandbox: Sandbox, registrations: SlidingLimit) -> None:
    """Never less than nothing; when the first leaves, one more may come."""
    seen = []
    with sandbox.services.command():
        for _ in range(3):
            seen.append((registrations.left("42", at=START), registrations.test("42", at=START)))
            registrations.hit("42", at=START)

        assert seen == [(2, True), (1, True), (0, False)]
        assert (registrations.used("42", at=START), registrations.left("42", at=START)) == (3, 0)
        assert registrations.frees_up_at("42", at=START) == START + timedelta(hours=72)


def test_one_too_many_is_refused_as_the_row_says(sandbox: Sandbox, registrations: SlidingLimit) -> None:
    """With what it saw; at the boundary it is free again."""
    with sandbox.services.command():
        for _ in range(2):
            registrations.hit("42", at=START)

        with pytest.raises(MessageError) as refused:
            registrations.check("42", at=START + timedelta(hours=72) - MICROSECOND)
        registrations.check("42", at=START + timedelta(hours=72))

    assert (refused.value.code, refused.value.facts) == (133016, {"most": 2, "used": 2})


def test_an_unlimited_tier_has_no_end(sandbox: Sandbox) -> None:
    """There is always one more."""
    sandbox.accounts.change_portfolio(tier="TIER_UNLIMITED")
    messaging, portfolio = SlidingLimit(sandbox.services.core, MESSAGING), sandbox.accounts.portfolio().id

    with sandbox.services.command():
        assert messaging.left(portfolio, at=START) is None
        assert messaging.test(portfolio, at=START)


@pytest.mark.parametrize("row", SLIDING_LIMITS, ids=lambda row: row.name)
@pytest.mark.parametrize(
    ("policy", "frozen", "running"),
    [("off", False, False), ("on", False, True), ("always", True, True), (7, True, True)],
)
def test_every_limit_holds_under_its_policy(
    emulator: Emulator, row: LimitDefinition, policy: str | int, frozen: bool, running: bool
) -> None:
    """``on`` while the clock runs, so that a burst in a frozen instant is none; of people always."""
    held = []
    for name, speed in (("frozen", None), ("running", 1e-6)):
        sandbox = emulator.create(name, at=START, speed=speed)
        sandbox.limits.set(**{row.name: policy})
        held.append(SlidingLimit(sandbox.services.core, row).holds)

    timeless = row is MESSAGING and policy == "on"
    assert held == [frozen or timeless, running]


def test_every_limit_is_reported_in_one_order(sandbox: Sandbox) -> None:
    """The rates of each number, that to one person, and then a row a limit."""
    shown = [each.name for each in sandbox.limits.all(SHEENA)]

    assert list(dict.fromkeys(shown)) == [
        "throughput",
        "pair_rate",
        "messaging",
        "template_creations",
        "registrations",
        "management_calls",
    ]
    assert set(shown) == set(NAMES)


def test_what_a_policy_of_off_leaves_of_a_report(sandbox: Sandbox) -> None:
    """The usual number, and none for the creation of templates."""
    sandbox.limits.set(**dict.fromkeys(NAMES, "off"))

    assert {name: limit(sandbox, name).most for name in NAMES if name != "pair_rate"} == {
        "throughput": 80,
        "messaging": 250,
        "management_calls": 5000,
        "template_creations": None,
        "registrations": 10,
    }


def test_what_is_reported_frees_up_when_it_says(sandbox: Sandbox, registrations: SlidingLimit) -> None:
    """Nothing is left before that instant, and one at it."""
    with sandbox.services.command() as store:
        number = store.accounts.numbers()[0].id
        registrations.hit(number, at=START)
        registrations.hit(number, at=START)
    status = limit(sandbox, "registrations")
    assert status.frees_up_at is not None

    assert around(sandbox, status.frees_up_at, lambda: limit(sandbox, "registrations").left) == (0, 2)
