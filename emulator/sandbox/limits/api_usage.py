"""How many management calls an app has made on an account in the last hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from emulator.domain.errors import refuse
from emulator.domain.limits.api_usage import CALLS_WITHIN, Usage, management_calls
from emulator.domain.limits.status import LimitStatus, limit_status
from emulator.sandbox.clock import Mode
from emulator.sandbox.core import Core
from emulator.sandbox.limits.status import LimitQuery

LIMIT = "management_calls"


class ApiUsage:
    """Counts calls, each in the hour that follows it."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        core.standings.append(self._standings)

    def check(self, app_id: str, waba_id: str, at: datetime) -> None:
        """Refuse a call when there are none left. Raises 80008."""
        policy = self._core.settings.limits.policy(LIMIT)
        if not policy.holds(self._core.clock.mode is Mode.RUNNING):
            return
        most, used = self._most(waba_id), self._used(app_id, waba_id, at)
        if used >= most:
            raise refuse(
                80008,
                rule="management_calls",
                hint=f"{most} calls an hour for app {app_id} on WABA {waba_id}; `GET …/limits` says when "
                "there is one more.",
                facts={"most": most, "used": used},
            )

    def usage(self, app_id: str, waba_id: str, at: datetime, *, counts: bool) -> Usage:
        """How much has been used, by a call that ``counts`` too."""
        name = _of(app_id, waba_id)
        if counts:
            self._store.sliding_windows.add(name, str(self._store.facts.count(name)), at)
        most, used = self._most(waba_id), self._used(app_id, waba_id, at)
        oldest = self._oldest(app_id, waba_id, at) if used >= most else None
        minutes = -((at - oldest - CALLS_WITHIN) // timedelta(minutes=1)) if oldest else 0
        return Usage(100 * used // most, minutes)

    def _most(self, waba_id: str) -> int:
        policy = self._core.settings.limits.policy(LIMIT)
        has_a_number = any(number.registered for number in self._store.accounts.numbers(waba_id))
        return policy.limit(management_calls(has_a_number=has_a_number))

    def _used(self, app_id: str, waba_id: str, at: datetime) -> int:
        return self._store.sliding_windows.size(_of(app_id, waba_id), at - CALLS_WITHIN)

    def _oldest(self, app_id: str, waba_id: str, at: datetime) -> datetime | None:
        return self._store.sliding_windows.oldest(_of(app_id, waba_id), at - CALLS_WITHIN)

    def _standings(self, asked: LimitQuery) -> Iterator[LimitStatus]:
        policy = self._core.settings.limits.policy(LIMIT)
        for waba_id in asked.waba_ids:
            for app in self._store.accounts.apps():
                oldest = self._oldest(app.id, waba_id, asked.at)
                yield limit_status(
                    LIMIT,
                    "WABA",
                    waba_id,
                    policy,
                    self._most(waba_id),
                    self._used(app.id, waba_id, asked.at),
                    oldest and oldest + CALLS_WITHIN,
                )


def _of(app_id: str, waba_id: str) -> str:
    return f"calls:{app_id}:{waba_id}"
