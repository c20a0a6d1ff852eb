"""The free entry point: an ad, an answer within 24 hours, and 72 hours in which everything is free."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MICROSECOND

from emulator.domain.pricing.entry_points import EntryPoint

CLICKED = datetime(2026, 11, 2, 10, tzinfo=UTC)
ANSWERED = datetime(2026, 11, 2, 22, tzinfo=UTC)
CLICK = EntryPoint(PRODUCTION, SHEENA, "c", CLICKED)


@pytest.mark.parametrize(
    ("accepted", "answers"),
    [
        (CLICKED - MICROSECOND, False),
        (CLICKED, True),
        (CLICKED + timedelta(hours=24) - MICROSECOND, True),
        (CLICKED + timedelta(hours=24), False),
        (CLICKED + timedelta(hours=24) + MICROSECOND, False),
    ],
)
def test_an_answer_counts_within_24_hours_of_the_click(accepted: datetime, answers: bool) -> None:
    """The microsecond before is in time; what was sent before the click answers nothing."""
    assert CLICK.is_answered_by(accepted) is answers
    assert CLICK.makes_free(accepted, accepted) is answers


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (ANSWERED - MICROSECOND, False),
        (ANSWERED, True),
        (ANSWERED + timedelta(hours=72) - MICROSECOND, True),
        (ANSWERED + timedelta(hours=72), False),
        (ANSWERED + timedelta(hours=72) + MICROSECOND, False),
    ],
)
def test_it_is_open_for_72_hours(at: datetime, is_open: bool) -> None:
    """The documented example: clicked at 10:00, answered at 22:00, open until 22:00 three days later."""
    entry = CLICK.opened(ANSWERED)

    assert entry.is_open(at) is is_open
    assert entry.closes_at == datetime(2026, 11, 5, 22, tzinfo=UTC)
    assert entry.makes_free(at, at) is is_open


def test_what_nobody_answered_never_opens() -> None:
    """Without an answer there is nothing to close."""
    assert CLICK.closes_at is None
    assert not CLICK.is_open(CLICKED)


def test_the_first_answer_is_free_before_it_opens_anything() -> None:
    """Its ``sent`` is reported before its delivery opens the 72 hours."""
    assert CLICK.makes_free(ANSWERED, ANSWERED + timedelta(seconds=1))


def test_once_open_it_awaits_no_answer() -> None:
    """A later message is free because it is open, and not as an answer."""
    entry = CLICK.opened(CLICKED)

    assert not entry.is_answered_by(CLICKED + timedelta(hours=1))


@pytest.mark.parametrize("at", [ANSWERED, ANSWERED + timedelta(hours=72) - MICROSECOND])
def test_a_click_on_another_ad_changes_nothing_while_it_is_open(at: datetime) -> None:
    """From the instant it opens to the last microsecond of the 72 hours."""
    entry = CLICK.opened(ANSWERED)

    assert entry.clicked_again("another", at) == entry


@pytest.mark.parametrize("late", [timedelta(0), MICROSECOND])
def test_a_click_after_the_72_hours_begins_another_conversation(late: timedelta) -> None:
    """It has an id of its own, and 24 hours for an answer."""
    at = ANSWERED + timedelta(hours=72) + late

    again = CLICK.opened(ANSWERED).clicked_again("another", at)

    assert again == EntryPoint(PRODUCTION, SHEENA, "another", at)
    assert again.answer_by == at + timedelta(hours=24)


def test_a_click_before_an_answer_counts_from_now_and_keeps_the_id() -> None:
    """Statuses may have reported the id already."""
    assert CLICK.clicked_again("another", ANSWERED) == EntryPoint(PRODUCTION, SHEENA, "c", ANSWERED)
