"""The market of a country, on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from emulator.domain.pricing.markets import market_of

TODAY = date(2026, 11, 2)
SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
"""The quarters with which countries became markets of their own."""


@pytest.mark.parametrize(
    ("country", "market"),
    [
        ("IN", "India"),
        ("US", "North America"),
        ("CA", "North America"),
        ("DO", "Rest of Latin America"),
        ("AT", "Rest of Western Europe"),
        ("IS", "Other"),
        ("ZZ", "Other"),
    ],
)
def test_a_country_is_a_market_or_part_of_a_region(country: str, market: str) -> None:
    """One that the table does not list is Other."""
    assert market_of(country, TODAY) == market


@pytest.mark.parametrize(
    ("country", "since", "before", "after"),
    [
        ("HK", SUMMER, "Rest of Asia Pacific", "Hong Kong"),
        ("HU", SUMMER, "Rest of Central & Eastern Europe", "Hungary"),
        ("PL", SUMMER, "Rest of Central & Eastern Europe", "Poland"),
        ("QA", SUMMER, "Rest of Middle East", "Qatar"),
        ("RO", SUMMER, "Rest of Central & Eastern Europe", "Romania"),
        ("SG", SUMMER, "Rest of Asia Pacific", "Singapore"),
        ("BD", AUTUMN, "Rest of Asia Pacific", "Bangladesh"),
        ("IQ", AUTUMN, "Rest of Middle East", "Iraq"),
        ("KZ", AUTUMN, "Russia", "Kazakhstan"),
        ("KW", AUTUMN, "Rest of Middle East", "Kuwait"),
        ("LK", AUTUMN, "Rest of Asia Pacific", "Sri Lanka"),
        ("MA", AUTUMN, "Rest of Africa", "Morocco"),
        ("NP", AUTUMN, "Rest of Asia Pacific", "Nepal"),
        ("OM", AUTUMN, "Rest of Middle East", "Oman"),
        ("UA", AUTUMN, "Rest of Central & Eastern Europe", "Ukraine"),
    ],
)
def test_a_country_may_become_a_market_of_its_own(country: str, since: date, before: str, after: str) -> None:
    """From the first day of a quarter on."""
    assert market_of(country, since - timedelta(days=1)) == before
    assert market_of(country, since) == after
