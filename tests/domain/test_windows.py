"""The customer service window: open while ``now < last + 24 h``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MICROSECOND

from emulator.domain.windows import DISPUTED, LENGTH, Window, opens

WROTE = datetime(2026, 11, 2, 9, tzinfo=UTC)
WINDOW = Window(PRODUCTION, SHEENA, WROTE)


def test_a_window_is_24_hours_long() -> None:
    """The length that the platform documents."""
    assert timedelta(hours=24) == LENGTH
    assert WINDOW.closes_at == datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "is_open"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24) - MICROSECOND, True),
        (timedelta(hours=24), False),
        (timedelta(hours=24) + MICROSECOND, False),
        (timedelta(days=365), False),
    ],
)
def test_the_window_closes_at_the_very_microsecond(after: timedelta, is_open: bool) -> None:
    """One microsecond before 24 hours it is open, at 24 hours it is closed."""
    assert WINDOW.is_open(WROTE + after) is is_open


def test_the_window_does_not_care_in_which_zone_an_instant_is_written() -> None:
    """Instants are compared, not clock faces."""
    tokyo = timezone(timedelta(hours=9))

    assert WINDOW.is_open(datetime(2026, 11, 3, 17, 59, 59, tzinfo=tokyo))
    assert not WINDOW.is_open(datetime(2026, 11, 3, 18, tzinfo=tokyo))


def test_the_window_keeps_its_length_over_a_change_of_the_clocks() -> None:
    """24 hours, not the same time on the next day: a daylight-saving change shifts nothing."""
    before_the_change = Window("1", "2", datetime(2026, 10, 31, 12, tzinfo=UTC))

    assert before_the_change.closes_at == datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "act",
    [
        *("text", "image", "audio", "video", "document", "sticker", "location", "contacts", "order"),
        *("button", "interactive", "call"),
    ],
)
def test_whoever_writes_taps_or_calls_opens_the_window(act: str) -> None:
    """No setting takes that away."""
    assert opens(act, ())


@pytest.mark.parametrize(
    ("act", "usually"),
    [
        ("reaction", True),
        ("removed_reaction", True),
        ("unsupported", True),
        ("edit", False),
        ("revoke", False),
    ],
)
def test_what_is_documented_nowhere_is_a_setting(act: str, usually: bool) -> None:
    """Each has a word of its own, and the setting decides by it alone."""
    others = tuple(each for each in DISPUTED if each != act)

    assert opens(act) is usually
    assert opens(act, (act,))
    assert not opens(act, others)


def test_a_system_message_opens_nothing() -> None:
    """A changed number is no message of the person."""
    assert not opens("system", DISPUTED)
