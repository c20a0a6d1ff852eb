"""``sandbox.limits``: how the platform's limits stand, and under which policy each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.domain.phones import digits_of
from emulator.sandbox import lookup
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.limits.status import limit_statuses
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct

if TYPE_CHECKING:
    from emulator.domain.limits.api_usage import Usage
    from emulator.domain.limits.policies import Policies
    from emulator.domain.limits.status import LimitStatus


class LimitsNamespace(FormerlyAnAct, Namespace):
    """The limits of a sandbox, each with a policy that says whether it is enforced (the setting ``limits``).

    They are throughput, pair rate, messaging limit, management calls, template creations and registrations;
    use is counted by the simulated time.
    """

    def all(self, wa_id: str | None = None, phone_number_id: str | None = None) -> list[LimitStatus]:
        """List how every limit stands now: its policy, how much is used and left, and when it frees up.

        Of all business numbers, or of ``phone_number_id`` alone; the pair rate is listed for the person
        ``wa_id`` only, a phone number in any way of writing it. Raises :class:`LookupError` for a number that
        is not there.
        """
        with self._core.command():
            numbers = self._store.accounts.numbers()
            if phone_number_id is not None:
                numbers = [lookup.number_by_id(self._store.accounts, phone_number_id)]
            query = LimitQuery(tuple(numbers), wa_id and digits_of(wa_id), self._core.clock.now())
            return list(limit_statuses(self._core, query))

    def set(self, **policies: str | int) -> Policies:
        """Change the policy of some limits, as ``set(throughput="always", messaging=3)``.

        Returns all policies. A policy is ``off``, ``on`` (enforced while the clock runs), ``always``, or a
        number from 1 that replaces the platform's and is always enforced. It holds until a reset. Raises
        :class:`ValueError` for another limit or policy.
        """
        with self._core.command():
            changed = self._core.settings.limits.changed(policies)
            self._core.change_settings(self._core.settings.changed(limits=changed))
            return changed

    def check_api_call(self, app_id: str, waba_id: str) -> None:
        """Raise 80008 when an app has no management call left for a WABA in this hour.

        Does not count the call. An app has 5,000 calls an hour on a WABA with a registered number, else 200
        (D/about-the-platform#rate-limits).
        """
        with self._core.command():
            self._services.api_usage.check(app_id, waba_id, self._core.clock.now())

    def api_usage(self, app_id: str, waba_id: str, *, counts: bool) -> Usage:
        """Say how much of its management calls on a WABA an app has used in the last hour, in percent.

        With ``counts`` the present call is counted first. From 100 percent on it also says in how many
        minutes a call is possible again. It is what the header ``X-Business-Use-Case-Usage`` shows.
        """
        with self._core.command():
            now = self._core.clock.now()
            return self._services.api_usage.usage(app_id, waba_id, now, counts=counts)
