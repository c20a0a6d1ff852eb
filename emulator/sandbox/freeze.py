"""The freeze that a test holds over its process, with freezegun or time-machine, for a clock to follow.

Neither is imported here: each is looked at only when somebody else has imported it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any, Protocol

from emulator.domain.values import dataclass


class Freeze(Protocol):
    """Time that a test has frozen for its whole process."""

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


@dataclass(frozen=True, slots=True)
class _Freezegun:
    """A freeze of freezegun, looked at without moving it."""

    _factory: Any

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


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _TimeMachine:
    """A journey of time-machine."""

    _traveller: Any

    @property
    def jitter(self) -> timedelta:
        """How far its time may fall back by itself: it does not."""
        return timedelta(0)

    def now(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self._traveller.time_ns() // 1000)

    def move_to(self, instant: datetime) -> None:
        self._traveller.shift(instant - self.now())  # its own move_to would change the time zone, too


def _never(freeze: Any, caller: FrameType) -> bool:  # noqa: ARG001
    return False


@dataclass(frozen=True, slots=True)
class Freezer:
    """A library with which a test freezes its process, and the names of it that are relied on."""

    name: str
    module: str
    """Where it keeps its freezes."""
    stacks: tuple[str, ...]
    """The list of them in that module, the innermost last; former versions have another name for it."""
    classes: tuple[str, ...]
    """What a freeze is made of."""
    moves: tuple[str, ...]
    """The methods of these classes with which a test moves a freeze."""
    adapt: Callable[[Any], Freeze]
    moves_by_itself: Callable[[Any, FrameType], bool] = _never
    """Whether a move is none that anybody asked for, given the freeze and who called the method."""


def _is_a_look(factory: Any, caller: FrameType) -> bool:
    """Whether an auto-ticking freeze moves because somebody looks at it."""
    return hasattr(factory, "step_width") and caller.f_code.co_name == "__call__"


FREEZERS = (
    Freezer(
        "freezegun",
        "freezegun.api",
        ("freeze_factories",),
        ("FrozenDateTimeFactory", "TickingDateTimeFactory", "StepTickTimeFactory"),
        ("tick", "move_to"),
        _Freezegun,
        _is_a_look,
    ),
    Freezer(
        "time-machine",
        "time_machine",
        ("traveller_stack", "coordinates_stack"),
        ("Traveller", "Coordinates"),
        ("shift", "move_to"),
        _TimeMachine,
    ),
)
"""The libraries that are followed. Only one of them holds a process at a time: they refuse each other."""


def frozen_process() -> Freeze | None:
    """Find the innermost freeze that a test holds over this process; ``None`` without one.

    Never imports a library that freezes.
    """
    for freezer in FREEZERS:
        module = sys.modules.get(freezer.module)
        if module is None:
            continue
        for name in freezer.stacks:
            try:
                if stack := getattr(module, name, None):
                    return freezer.adapt(stack[-1])
            except IndexError:  # a freeze that ended in another thread just now
                continue
    return None
