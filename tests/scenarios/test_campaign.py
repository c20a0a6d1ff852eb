"""A young business writes to more people every week, and its messaging limit is raised."""

from __future__ import annotations

from kit.messages import order_shipped_parts
from kit.sandboxes import crowd, failures
from kit.scenarios import Business
from kit.times import MORNING

from emulator import Emulator

SHIPPED = order_shipped_parts("Beatriz")


def test_a_campaign_climbs_two_tiers_in_three_weeks(emulator: Emulator) -> None:
    """Two thousand people in a month lead to the second tier, a thousand in a week to the third."""
    business = Business(emulator, MORNING)
    reached, climbed = 0, []

    for day in range(21):
        many = 80 if day < 14 else 150
        business.campaign(crowd(business.sandbox, many, first=reached), "order_shipped", *SHIPPED)
        business.wait(days=1)
        reached += many
        climbed.append(str(business.sandbox.accounts.portfolio().tier))

    assert reached == 2_170
    assert failures(business.sandbox) == []
    assert climbed == ["TIER_250"] * 19 + ["TIER_2K", "TIER_10K"]


def test_a_launch_to_everybody_at_once_reaches_the_first_250(emulator: Emulator) -> None:
    """The others fail, and are reached the next day."""
    business = Business(emulator, MORNING)
    people = crowd(business.sandbox, 300)

    business.campaign(people, "order_shipped", *SHIPPED)
    business.wait(days=1)
    assert failures(business.sandbox) == [131048] * 50
    business.campaign(people[250:], "order_shipped", *SHIPPED)
    business.sandbox.settle()

    assert failures(business.sandbox) == [131048] * 50
