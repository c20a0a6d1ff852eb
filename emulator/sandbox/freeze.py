"""The freeze that a test holds over its process with freezegun, for a clock to follow."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol


class Freeze(Protocol):
    """Time that a test has frozen for its whole process, by freezegun."""

    @property
    def jitter(self) -> timedelta:
        """How far its time may fall back by itself; less is no move into the past."""
        ...

    def now(self) -> datetime:
        """The frozen time, in UTC; asking does not tick it."""
        ...

    def move_to(self, instant: datetime) -> None:
        """Move the frozen time of the process to an instant."""
        ...


class _Freezegun:
    """The innermost freeze of freezegun, looked at without moving it."""

    def __init__(self, factory: Any) -> None:
        self._factory = factory

    @property
    def jitter(self) -> timedelta:
        """How far its time may fall back by itself: a ticking freeze forgets real time when it is ticked."""
        return timedelta(minutes=1) if type(self._factory).__name__.startswith("Ticking") else timedelta(0)

    def now(self) -> datetime:
        # auto-ticking factories advance when they are called; their attribute only tells
        naive = self._factory.time_to_freeze if hasattr(self._factory, "step_width") else self._factory()
        return datetime(
            naive.year,
            naive.month,
            naive.day,
            naive.hour,
            naive.minute,
            naive.second,
            naive.microsecond,
            tzinfo=UTC,
        )

    def move_to(self, instant: datetime) -> None:
        self._factory.move_to(instant.replace(tzinfo=None))


def frozen_process() -> Freeze | None:
    """Find the innermost freeze that a test holds over this process; ``None`` without one.

    Never imports freezegun.
    """
    module = sys.modules.get("freezegun.api")
    factories = getattr(module, "freeze_factories", None)
    try:
        return _Freezegun(factories[-1]) if factories else None
    except IndexError:  # a freeze that ended in another thread just now
        return None
