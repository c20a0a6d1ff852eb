"""Somebody comes from an advertisement; how soon they are answered decides what the next three days cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from kit.identities import BEATRIZ
from kit.scenarios import Business

from emulator import Emulator

AD = {
    "source_url": "https://fb.me/3cr4Wqqkv",
    "source_id": "120226305854810726",
    "source_type": "ad",
    "headline": "Chat with us",
    "body": "Summer succulents are here!",
    "ctwa_clid": "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4",
}


@pytest.mark.parametrize(
    ("hours", "prices"),
    [
        (23, [(False, "referral_conversion", "free_entry_point")] * 2),
        (25, [(True, "utility", "regular")] * 2),
    ],
    ids=["within a day", "a day later"],
)
def test_an_ad_click_answered_after_hours(emulator: Emulator, hours: int, prices: list[Any]) -> None:
    """Within 24 hours the answer is free and opens three free days; later both messages are billed."""
    business = Business(emulator, datetime(2026, 10, 5, 10, tzinfo=UTC))
    business.submit("welcome_offer", "UTILITY", "Thank you for asking. Here is what you wanted to know.")
    business.wait(minutes=6)
    business.sandbox.people.say(BEATRIZ, "How much is it?", referral=AD)

    business.wait(hours=hours)
    business.template(BEATRIZ, "welcome_offer")
    business.wait(hours=71)
    business.template(BEATRIZ, "welcome_offer")
    business.wait(minutes=1)

    (asked,) = business.heard("messages")[0]["messages"]
    assert asked["referral"]["source_type"] == "ad"
    assert business.prices() == prices
    business.text(BEATRIZ, "Are you still there?")
    business.wait(minutes=1)
    assert business.became()[-1] == "failed 131047", "a free entry point opens no customer service window"
