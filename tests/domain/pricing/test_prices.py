"""What a message costs, era by era; days are those of the WABA's time zone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from kit.times import DAY

from emulator.domain.pricing.prices import (
    ERAS,
    FREE_A_MONTH,
    Pricing,
    era_on,
    is_at_entry_point,
    price_at_entry_point,
    price_by_conversation,
    price_in_group,
    price_message,
    pricing_category,
)

BY_CATEGORY = date(2023, 6, 1)
"""Conversations get the category of their template."""
SERVICE_FREE = date(2024, 11, 1)
"""Service conversations are free, however many."""
PER_MESSAGE = date(2025, 7, 1)
"""Per-message pricing begins."""
SERVICE_BILLED = date(2026, 10, 1)
"""Service messages, and utility inside the window, are billed again."""


def priced(category: str, day: date, *, window_open: bool = True, served: int = 0) -> Pricing:
    return price_message(pricing_category(category), era_on(day), window_open=window_open, served=served)


def test_the_eras_follow_one_another() -> None:
    """Each begins after the one before; every day has one."""
    begins = [era.since for era in ERAS]

    assert begins == sorted(begins)
    assert era_on(date(2020, 1, 1)) is ERAS[0]
    assert era_on(date(1969, 12, 31)) is ERAS[0]


@pytest.mark.parametrize(
    "begins", [BY_CATEGORY, SERVICE_FREE, PER_MESSAGE, SERVICE_BILLED], ids=lambda day: day.isoformat()
)
def test_an_era_begins_with_its_first_day(begins: date) -> None:
    """The day before belongs to the era before."""
    assert era_on(begins).since == begins
    assert era_on(begins - DAY).since < begins
    assert era_on(begins + DAY).since == begins


@pytest.mark.parametrize(
    ("category", "day", "expected"),
    [
        ("user_initiated", BY_CATEGORY - DAY, Pricing(True, "CBP", "user_initiated", None, "c")),
        ("business_initiated", BY_CATEGORY - DAY, Pricing(True, "CBP", "business_initiated", None, "c")),
        ("utility", BY_CATEGORY, Pricing(True, "CBP", "utility", None, "c")),
        ("marketing", PER_MESSAGE - DAY, Pricing(True, "CBP", "marketing", None, "c")),
        ("authentication", PER_MESSAGE - DAY, Pricing(True, "CBP", "authentication", None, "c")),
        ("service", SERVICE_FREE - DAY, Pricing(True, "CBP", "service", None, "c")),
        ("service", SERVICE_FREE, Pricing(False, "CBP", "service", None, "c")),
        ("referral_conversion", BY_CATEGORY - DAY, Pricing(False, "CBP", "referral_conversion", None, "c")),
    ],
)
def test_conversations_were_billable_but_for_ads_and_at_last_service(
    category: str, day: date, expected: Pricing
) -> None:
    """Those of the free thousand too, and ``type`` does not exist."""
    assert price_by_conversation(category, era_on(day), "c") == expected


@pytest.mark.parametrize(
    ("category", "window_open", "expected"),
    [
        ("service", True, Pricing(False, "PMP", "service", "free_customer_service")),
        ("UTILITY", True, Pricing(False, "PMP", "utility", "free_customer_service")),
        ("UTILITY", False, Pricing(True, "PMP", "utility", "regular")),
        ("MARKETING", True, Pricing(True, "PMP", "marketing", "regular")),
        ("MARKETING", False, Pricing(True, "PMP", "marketing", "regular")),
        ("AUTHENTICATION", True, Pricing(True, "PMP", "authentication", "regular")),
        ("AUTHENTICATION", False, Pricing(True, "PMP", "authentication", "regular")),
        ("MARKETING_LITE", False, Pricing(True, "PMP", "marketing_lite", "regular")),
    ],
)
@pytest.mark.parametrize("day", [PER_MESSAGE, SERVICE_BILLED - DAY])
def test_from_july_2025_service_and_utility_in_the_window_are_free(
    day: date, category: str, window_open: bool, expected: Pricing
) -> None:
    """PMP, from its first day to the last of September 2026."""
    assert priced(category, day, window_open=window_open, served=10_000) == expected


@pytest.mark.parametrize("day", [SERVICE_BILLED, SERVICE_BILLED + timedelta(days=400)])
@pytest.mark.parametrize("category", ["UTILITY", "MARKETING", "AUTHENTICATION"])
@pytest.mark.parametrize("window_open", [True, False])
def test_from_october_2026_every_template_is_billed(day: date, category: str, window_open: bool) -> None:
    """The window makes no template free any more."""
    given = priced(category, day, window_open=window_open)

    assert given == Pricing(True, "PMP", category.lower(), "regular")


@pytest.mark.parametrize(
    ("served", "expected"),
    [
        (0, Pricing(False, "PMP", "service", "free_customer_service")),
        (999, Pricing(False, "PMP", "service", "free_customer_service")),
        (1000, Pricing(True, "PMP", "service", "regular")),
        (1001, Pricing(True, "PMP", "service", "regular")),
    ],
)
def test_from_october_2026_the_first_thousand_service_messages_are_free(
    served: int, expected: Pricing
) -> None:
    """The thousandth of a month is free, the one after it is billed."""
    assert FREE_A_MONTH == 1000
    assert priced("service", SERVICE_BILLED, served=served) == expected


@pytest.mark.parametrize("day", [PER_MESSAGE, SERVICE_BILLED])
def test_a_legacy_category_is_billed_as_utility(day: date) -> None:
    """Webhooks know only today's categories."""
    assert priced("SHIPPING_UPDATE", day, window_open=False) == Pricing(True, "PMP", "utility", "regular")


def test_a_free_entry_point_is_known_by_its_type_or_once_by_its_category() -> None:
    """Conversation-based pricing had no type, and one category for all that an ad brought."""
    before = price_at_entry_point(era_on(PER_MESSAGE - DAY), "marketing", "c")
    since = price_at_entry_point(era_on(PER_MESSAGE), "marketing", "c")

    assert before == Pricing(False, "CBP", "referral_conversion", None, "c")
    assert since == Pricing(False, "PMP", "marketing", "free_entry_point", "c")


@pytest.mark.parametrize(
    ("pricing", "expected"),
    [
        (Pricing(False, "CBP", "referral_conversion"), True),
        (Pricing(False, "PMP", "marketing", "free_entry_point"), True),
        (Pricing(False, "PMP", "service", "free_customer_service"), False),
        (Pricing(True, "CBP", "marketing"), False),
    ],
)
def test_a_price_says_whether_it_is_that_of_a_free_entry_point(pricing: Pricing, expected: bool) -> None:
    """By either of the two marks that there have been."""
    assert is_at_entry_point(pricing) is expected


def test_a_price_is_kept_without_what_it_does_not_have() -> None:
    """Conversations had no type; a price by message has no conversation."""
    assert Pricing(True, "CBP", "utility", None, "c").as_json() == {
        "billable": True,
        "model": "CBP",
        "category": "utility",
        "conversation_id": "c",
    }
    assert "conversation_id" not in priced("MARKETING", PER_MESSAGE).as_json()


def test_in_a_group_category_and_free_type_are_those_of_groups() -> None:
    """``group_service``, ``group_utility``, ``group_marketing``."""
    free = price_in_group(priced("service", PER_MESSAGE))
    billed = price_in_group(priced("MARKETING", PER_MESSAGE))

    assert free == Pricing(False, "PMP", "group_service", "free_group_customer_service")
    assert billed == Pricing(True, "PMP", "group_marketing", "regular")
