"""The market of a country, on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from emulator.domain.pricing.markets import market_of

TODAY = date(2026, 11, 2)


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
        ("UA", date(2026, 10, 1), "Rest of Central & Eastern Europe", "Ukraine"),
        ("KZ", date(2026, 10, 1), "Russia", "Kazakhstan"),
        ("PL", date(2026, 7, 1), "Rest of Central & Eastern Europe", "Poland"),
    ],
)
def test_a_country_may_become_a_market_of_its_own(country: str, since: date, before: str, after: str) -> None:
    """From the first day of a quarter on."""
    assert market_of(country, since - timedelta(days=1)) == before
    assert market_of(country, since) == after
