"""What the tests of limits share: how a limit stands, people to write to, and who hears everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.sandbox import Sandbox
from kit.times import MICROSECOND

Result = TypeVar("Result")


def limit(sandbox: Sandbox, name: str, wa_id: str | None = None, number: str | None = None) -> LimitStatus:
    """How a limit stands: the first of its name, of this business number and to this person if given."""
    return next(each for each in sandbox.limits.all(wa_id, number) if each.name == name)


def around(sandbox: Sandbox, instant: datetime, act: Callable[[], Result]) -> tuple[Result, Result]:
    """What an act comes to at the last microsecond before an instant, and at the instant."""
    sandbox.clock.travel_to(instant - MICROSECOND)
    before = act()
    sandbox.clock.travel_to(instant)
    return before, act()
