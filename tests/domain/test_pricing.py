"""What a message costs, era by era; days are those of the WABA's time zone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from emulator.domain.pricing import ERAS, FREE_SERVICE_MESSAGES, Pricing, era_on, price

PER_MESSAGE = date(2025, 7, 1)
"""Per-message pricing begins."""
SERVICE_BILLED = date(2026, 10, 1)
"""Service messages, and utility inside the window, are billed again."""
DAY = timedelta(days=1)


def priced(category: str, day: date, *, window_open: bool = True, served: int = 0) -> Pricing:
    return price(category, day, window_open=window_open, service_messages=served)


def test_the_eras_follow_one_another():
    """Each begins after the one before; every day has one."""
    begins = [era.since for era in ERAS]

    assert begins == sorted(begins)
    assert era_on(date(2020, 1, 1)) is ERAS[0]


@pytest.mark.parametrize("category", ["UTILITY", "MARKETING", "AUTHENTICATION"])
@pytest.mark.parametrize("window_open", [True, False])
def test_before_july_2025_conversations_were_billed_and_had_no_type(category: str, window_open: bool):
    """CBP: every template category is billable, and ``type`` does not exist."""
    given = priced(category, PER_MESSAGE - DAY, window_open=window_open)

    assert given == Pricing(True, "CBP", category.lower())


def test_before_july_2025_service_was_free():
    """Service conversations were free from November 2024."""
    assert priced("service", PER_MESSAGE - DAY, served=10_000) == Pricing(False, "CBP", "service")


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
    ],
)
@pytest.mark.parametrize("day", [PER_MESSAGE, SERVICE_BILLED - DAY])
def test_from_july_2025_service_and_utility_in_the_window_are_free(
    day: date, category: str, window_open: bool, expected: Pricing
):
    """PMP, from its first day to the last of September 2026."""
    assert priced(category, day, window_open=window_open, served=10_000) == expected


@pytest.mark.parametrize("day", [SERVICE_BILLED, SERVICE_BILLED + timedelta(days=400)])
@pytest.mark.parametrize("category", ["UTILITY", "MARKETING", "AUTHENTICATION"])
@pytest.mark.parametrize("window_open", [True, False])
def test_from_october_2026_every_template_is_billed(day: date, category: str, window_open: bool):
    """The window makes no template free any more."""
    given = priced(category, day, window_open=window_open)

    assert given == Pricing(True, "PMP", category.lower(), "regular")


@pytest.mark.parametrize(
    ("served", "expected"),
    [
        (0, Pricing(False, "PMP", "service", "free_customer_service")),
        (999, Pricing(False, "PMP", "service", "free_customer_service")),
        (1000, Pricing(True, "PMP", "service", "regular")),
        (1_000_000, Pricing(True, "PMP", "service", "regular")),
    ],
)
def test_from_october_2026_the_first_thousand_service_messages_are_free(served: int, expected: Pricing):
    """The thousandth of a month is free, the one after it is billed."""
    assert FREE_SERVICE_MESSAGES == 1000
    assert priced("service", SERVICE_BILLED, served=served) == expected


@pytest.mark.parametrize("day", [PER_MESSAGE, SERVICE_BILLED])
def test_a_legacy_category_is_billed_as_utility(day: date):
    """Webhooks know only today's categories."""
    assert priced("SHIPPING_UPDATE", day, window_open=False) == Pricing(True, "PMP", "utility", "regular")
