"""Crowds: what is drawn for each person, at both ends of each share."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emulator.domain.people.crowds import OFF, SLOW, UNREAD, drawn
from emulator.domain.people.habits import Habits

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def entropy(phone: float = 0.5, delay: float = 0, reading: float = 0, reads: float = 0.5) -> bytes:
    """The bytes that these numbers from 0 to 1 are drawn from."""
    return b"".join(round(each * (1 << 48)).to_bytes(6) for each in (phone, delay, reading, reads))


@pytest.mark.parametrize(
    ("phone", "delay", "delivered"),
    [
        (0.0, 0.5, None),
        (OFF - 1e-9, 0.5, None),
        (OFF + 1e-9, 0.0, 60 * SECOND),
        (OFF + SLOW - 1e-9, 0.0, 60 * SECOND),
        (OFF + SLOW + 1e-9, 0.0, 0.4 * SECOND),
        (0.999, 0.999999, 3 * SECOND),
        (OFF + 1e-9, 0.999999, 8 * HOUR),
    ],
)
def test_when_a_phone_gets_a_message(phone: float, delay: float, delivered: timedelta | None) -> None:
    """Never, after a minute to eight hours, or within three seconds."""
    found = drawn(entropy(phone, delay), Habits()).delivered_after

    assert (found is None) == (delivered is None)
    if found is not None and delivered is not None:
        assert abs(found - delivered) <= delivered / 1000 + timedelta(milliseconds=1)


@pytest.mark.parametrize(("reads", "does"), [(0.0, False), (UNREAD - 1e-9, False), (UNREAD + 1e-9, True)])
def test_who_reads(reads: float, does: bool) -> None:
    """Three of ten do not, or show no receipts."""
    assert drawn(entropy(reads=reads), Habits()).reads is does


def test_when_they_read() -> None:
    """Between five seconds and twelve hours; a minute is as likely as an hour in its order of magnitude."""
    after = [drawn(entropy(reading=share), Habits()).read_after for share in (0.0, 0.5, 0.999999)]

    assert after[0] == 5 * SECOND
    assert 7 * 60 * SECOND < after[1] < 8 * 60 * SECOND
    assert 11.9 * HOUR < after[2] <= 12 * HOUR


def test_the_rest_is_as_usual() -> None:
    """Complaints are not drawn."""
    usual = Habits(blocks=0.25, sent_after=SECOND)

    found = drawn(entropy(), usual)

    assert (found.blocks, found.sent_after) == (0.25, SECOND)
