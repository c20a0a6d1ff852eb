"""A business that people like may write to more and more of them."""

from __future__ import annotations

from datetime import UTC, datetime

from story_kit import Business

OFFER = "Our winter opening hours have changed. From Monday on we open at ten and close at six."


def test_a_campaign_climbs_two_tiers_in_three_weeks(emulator):
    """250 a day, then 2,000 when 2,000 were reached within a month, then 10,000 when half of that is used."""
    business = Business(emulator, datetime(2026, 10, 5, 9, tzinfo=UTC))
    business.hear("business_capability_update")
    business.submit("opening_hours", "UTILITY", OFFER)
    business.wait(minutes=6)
    people = [business.sandbox.add_person("Customer", f"49151{place:08d}").wa_id for place in range(3_500)]
    reached = refused = 0

    for day in range(21):
        budget = 250 if reached < 2_000 else 600
        for person in people[reached : reached + budget]:
            business.template(person, "opening_hours")
        business.wait(minutes=1)
        if day == 0:
            business.template(people[-1], "opening_hours")
            business.wait(minutes=1)
            refused += business.became()[-1] == "failed 131048"
        reached += budget
        business.wait(days=1)
        if business.get(f"{business.number}?fields=whatsapp_business_manager_messaging_limit") == {
            "whatsapp_business_manager_messaging_limit": "TIER_10K",
            "id": business.number,
        }:
            break

    told = [
        value["max_daily_conversations_per_business"]
        for value in business.heard("business_capability_update")
    ]
    assert refused == 1, "the two hundred and fifty-first of a day waits"
    assert told == [2_000, 10_000]
    assert day < 21
