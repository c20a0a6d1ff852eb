"""``whatsapp_freeze``: freeze the process where the sandbox begins, so that app and sandbox have one time.

The sandbox follows the freeze and moves it along, as it does with one that a test begins itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from emulator.sandbox.freeze import Freeze, frozen_process
from emulator.testing.clocks.clock import as_instant

_HELD: list[Freeze] = []


@contextmanager
def frozen(library: str, start: datetime | str) -> Iterator[None]:
    """Freeze the process at ``start`` inside a ``with`` block, with ``freezegun`` or ``time-machine``.

    Local time is UTC inside. The timers of asyncio go on. Raises :class:`ImportError` without the library.
    """
    with _BEGIN[library](as_instant(start)):
        held = frozen_process()
        if held is not None:
            _HELD.append(held)
        try:
            yield
        finally:
            if held is not None:
                _HELD.remove(held)


def go_back(instant: datetime) -> None:
    """Take the process back to ``instant`` with a sandbox that begins anew, if :func:`frozen` holds it.

    A freeze that a test has begun itself stays where it is.
    """
    if _HELD and _HELD[-1] == frozen_process():
        _HELD[-1].move_to(instant)


def _by_freezegun(start: datetime) -> AbstractContextManager[Any]:
    from freezegun import freeze_time

    return freeze_time(start.replace(tzinfo=None), real_asyncio=True)


def _by_time_machine(start: datetime) -> AbstractContextManager[Any]:
    from time_machine import travel

    return travel(start, tick=False)


_BEGIN = {"freezegun": _by_freezegun, "time-machine": _by_time_machine}
