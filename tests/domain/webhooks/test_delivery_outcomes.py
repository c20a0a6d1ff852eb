"""What becomes of a delivery after an attempt, and how it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit.times import MORNING

from emulator.domain.journal import Outcome
from emulator.domain.webhooks.deliveries import (
    BACK_OFF,
    GIVE_UP_AFTER,
    Delivery,
    DeliveryAttempt,
    answer_in_words,
    outcome_of,
)

DELIVERY = Delivery(
    7, "1", "2", None, None, "http://shop.test/", "messages", b"{}", "waiting", MORNING, MORNING, 0
)
SECOND = timedelta(seconds=1)


def attempt(number: int = 1, status: int | None = 500, after: timedelta = timedelta(0)) -> DeliveryAttempt:
    return DeliveryAttempt(7, number, MORNING + after, status, None)


def test_the_intervals_grow_and_reach_a_day() -> None:
    """As the reference has them; the last one repeats."""
    assert [each.total_seconds() for each in BACK_OFF] == [
        15,
        30,
        60,
        300,
        900,
        3600,
        10_800,
        21_600,
        43_200,
        86_400,
    ]
    assert timedelta(days=7) == GIVE_UP_AFTER


@pytest.mark.parametrize(("status", "succeeded"), [(200, True), (199, False), (201, False), (None, False)])
def test_only_200_is_an_acknowledgement(status: int | None, succeeded: bool) -> None:
    """Any other status, and none, is tried again."""
    assert attempt(status=status).succeeded is succeeded


def test_what_is_acknowledged_is_delivered() -> None:
    """It is due no more."""
    outcome = outcome_of(DELIVERY, attempt(status=200))

    assert (outcome.state, outcome.due, outcome.outcome) == ("delivered", MORNING, Outcome.SUCCESS)
    assert outcome.sentence("http://shop.test/") == "messages to http://shop.test/: answered 200, delivered"


@pytest.mark.parametrize(
    ("number", "seconds"), [(1, 15), (2, 30), (9, 43_200), (10, 86_400), (11, 86_400), (50, 86_400)]
)
def test_what_failed_is_tried_again_after_its_interval(number: int, seconds: int) -> None:
    """That of its number, counted from the attempt."""
    outcome = outcome_of(DELIVERY, attempt(number, after=SECOND))

    assert (outcome.state, outcome.outcome) == ("waiting", Outcome.WARNING)
    assert outcome.due == MORNING + SECOND + timedelta(seconds=seconds)


def test_it_is_given_up_when_the_next_attempt_would_come_after_a_week() -> None:
    """An attempt at the very end of the week is still made."""
    last = GIVE_UP_AFTER - BACK_OFF[-1]

    again = outcome_of(DELIVERY, attempt(12, after=last))
    never = outcome_of(DELIVERY, attempt(12, after=last + timedelta(microseconds=1)))

    assert (again.state, again.due) == ("waiting", MORNING + GIVE_UP_AFTER)
    assert (never.state, never.outcome) == ("failed", Outcome.FAILURE)
    assert never.due == MORNING + last + timedelta(microseconds=1)


def test_the_journal_says_what_comes_next() -> None:
    """When it is tried again, that it is given up, and where it went."""
    outcome = outcome_of(DELIVERY, attempt())

    assert outcome.sentence("http://shop.test/") == (
        "messages to http://shop.test/: answered 500, again at 2026-11-02T09:00:15+00:00"
    )
    given_up = outcome_of(DELIVERY, attempt(12, after=GIVE_UP_AFTER))
    assert given_up.sentence(None) == "messages to nowhere: answered 500, given up"


@pytest.mark.parametrize(
    ("status", "problem", "words"),
    [
        (500, None, "answered 500"),
        (500, "the app raised KeyError", "answered 500: the app raised KeyError"),
        (None, "connection refused", "connection refused"),
    ],
)
def test_an_answer_in_words(status: int | None, problem: str | None, words: str) -> None:
    """The status, the problem, or both."""
    assert answer_in_words(status, problem) == words
