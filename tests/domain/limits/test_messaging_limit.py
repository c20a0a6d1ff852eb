"""Messaging tiers of a portfolio."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from emulator.domain.limits.messaging_limit import (
    LOOK_BACK,
    NAMES_RENEWED,
    SCALING,
    SCALING_WITHIN,
    WITHIN,
    MessagingLimitUse,
    Tier,
    earns_throughput,
    is_earned,
    quality_allows_raise,
)


def test_a_portfolio_climbs_from_250_people_to_all_of_them() -> None:
    """Each tier has one above it, and the highest has none."""
    climbed = [Tier.T250]
    while climbed[-1].next is not climbed[-1]:
        climbed.append(climbed[-1].next)

    assert [tier.people for tier in climbed] == [250, 2_000, 10_000, 100_000, None]


@pytest.mark.parametrize(("tier", "half"), [(Tier.T2K, 1_000), (Tier.T10K, 5_000), (Tier.T100K, 50_000)])
def test_half_of_a_limit_earns_the_tier_above(tier: Tier, half: int) -> None:
    """One person fewer does not."""
    assert not is_earned(tier, half - 1, ["GREEN"])
    assert is_earned(tier, half, ["GREEN"])
    assert is_earned(tier, half + 1, ["GREEN", "UNKNOWN"])


@pytest.mark.parametrize("rating", ["YELLOW", "RED"])
def test_one_number_that_people_mind_holds_the_portfolio_back(rating: str) -> None:
    """Quality is asked of every number."""
    assert not is_earned(Tier.T2K, 2_000, ["GREEN", rating])
    assert quality_allows_raise(["GREEN", "UNKNOWN", "NA"])


@pytest.mark.parametrize("tier", [Tier.T250, Tier.UNLIMITED])
def test_use_alone_raises_neither_the_lowest_tier_nor_the_highest(tier: Tier) -> None:
    """Out of 250 leads verification or a month of messages; above the highest there is nothing."""
    assert tier.earns_at is None
    assert not is_earned(tier, 10**6, ["GREEN"])


def test_a_number_that_reaches_a_hundred_thousand_people_a_day_gets_more() -> None:
    """With an unlimited portfolio and a quality that is not low."""
    assert not earns_throughput(Tier.UNLIMITED, 99_999, "GREEN")
    assert earns_throughput(Tier.UNLIMITED, 100_000, "GREEN")
    assert earns_throughput(Tier.UNLIMITED, 100_001, "YELLOW")
    assert not earns_throughput(Tier.UNLIMITED, 100_000, "RED")
    assert not earns_throughput(Tier.T100K, 100_000, "GREEN")


def test_old_versions_know_no_2k() -> None:
    """Until version 23 the field of a number had 1K in its place."""
    assert [Tier.T2K.named(major) for major in (23, 24)] == ["TIER_1K", "TIER_2K"]
    assert Tier.T10K.named(20) == "TIER_10K"


def test_the_limit_is_of_people_not_of_messages() -> None:
    """The last of 250 may be reached, one more may not, and whoever was reached may be again."""
    assert not MessagingLimitUse(250, 249, is_counted=False).is_exceeded
    assert MessagingLimitUse(250, 250, is_counted=False).is_exceeded
    assert not MessagingLimitUse(250, 250, is_counted=True).is_exceeded


def test_people_are_counted_over_a_day_a_week_and_a_month() -> None:
    """For the limit, for the next tier and for the first raise; the sandbox counts them."""
    assert (timedelta(hours=24), timedelta(days=7)) == (WITHIN, LOOK_BACK)
    assert (2_000, timedelta(days=30)) == (SCALING, SCALING_WITHIN)
    assert datetime(2026, 2, 1, tzinfo=UTC) == NAMES_RENEWED
