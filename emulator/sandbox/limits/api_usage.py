"""How many management calls an app has made on a WABA in the last hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.limits.api_usage import Usage
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import MANAGEMENT_CALLS


class ApiUsage:
    """Counts the management calls of each app on each WABA, each call for the hour that follows it."""

    def __init__(self, core: Core) -> None:
        self._calls = SlidingLimit(core, MANAGEMENT_CALLS)

    def check(self, app_id: str, waba_id: str, at: datetime) -> None:
        """Raise 80008 when an app has no call left for a WABA at an instant, and the policy holds.

        Counts nothing.
        """
        self._calls.check(app_id, waba_id, at=at)

    def usage(self, app_id: str, waba_id: str, at: datetime, *, counts: bool) -> Usage:
        """Say how much of the limit an app has used on a WABA, in percent, and when a call is possible again.

        A call that ``counts`` is counted first. The latter is in minutes from now, and 0 while there are
        calls left. It is what the usage header shows.
        """
        calls = self._calls
        if counts:
            calls.hit(app_id, waba_id, at=at)
        most, used = calls.most(app_id, waba_id) or 1, calls.used(app_id, waba_id, at=at)
        frees_up_at = calls.frees_up_at(app_id, waba_id, at=at) if used >= most else None
        minutes = -((at - frees_up_at) // timedelta(minutes=1)) if frees_up_at else 0
        return Usage(100 * used // most, minutes)
