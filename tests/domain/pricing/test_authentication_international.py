"""When a code costs the international rate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kit.times import MICROSECOND

from emulator.domain.pricing.authentication_international import Eligibility, applies, as_json, from_json

START = datetime(2025, 8, 1, 12, tzinfo=UTC)
LATER = datetime(2025, 9, 1, 12, tzinfo=UTC)
ELIGIBLE = Eligibility(START, {"ID": LATER})


@pytest.mark.parametrize(
    ("country", "at", "expected"),
    [
        ("IN", START - MICROSECOND, False),
        ("IN", START, True),
        ("IN", START + MICROSECOND, True),
        ("ID", START, False),
        ("ID", LATER - MICROSECOND, False),
        ("ID", LATER, True),
        ("BR", LATER, False),
    ],
)
def test_it_begins_at_the_start_time_of_the_country(country: str, at: datetime, expected: bool) -> None:
    """A country with an exception has a time of its own; one off the list has no such rate."""
    assert applies(ELIGIBLE, "US", country, at, at.date()) is expected


@pytest.mark.parametrize(("home", "expected"), [("IN", False), ("ID", True), (None, True)])
def test_at_home_the_domestic_rate_stays(home: str | None, expected: bool) -> None:
    """While the primary location is not verified, every country is abroad."""
    assert applies(ELIGIBLE, home, "IN", START, START.date()) is expected


def test_without_eligibility_there_is_no_such_rate() -> None:
    """Most businesses never send that many codes."""
    assert not applies(None, "US", "IN", START, START.date())


@pytest.mark.parametrize(
    ("country", "first"),
    [
        *((country, date(2024, 6, 1)) for country in ("IN", "ID")),
        *((country, date(2025, 2, 1)) for country in ("EG", "MY", "NG", "PK", "SA", "ZA", "AE")),
        *((country, date(2026, 10, 1)) for country in ("BD", "IQ", "NP", "LK", "KZ", "KW", "MA", "OM", "UA")),
    ],
)
def test_a_country_has_the_rate_from_its_day_on(country: str, first: date) -> None:
    """Whatever the start time says."""
    eligible = Eligibility(datetime(2024, 1, 1, tzinfo=UTC))
    at = datetime(2026, 12, 1, tzinfo=UTC)

    assert not applies(eligible, None, country, at, first - timedelta(days=1))
    assert applies(eligible, None, country, at, first)


def test_it_is_read_as_it_is_shown() -> None:
    """There and back."""
    assert from_json(as_json(ELIGIBLE)) == ELIGIBLE


@pytest.mark.parametrize("seconds", [0, 1, 2**33 - 1])
def test_a_start_time_is_any_second_since_1970(seconds: int) -> None:
    """Up to the year 2242; the exceptions can be left out."""
    assert from_json({"start_time": seconds}) == Eligibility(datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"start_time": "soon"},
        {"start_time": True},
        {"start_time": -1},
        {"start_time": 2**33},
        {"start_time": 1.5},
        {"start_time": 1, "since": 2},
        {"start_time": 1, "exception_countries": {"ID": 2}},
        {"start_time": 1, "exception_countries": [{"country_code": "ID"}]},
        {"start_time": 1, "exception_countries": [{"country_code": "BR", "start_time": 2}]},
    ],
)
def test_anything_else_is_refused(value: dict[str, Any]) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"start_time|exception_countries|no such rate"):
        from_json(value)
