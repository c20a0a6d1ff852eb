"""Instants as people and JSON write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from kit.times import MICROSECOND, MORNING

from emulator.domain.instants import in_utc, iso, parse_instant


@pytest.mark.parametrize(
    "text",
    ["2026-11-02T09:00:00Z", "2026-11-02T09:00:00", "2026-11-02T10:00:00+01:00", "2026-11-02 09:00"],
)
def test_an_instant_is_read_in_utc(text: str) -> None:
    """A zone that it names is converted; without one it is in UTC already."""
    assert parse_instant(text) == MORNING
    assert parse_instant(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "0001-01-01T00:00:00+01:00"])
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    """Also one outside the calendar; the caller chooses the example."""
    with pytest.raises(ValueError, match="is no instant; write one like 2026-11-03T10:00:00Z"):
        parse_instant(text)
    with pytest.raises(ValueError, match="write one like 2027-01-01"):
        parse_instant(text, like="2027-01-01")


def test_an_instant_of_another_zone_is_the_same_in_utc() -> None:
    """One without a zone keeps its digits."""
    india = timezone(timedelta(hours=5, minutes=30))

    assert in_utc(datetime(2026, 11, 2, 14, 30, tzinfo=india)) == MORNING
    assert in_utc(datetime(2026, 11, 2, 14, 30, tzinfo=india)).tzinfo is UTC
    assert in_utc(datetime(2026, 11, 2, 9)) == MORNING


def test_an_instant_is_written_with_a_z() -> None:
    """Microseconds stand there where there are some."""
    assert iso(MORNING) == "2026-11-02T09:00:00Z"
    assert iso(MORNING + MICROSECOND) == "2026-11-02T09:00:00.000001Z"
