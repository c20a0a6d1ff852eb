"""What a seed says of a business: its portfolio, its account, its numbers and their limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kit.identities import PORTFOLIO
from kit.times import START

from emulator import Emulator, Sandbox, SeedError
from emulator.domain.limits.messaging_limit import Tier

WHOLE = """\
settings:
  limits: {throughput: off, messaging: 3, pair_rate: always}
app: {access_token: A-TOKEN}
portfolio: {name: Shrubs, verified: true}
waba: {account_review: PENDING, payment_method: false}
numbers:
  - number: "+1 650 555 0100"
    status: FLAGGED
    name_status: DECLINED
    throughput: HIGH
    on_business_app: true
    pin: "150954"
"""
SMALLEST = """\
app: {access_token: A-TOKEN}
waba: {}
numbers:
  - number: "+1 650 555 0100"
"""


@pytest.fixture
def grown(emulator: Emulator, tmp_path: Path) -> Callable[[str], Sandbox]:
    """Make a sandbox of a seed's text."""

    def grow(text: str) -> Sandbox:
        path = tmp_path / "seed.yaml"
        path.write_text(text)
        return emulator.create(seed=path, at=START, speed=None)

    return grow


def test_a_seed_may_say_everything_about_a_business(grown: Callable[[str], Sandbox]) -> None:
    """Each fact is what it says, and YAML's ``off`` switches a limit off."""
    sandbox = grown(WHOLE)
    with sandbox.services.command() as store:
        (number,) = store.accounts.numbers()
    policies = sandbox.settings.limits

    assert (sandbox.accounts.portfolio().name, sandbox.accounts.portfolio().tier) == ("Shrubs", Tier.T2K)
    assert (sandbox.accounts.waba().review, sandbox.accounts.waba().has_payment_method) == ("PENDING", False)
    assert (number.status, number.name_status, number.throughput) == ("FLAGGED", "DECLINED", "HIGH")
    assert (number.on_business_app, number.pin) == (True, "150954")
    assert [
        policies.policy(name).as_json for name in ("throughput", "messaging", "pair_rate", "registrations")
    ] == [
        "off",
        3,
        "always",
        "on",
    ]


def test_a_seed_that_says_nothing_has_a_new_business(grown: Callable[[str], Sandbox]) -> None:
    """Not verified, in the lowest tier, with a payment method and a connected number."""
    sandbox = grown(SMALLEST)
    with sandbox.services.command() as store:
        (number,) = store.accounts.numbers()

    assert (sandbox.accounts.portfolio().id, sandbox.accounts.portfolio().tier) == (
        PORTFOLIO,
        Tier.T250,
    )
    assert sandbox.accounts.waba().has_payment_method
    assert (number.state, number.name_status, number.pin) == ("CONNECTED", "APPROVED", None)


def test_a_reset_returns_to_what_the_seed_says(grown: Callable[[str], Sandbox]) -> None:
    """Also what was done to the business, and what was used of its limits."""
    sandbox = grown(SMALLEST)
    sandbox.accounts.change_portfolio(tier="TIER_100K")
    sandbox.accounts.restrict("LOCKED")
    sandbox.limits.set(messaging=1)

    sandbox.reset()

    assert sandbox.accounts.portfolio().tier == "TIER_250"
    assert sandbox.accounts.waba().restrictions == ()
    assert sandbox.settings.limits.policy("messaging").as_json == "on"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (SMALLEST + "    pin: '12345'\n", "a PIN has six digits"),
        (SMALLEST + "    status: HAPPY\n", "CONNECTED"),
        (SMALLEST + "    throughput: LOW\n", "STANDARD"),
        (SMALLEST + "portfolio: {tier: TIER_1K}\n", "TIER_250"),
        (SMALLEST + "portfolio: {colour: green}\n", "colour"),
        (SMALLEST + "settings: {limits: {speed: off}}\n", "there is no limit 'speed'"),
        (SMALLEST + "settings: {limits: {messaging: many}}\n", "whole number"),
    ],
)
def test_a_mistake_in_a_business_is_named(grown: Callable[[str], Sandbox], wrong: str, words: str) -> None:
    """With what there is instead."""
    with pytest.raises(SeedError, match=words):
        grown(wrong)
