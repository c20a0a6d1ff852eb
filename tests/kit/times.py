"""The instants at which tests begin, and the durations that they count in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday in November, when the tests of the rules and of the doors take place."""
START = datetime(2026, 10, 5, 9, tzinfo=UTC)
"""A Monday in October, when the tests of the sandbox begin: four days after the prices of 1 October."""

MICROSECOND = timedelta(microseconds=1)
"""The least time there is: a window is shut by it, or still open."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def seconds(count: float) -> timedelta:
    """A duration of ``count`` seconds."""
    return timedelta(seconds=count)


def after(count: float) -> datetime:
    """The instant ``count`` seconds after :data:`START`."""
    return START + seconds(count)


class Wall:
    """A wall clock that a test moves; it stands at the beginning of 2030."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, count: float) -> None:
        """Let so many seconds pass."""
        self.at += seconds(count)
