"""When a phone is off: instants, and times of every day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from kit.times import DAY, HOUR, MICROSECOND, MORNING

from emulator.domain.people.offline import KEPT_FOR, back_at, periods_as_json, periods_from_json

NOON = MORNING + 3 * HOUR
MEETING = [{"from": "2026-11-02T09:00:00Z", "until": "2026-11-02T12:00:00Z"}]
NIGHTS = [{"from": "22:00", "until": "07:00"}]


def back(periods: list[Any], at: datetime) -> datetime | None:
    return back_at(periods_from_json(periods), at)


def test_a_phone_is_off_until_exactly_the_end() -> None:
    """From its first instant on; at the last one it is on."""
    assert back(MEETING, MORNING - MICROSECOND) == MORNING - MICROSECOND
    assert back(MEETING, MORNING) == NOON
    assert back(MEETING, NOON - MICROSECOND) == NOON
    assert back(MEETING, NOON) == NOON


@pytest.mark.parametrize(
    ("hour", "until"), [(21.999, 21.999), (22, 31), (23, 31), (24, 31), (30.999, 31), (31, 31), (6.9, 7)]
)
def test_a_time_of_day_comes_again_every_day(hour: float, until: float) -> None:
    """Also over midnight, in UTC unless it says otherwise."""
    midnight = MORNING - 9 * HOUR

    assert back(NIGHTS, midnight + hour * HOUR) == midnight + until * HOUR
    assert back(NIGHTS, midnight + 5 * DAY + hour * HOUR) == midnight + 5 * DAY + until * HOUR


def test_a_time_of_day_may_have_a_zone() -> None:
    """One that is said once holds for both."""
    lunch = [{"from": "06:00-03:00", "until": "07:30"}]

    assert back(lunch, MORNING) == MORNING + 1.5 * HOUR
    assert back(lunch, MORNING - MICROSECOND) == MORNING - MICROSECOND


def test_times_that_follow_each_other_are_one() -> None:
    """The end of one may be within another."""
    periods = [*MEETING, {"from": "11:59", "until": "14:00"}, {"from": "14:00", "until": "15:00"}]

    assert back(periods, MORNING) == MORNING + 6 * HOUR


def test_a_phone_without_an_end_stays_off() -> None:
    """And one that is on again after more than 30 days, for which nothing is kept so long."""
    assert back([{"from": "2026-11-02T09:00:00Z"}], MORNING) is None
    assert back([{"from": "00:00", "until": "12:00"}, {"from": "12:00", "until": "00:00"}], MORNING) is None
    for late, expected in ((KEPT_FOR, None), (KEPT_FOR - MICROSECOND, MORNING + KEPT_FOR - MICROSECOND)):
        assert back([{"from": MORNING, "until": MORNING + late}], MORNING) == expected


def test_times_survive_the_way_through_json() -> None:
    """As snapshots keep them."""
    periods = periods_from_json(
        [
            *MEETING,
            *NIGHTS,
            {"from": "06:00-03:00", "until": "07:30:15"},
            {"from": MORNING},
            {"for": 90},
            {"after": "1h"},
        ]
    )

    assert periods_from_json(periods_as_json(periods)) == periods
    assert periods_as_json(periods)[1] == {"from": "22:00:00", "until": "07:00:00"}
    assert periods_as_json(periods)[-2:] == [{"after": 0.0, "for": 90.0}, {"after": 3600.0, "for": None}]


WRONG = {
    "no list": ({}, ": expected a list of times, got {}"),
    "no object": (["22:00"], "[0]: expected an object such as {after: 2 hours, for: 1 day}, got '22:00'"),
    "another key": ([{"untill": 1}], "[0]: there is no untill; did you mean until?"),
    "no beginning": ([{"until": "07:00"}], "[0]: when it begins is missing: from, or after; or for, which"),
    "neither beginning nor length": ([{}], "[0]: when it begins is missing: from, or after; or for, which"),
    "two beginnings": ([{"from": MORNING, "after": 1}], "[0].after: cannot be beside from"),
    "two ends": ([{"from": MORNING, "until": NOON, "for": 1}], "[0].for: cannot be beside until"),
    "an instant after a length of time": ([{"after": 1, "until": NOON}], "[0].after: cannot be beside until"),
    "no length": ([{"for": 0}], "[0].for: expected more than nothing, got 0"),
    "no duration": ([{"for": "a while"}], "[0].for: expected a duration such as 5 minutes, got 'a while'"),
    "a beginning before the beginning": ([{"after": -1}], "[0].after: expected a duration such as 5 minutes"),
    "a whole day, every day": (
        [{"from": "22:00", "for": "1d"}],
        "[0].for: expected less than a day; a phone",
    ),
    "an end outside the calendar": ([{"from": "9999-12-31T23:00Z", "for": "1d"}], "[0].for: 1 day, 0:00:00 "),
    "a time of day without quotes": ([{"from": 79200}], "got 79200 (YAML wants a time of the day in quotes)"),
    "no end of the day": ([{"from": "22:00"}], "[0].until: expected a time of the day, too"),
    "an instant and a time of day": (
        [{"from": "22:00", "until": "2026-11-02T09:00:00Z"}],
        "[0].until: expected a time of the day, too",
    ),
    "a time of day and an instant": (
        [{"from": "2026-11-02T09:00:00Z", "until": "22:00"}],
        "[0].until: expected an instant after 2026-11-02T09:00:00Z, got '22:00'",
    ),
    "an end before the beginning": (
        [{"from": MORNING, "until": MORNING}],
        "[0].until: expected an instant after 2026-11-02T09:00:00Z",
    ),
    "the whole day": ([{"from": "22:00", "until": "22:00"}], "[0].until: is the same as from"),
    "two zones": ([{"from": "22:00+01:00", "until": "07:00+02:00"}], "has another time zone than from"),
    "words": ([{"from": "tonight"}], "[0].from: expected an instant such as"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_place(case: str) -> None:
    """In one sentence, that the seed and the control API go on with."""
    given, why = WRONG[case]

    with pytest.raises(ValueError, match=re.escape(why)):
        periods_from_json(given)


def test_a_length_of_time_is_no_instant() -> None:
    """It stands under ``after``, and not under ``from``."""
    with pytest.raises(ValueError, match="expected an instant"):
        periods_from_json([{"from": timedelta(hours=2)}])


@pytest.mark.parametrize(
    ("given", "begins", "ends"),
    [
        ({"for": "3 h"}, 0 * HOUR, 3 * HOUR),
        ({"after": "2 h", "for": "1 d"}, 2 * HOUR, 2 * HOUR + DAY),
        ({"after": 7200, "for": timedelta(days=1)}, 2 * HOUR, 2 * HOUR + DAY),
        ({"after": "2 hours"}, 2 * HOUR, None),
        ({"after": 0, "for": None}, 0 * HOUR, None),
    ],
)
def test_lengths_of_time_count_from_a_beginning(
    given: Any, begins: timedelta, ends: timedelta | None
) -> None:
    """From its first instant on, until exactly the end; without one it stays off."""
    (period,) = (each.counted_from(MORNING) for each in periods_from_json([given]))
    off, on = MORNING + begins, None if ends is None else MORNING + ends

    assert period.ends(off - MICROSECOND) == off - MICROSECOND
    assert period.ends(off) == on
    if on is not None:
        assert (period.ends(on - MICROSECOND), period.ends(on)) == (on, on)


def test_what_has_no_length_of_time_is_not_relative() -> None:
    """It is the same whenever somebody begins to have it."""
    periods = periods_from_json([*MEETING, *NIGHTS, {"for": 1}])

    assert [each.is_relative for each in periods] == [False, False, True]
    assert [each.counted_from(NOON) is each for each in periods] == [True, True, False]


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ({"from": MORNING, "for": "3h"}, {"from": MORNING, "until": NOON}),
        ({"from": "22:00-03:00", "for": "9 h"}, {"from": "22:00-03:00", "until": "07:00"}),
        ({"from": "00:00", "for": "23h59m"}, {"from": "00:00", "until": "23:59"}),
    ],
)
def test_a_time_may_have_its_length_instead_of_its_end(given: Any, same: Any) -> None:
    """Of an instant, and of every day."""
    assert periods_from_json([given]) == periods_from_json([same])
