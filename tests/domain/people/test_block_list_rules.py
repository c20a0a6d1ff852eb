"""Whom a business number may block."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from emulator.domain.people.block_list import FULL, NOT_ENGAGED, BlockProblem, why_not_blocked
from emulator.domain.windows import Window

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("since", "expected"),
    [(timedelta(0), None), (DAY - MICROSECOND, None), (DAY, NOT_ENGAGED), (DAY + MICROSECOND, NOT_ENGAGED)],
)
def test_only_who_wrote_in_the_last_24_hours_can_be_blocked(since: timedelta, expected: BlockProblem | None):
    """To the microsecond."""
    assert why_not_blocked(Window("1", "16505551234", NOW - since), 0, NOW) == expected


def test_who_never_wrote_cannot_be_blocked():
    """There is no window."""
    assert why_not_blocked(None, 0, NOW) == NOT_ENGAGED


@pytest.mark.parametrize(("listed", "expected"), [(63_999, None), (64_000, FULL), (64_001, FULL)])
def test_a_list_holds_64_000_people(listed: int, expected: BlockProblem | None):
    """The next one finds it full."""
    assert why_not_blocked(Window("1", "16505551234", NOW), listed, NOW) == expected
