"""``whatsapp_freeze``: freeze the process where the sandbox begins, so that app and sandbox have one time.

The sandbox follows the freeze and moves it along, as it does with one that a test begins itself.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from emulator.testing.clocks.clock import as_instant


def frozen(library: str, start: datetime | str) -> AbstractContextManager[Any]:
    """Freeze the process at ``start`` inside a ``with`` block, with ``freezegun`` or ``time-machine``.

    Local time is UTC inside. The timers of asyncio go on. Raises :class:`ImportError` without the library.
    """
    return _BEGIN[library](as_instant(start))


def _by_freezegun(start: datetime) -> AbstractContextManager[Any]:
    from freezegun import freeze_time

    return freeze_time(start.replace(tzinfo=None), real_asyncio=True)


def _by_time_machine(start: datetime) -> AbstractContextManager[Any]:
    from time_machine import travel

    return travel(start, tick=False)


_BEGIN = {"freezegun": _by_freezegun, "time-machine": _by_time_machine}
