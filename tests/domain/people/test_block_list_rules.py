"""Whom a business number may block."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.identities import SHEENA
from kit.times import DAY, MICROSECOND, MORNING

from emulator.domain.people.block_list import AT_ONCE, FULL, NOT_ENGAGED, BlockProblem, why_not_blocked
from emulator.domain.windows import Window


@pytest.mark.parametrize(
    ("since", "expected"),
    [(timedelta(0), None), (DAY - MICROSECOND, None), (DAY, NOT_ENGAGED), (DAY + MICROSECOND, NOT_ENGAGED)],
)
def test_only_who_wrote_in_the_last_24_hours_can_be_blocked(
    since: timedelta, expected: BlockProblem | None
) -> None:
    """To the microsecond."""
    assert why_not_blocked(Window("1", SHEENA, MORNING - since), 0, MORNING) == expected


def test_who_never_wrote_cannot_be_blocked() -> None:
    """There is no window."""
    assert why_not_blocked(None, 0, MORNING) == NOT_ENGAGED


@pytest.mark.parametrize(("listed", "expected"), [(63_999, None), (64_000, FULL), (64_001, FULL)])
def test_a_list_holds_64_000_people(listed: int, expected: BlockProblem | None) -> None:
    """The next one finds it full."""
    assert why_not_blocked(Window("1", SHEENA, MORNING), listed, MORNING) == expected


def test_a_call_names_a_thousand_people() -> None:
    """As documented; the sandbox counts them."""
    assert AT_ONCE == 1000
