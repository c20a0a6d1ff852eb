"""Counts of different keys over a sliding window."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from kit.times import DAY, MICROSECOND

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.limits.sliding_windows import SlidingWindowTable

AT = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture
def windows(database: Database) -> SlidingWindowTable:
    return SlidingWindowTable(database)


def test_a_name_that_nothing_was_seen_under_is_empty(windows: SlidingWindowTable) -> None:
    """No row has to be there."""
    assert windows.size("reached", AT) == 0
    assert windows.oldest("reached", AT) is None


def test_a_key_counts_once_and_from_when_it_was_last_seen(windows: SlidingWindowTable) -> None:
    """Seen twice, it leaves a day after the second time."""
    windows.add("reached", "sheena", AT)
    windows.add("reached", "sheena", AT + timedelta(hours=5))
    windows.add("reached", "pablo", AT)

    assert windows.size("reached", AT - DAY) == 2
    assert windows.size("reached", AT + timedelta(hours=24) - DAY) == 1
    assert windows.has("reached", "sheena", AT)
    assert not windows.has("reached", "pablo", AT)


@pytest.mark.parametrize(("later", "size"), [(DAY - MICROSECOND, 1), (DAY, 0), (DAY + MICROSECOND, 0)])
def test_a_key_leaves_at_the_end_of_its_window(
    windows: SlidingWindowTable, later: timedelta, size: int
) -> None:
    """The instant before, at, and after."""
    windows.add("reached", "sheena", AT)

    assert windows.size("reached", AT + later - DAY) == size


def test_what_left_may_come_again(windows: SlidingWindowTable) -> None:
    """Counted anew, whether somebody asked meanwhile or not."""
    windows.add("reached", "sheena", AT)
    windows.add("reached", "pablo", AT)
    windows.add("reached", "sheena", AT + 2 * DAY)

    assert windows.size("reached", AT + DAY) == 1
    windows.add("reached", "pablo", AT + 2 * DAY)
    assert windows.size("reached", AT + DAY) == 2


def test_the_oldest_says_when_room_will_be(windows: SlidingWindowTable) -> None:
    """Among those that still count."""
    windows.add("calls", "1", AT)
    windows.add("calls", "2", AT + timedelta(hours=1))

    assert windows.oldest("calls", AT - DAY) == AT
    assert windows.oldest("calls", AT) == AT + timedelta(hours=1)


def test_names_are_counted_apart_and_forgotten_apart(windows: SlidingWindowTable) -> None:
    """Forgetting all of a name touches no other."""
    for name in ("one", "other"):
        windows.add(name, "a", AT)
        windows.add(name, "b", AT)
    windows.forget("other")

    assert windows.size("one", AT - DAY) == 2
    assert windows.size("other", AT - DAY) == 0


@pytest.mark.parametrize("seed", range(10))
def test_what_is_remembered_is_what_stands_in_the_table(database: Database, seed: int) -> None:
    """However keys are seen, counted, forgotten and taken back, while time goes on."""
    chance = Random(seed)
    windows, seen, at = SlidingWindowTable(database), dict[str, datetime](), AT

    for _ in range(200):
        at += timedelta(hours=chance.randrange(12))
        before = dict(seen)
        with suppress(KeyError), database.transaction():
            for _ in range(chance.randrange(4)):
                key = chance.choice("abcd")
                windows.add("reached", key, at)
                seen[key] = at
            if chance.random() < 0.1:
                windows.forget("reached")
                seen.clear()
            if chance.random() < 0.3:
                windows.size("reached", at - DAY)
            if chance.random() < 0.3:
                seen = before
                raise KeyError
        assert windows.size("reached", at - DAY) == sum(last > at - DAY for last in seen.values())
