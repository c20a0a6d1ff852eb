"""Durations as people write them, and spreads of which one is drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.times import DAY, HOUR, seconds

from emulator.domain.durations import Spread, parse_duration

WRITTEN = {
    "30s": seconds(30),
    "30 s": seconds(30),
    "5 minutes": seconds(300),
    "1.5 h": seconds(5400),
    "1d12h": DAY + 12 * HOUR,
    "1 hour 30 minutes": seconds(5400),
    "250 ms": timedelta(milliseconds=250),
    " 7 ": seconds(7),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_duration_is_a_number_with_its_unit(text: str) -> None:
    """Several add up; a number alone is seconds."""
    assert parse_duration(text) == WRITTEN[text]


@pytest.mark.parametrize("given", [0, 1.5, timedelta(minutes=1)])
def test_numbers_are_seconds_and_timedeltas_themselves(given: float | timedelta) -> None:
    """As JSON and Python have them."""
    assert parse_duration(given) == (given if isinstance(given, timedelta) else seconds(given))


@pytest.mark.parametrize(
    "given", ["", "soon", "5 moons", "-5 s", "5 minutes and more", -1, True, None, [1], "1e3", seconds(-1)]
)
def test_what_is_no_duration_is_refused(given: object) -> None:
    """With an example."""
    with pytest.raises(ValueError, match="expected a duration such as 5 minutes, got"):
        parse_duration(given)


@pytest.mark.parametrize("given", [1e9, float("inf"), "99999999999999 days"])
def test_a_duration_is_shorter_than_thirty_years(given: object) -> None:
    """Whatever it is written in."""
    with pytest.raises(ValueError, match="is longer than anything here may take"):
        parse_duration(given)


def test_a_spread_is_drawn_between_its_ends() -> None:
    """Each order of magnitude is as likely as another."""
    spread = Spread(seconds(1), seconds(10_000))

    assert [spread.drawn(share) for share in (0, 0.25, 0.5, 0.75, 1)] == [
        seconds(each) for each in (1, 10, 100, 1000, 10_000)
    ]


def test_a_spread_of_one_time_is_that_time() -> None:
    """To the microsecond, and also where it is nothing."""
    exact = timedelta(microseconds=1500)

    assert (Spread(exact, exact).drawn(0.7), Spread(seconds(0), seconds(0)).drawn(0.7)) == (exact, seconds(0))


def test_a_spread_may_begin_with_nothing() -> None:
    """Which counts as a millisecond."""
    assert Spread(seconds(0), seconds(1)).drawn(0) == timedelta(milliseconds=1)
