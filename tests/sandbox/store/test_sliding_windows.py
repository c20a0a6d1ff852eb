"""Counts over a moving window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.times import DAY, MICROSECOND

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.sliding_windows import SlidingWindowTable

AT = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture
def moving() -> SlidingWindowTable:
    return SlidingWindowTable(Database())


def test_a_name_that_nothing_was_seen_under_is_empty(moving: SlidingWindowTable):
    """No row has to be there."""
    assert moving.size("reached", AT) == 0
    assert moving.oldest("reached", AT) is None


def test_a_key_counts_once_and_from_when_it_was_last_seen(moving: SlidingWindowTable):
    """Seen twice, it leaves a day after the second time."""
    moving.add("reached", "sheena", AT)
    moving.add("reached", "sheena", AT + timedelta(hours=5))
    moving.add("reached", "pablo", AT)

    assert moving.size("reached", AT - DAY) == 2
    assert moving.size("reached", AT + timedelta(hours=24) - DAY) == 1
    assert moving.has("reached", "sheena", AT)
    assert not moving.has("reached", "pablo", AT)


@pytest.mark.parametrize(("later", "size"), [(DAY - MICROSECOND, 1), (DAY, 0), (DAY + MICROSECOND, 0)])
def test_a_key_leaves_at_the_end_of_its_window(moving: SlidingWindowTable, later: timedelta, size: int):
    """The instant before, at, and after."""
    moving.add("reached", "sheena", AT)

    assert moving.size("reached", AT + later - DAY) == size


def test_what_left_may_come_again(moving: SlidingWindowTable):
    """Counted anew, whether somebody asked meanwhile or not."""
    moving.add("reached", "sheena", AT)
    moving.add("reached", "pablo", AT)
    moving.add("reached", "sheena", AT + 2 * DAY)

    assert moving.size("reached", AT + DAY) == 1
    moving.add("reached", "pablo", AT + 2 * DAY)
    assert moving.size("reached", AT + DAY) == 2


def test_the_oldest_says_when_room_will_be(moving: SlidingWindowTable):
    """Among those that still count."""
    moving.add("calls", "1", AT)
    moving.add("calls", "2", AT + timedelta(hours=1))

    assert moving.oldest("calls", AT - DAY) == AT
    assert moving.oldest("calls", AT) == AT + timedelta(hours=1)


def test_names_are_counted_apart_and_forgotten_apart(moving: SlidingWindowTable):
    """Removing a key, or all of a name, touches no other."""
    for name in ("one", "other"):
        moving.add(name, "a", AT)
        moving.add(name, "b", AT)
    moving.remove("one", "a")
    moving.remove("one", "nobody")
    moving.forget("other")

    assert moving.size("one", AT - DAY) == 1
    assert moving.size("other", AT - DAY) == 0
