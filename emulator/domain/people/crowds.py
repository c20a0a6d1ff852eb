"""Crowds: how differently many people receive and read, drawn from given entropy.

The shares and times are ours, of the size that campaigns report: most phones are on, most messages are read
within the hour, and a part of them never.
"""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.ids import chance
from emulator.domain.people.habits import Habits

MOST = 10_000
"""How many people may be added at once."""
OFF, SLOW, UNREAD = 0.04, 0.15, 0.3
"""The shares of people whose phone stays off, comes on later, and who read nothing (or show no receipts)."""
_AT_ONCE = (timedelta(milliseconds=400), timedelta(seconds=3))
_LATER = (timedelta(minutes=1), timedelta(hours=8))
_READING = (timedelta(seconds=5), timedelta(hours=12))
_PART = 6
"""Bytes of entropy for each draw."""


def drawn(entropy: bytes, usual: Habits) -> Habits:
    """Draw the habits of one person of a crowd: when their phone gets a message, and when they read it.

    The first 24 bytes of ``entropy`` decide; everything else is as ``usual``.
    """
    phone, delay, reading, reads = (chance(entropy[at : at + _PART]) for at in range(0, 4 * _PART, _PART))
    delivered: timedelta | None = None
    if phone >= OFF:
        delivered = _between(_LATER if phone < OFF + SLOW else _AT_ONCE, delay)
    return usual.changed(
        delivered_after=delivered, read_after=_between(_READING, reading), reads=reads >= UNREAD
    )


def _between(ends: tuple[timedelta, timedelta], share: float) -> timedelta:
    """A time between two, of which each order of magnitude is as likely as another, in milliseconds."""
    least, most = (end.total_seconds() for end in ends)
    return timedelta(milliseconds=round(1000 * least * (most / least) ** share))
