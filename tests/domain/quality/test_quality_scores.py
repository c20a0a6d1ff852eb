"""What people think of a template or of a number."""

from __future__ import annotations

import pytest
from kit.times import DAY, WEEK

from emulator.domain.quality.scores import (
    GREEN,
    RECENT,
    RED,
    UNKNOWN,
    UNREAD_AFTER,
    WINDOW,
    YELLOW,
    Feedback,
    QualityThresholds,
    score,
)

MEASURE = QualityThresholds(judged_after=50, yellow=0.03, red=0.06)
READING = QualityThresholds(judged_after=50, yellow=0.03, red=0.06, least_read=0.5)


@pytest.mark.parametrize(("delivered", "expected"), [(0, UNKNOWN), (49, UNKNOWN), (50, GREEN), (51, GREEN)])
def test_nothing_is_judged_before_enough_was_delivered(delivered: int, expected: str) -> None:
    """To the message."""
    assert score(Feedback(delivered), MEASURE) == expected


@pytest.mark.parametrize("was", [UNKNOWN, GREEN, YELLOW, RED])
def test_with_too_few_messages_quality_stays_as_it_was(was: str) -> None:
    """However many complain."""
    assert score(Feedback(49, blocked=49), MEASURE, was) == was


@pytest.mark.parametrize(
    ("complaints", "expected"),
    [(0, GREEN), (2, GREEN), (3, YELLOW), (4, YELLOW), (5, YELLOW), (6, RED), (7, RED), (100, RED)],
)
@pytest.mark.parametrize("kind", ["blocked", "reported", "recent"])
def test_a_share_of_complaints_that_is_reached_counts(kind: str, complaints: int, expected: str) -> None:
    """Of a hundred messages three are YELLOW and six RED, whatever people do."""
    assert score(Feedback(100, **{kind: complaints}), MEASURE) == expected


def test_blocks_and_reports_are_added() -> None:
    """Two and one are three."""
    assert score(Feedback(100, blocked=2, reported=1), MEASURE) == YELLOW


@pytest.mark.parametrize(("read", "expected"), [(49, YELLOW), (50, GREEN), (51, GREEN)])
def test_what_is_seldom_read_is_yellow(read: int, expected: str) -> None:
    """Of a hundred messages that had a day to be read."""
    assert score(Feedback(100, read=read, unread=100 - read), READING) == expected


def test_one_message_that_nobody_read_is_seldom_read() -> None:
    """As soon as a single one had its day."""
    strict = QualityThresholds(judged_after=1, yellow=0.03, red=0.06, least_read=0.5)

    assert [score(Feedback(1, unread=count), strict) for count in (0, 1)] == [GREEN, YELLOW]


def test_reads_do_not_count_by_default() -> None:
    """By default nobody needs to read anything."""
    assert score(Feedback(100, unread=100), MEASURE) == GREEN


def test_a_message_that_may_still_be_read_is_not_unread() -> None:
    """A campaign that has just arrived is not of low quality."""
    assert score(Feedback(100), READING) == GREEN


def test_a_share_of_nothing_still_needs_a_complaint() -> None:
    """With thresholds of zero the first complaint decides, and not before."""
    strict = QualityThresholds(judged_after=1, yellow=0, red=0)

    assert score(Feedback(10), strict) == GREEN
    assert score(Feedback(10, reported=1), strict) == RED


def test_feedback_counts_for_a_week_and_complaints_about_a_number_double_for_a_day() -> None:
    """The lengths of time that the sandbox counts in."""
    assert (WINDOW, RECENT, UNREAD_AFTER) == (WEEK, DAY, DAY)


@pytest.mark.parametrize("judged_after", [0, 1])
def test_what_was_never_delivered_is_not_judged(judged_after: int) -> None:
    """Also where no number of messages is asked for; the first delivery is enough then."""
    thresholds = QualityThresholds(judged_after, yellow=0.03, red=0.06)

    assert score(Feedback(0, blocked=1), thresholds) == UNKNOWN
    assert score(Feedback(1), thresholds) == GREEN
    assert score(Feedback(1, blocked=1), thresholds) == RED


@pytest.mark.parametrize(("least_read", "counts"), [(0.0, False), (0.01, True), (1.0, True)])
def test_reads_count_as_soon_as_any_share_is_asked_for(least_read: float, counts: bool) -> None:
    """Zero is none."""
    assert QualityThresholds(50, 0.03, 0.06, least_read).counts_reads is counts
