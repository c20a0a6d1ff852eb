"""Which templates are paced, and from which message on theirs are held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.times import MICROSECOND, MORNING, WEEK

from emulator.domain.quality.pacing import PacingStage, PacingState, is_dropped, is_paced
from emulator.domain.quality.scores import GREEN, RED, UNKNOWN, YELLOW
from emulator.domain.templates.template import Status, Template

SALE = Template("1", "2", "sale", "en_US", "MARKETING", Status.APPROVED, (), MORNING)
NEWS = replace(SALE, category="UTILITY")
CODE = replace(SALE, category="AUTHENTICATION")


@pytest.mark.parametrize(("quality", "paced"), [(UNKNOWN, True), (YELLOW, True), (RED, True), (GREEN, False)])
def test_marketing_is_paced_until_it_is_green(quality: str, paced: bool) -> None:
    """New and unpaused templates are UNKNOWN."""
    assert is_paced(replace(SALE, quality_score=quality), MORNING, None) is paced


@pytest.mark.parametrize(
    ("since", "paced"),
    [(timedelta(0), True), (WEEK - MICROSECOND, True), (WEEK, False), (WEEK + MICROSECOND, False)],
)
def test_utility_is_paced_for_a_week_after_a_pause(since: timedelta, paced: bool) -> None:
    """Of any utility template of the account; to the microsecond."""
    assert is_paced(NEWS, MORNING, MORNING - since) is paced


def test_utility_is_usually_not_paced_and_codes_never_are() -> None:
    """Whatever their quality."""
    assert not is_paced(NEWS, MORNING, None)
    assert not is_paced(CODE, MORNING, MORNING)


def test_messages_beyond_the_threshold_are_held() -> None:
    """The third of two, and every one after it."""
    pace, held = PacingState(), []
    for _ in range(4):
        pace = pace.after_send(2)
        held.append(pace.stage is PacingStage.HOLDING)

    assert held == [False, False, True, True]


def test_with_a_threshold_of_zero_the_first_message_is_held() -> None:
    """Nothing goes out before somebody looked at it."""
    assert PacingState().after_send(0).stage is PacingStage.HOLDING


def test_a_template_that_has_passed_is_held_no_more() -> None:
    """However much is sent."""
    passed = PacingState(stage=PacingStage.PASSED)

    assert passed.after_send(0) == passed


@pytest.mark.parametrize(
    ("status", "score", "dropped"),
    [
        (Status.APPROVED, UNKNOWN, False),
        (Status.APPROVED, GREEN, False),
        (Status.APPROVED, YELLOW, False),
        (Status.APPROVED, RED, True),
        (Status.PAUSED, GREEN, True),
        (Status.DISABLED, GREEN, True),
    ],
)
def test_what_people_do_not_like_is_dropped(status: Status, score: str, dropped: bool) -> None:
    """And what was stopped otherwise meanwhile."""
    assert is_dropped(replace(SALE, status=status), score) is dropped
