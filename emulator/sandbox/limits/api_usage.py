"""How many management calls an app has made on a WABA in the last hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.limits.api_usage import Usage
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import MANAGEMENT_CALLS


class ApiUsage:
    """Counts calls, each in the hour that follows it."""

    def __init__(self, core: Core) -> None:
        self._calls = SlidingLimit(core, MANAGEMENT_CALLS)

    def check(self, app_id: str, waba_id: str, at: datetime) -> None:
        """Refuse a call when there are none left. Raises 80008."""
        self._calls.check(app_id, waba_id, at=at)

    def usage(self, app_id: str, waba_id: str, at: datetime, *, counts: bool) -> Usage:
        """How much of the limit is used, in percent, and in how many minutes there is some again.

        A call that ``counts`` is counted first.
        """
        calls = self._calls
        if counts:
            calls.hit(app_id, waba_id, at=at)
        most, used = calls.most(app_id, waba_id) or 1, calls.used(app_id, waba_id, at=at)
        frees_up_at = calls.frees_up_at(app_id, waba_id, at=at) if used >= most else None
        minutes = -((at - frees_up_at) // timedelta(minutes=1)) if frees_up_at else 0
        return Usage(100 * used // most, minutes)
