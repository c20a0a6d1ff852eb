"""``sandbox.limits``: how the platform's limits stand, and under which policy each holds."""

from __future__ import annotations

from emulator.domain.limits.api_usage import Usage
from emulator.domain.limits.policies import Policies
from emulator.domain.limits.status import LimitStatus
from emulator.domain.phones import digits_of
from emulator.sandbox import lookup
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.limits.status import limit_statuses
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.renamed import FormerlyAnAct


class LimitsNamespace(FormerlyAnAct, Namespace):
    """The limits of a sandbox."""

    def all(self, wa_id: str | None = None, phone_number_id: str | None = None) -> list[LimitStatus]:
        """How every limit stands, of all business numbers or of one; with ``wa_id`` also that person's.

        Raises :class:`LookupError` for a number that is not there.
        """
        with self._core.command():
            numbers = self._store.accounts.numbers()
            if phone_number_id is not None:
                numbers = [lookup.number_by_id(self._store.accounts, phone_number_id)]
            query = LimitQuery(tuple(numbers), wa_id and digits_of(wa_id), self._core.clock.now())
            return list(limit_statuses(self._core, query))

    def set(self, **policies: str | int) -> Policies:
        """Change the policy of some limits: ``off``, ``on`` (while the clock runs), ``always``, or how much.

        Raises :class:`ValueError` for a limit or a policy that is not known.
        """
        with self._core.command():
            changed = self._core.settings.limits.changed(policies)
            self._core.change_settings(self._core.settings.changed(limits=changed))
            return changed

    def check_api_call(self, app_id: str, waba_id: str) -> None:
        """Refuse a management call when the app has none left for the WABA. Raises 80008."""
        with self._core.command():
            self._services.api_usage.check(app_id, waba_id, self._core.clock.now())

    def api_usage(self, app_id: str, waba_id: str, *, counts: bool) -> Usage:
        """How much of its management calls an app has used; with ``counts`` the present one, too."""
        with self._core.command():
            now = self._core.clock.now()
            return self._services.api_usage.usage(app_id, waba_id, now, counts=counts)
