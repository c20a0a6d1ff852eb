"""``sandbox.pricing``: what messages cost, and what a WABA pays by."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.wabas import Waba
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.costs import CostReport, RateCard
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace


class PricingNamespace(Namespace):
    """Costs of a sandbox, and what they depend on."""

    def costs(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        phone_number_id: str | None = None,
    ) -> CostReport:
        """What was charged from ``since`` until just before ``until``, by one business number or all.

        A message is charged when it is delivered.
        """
        with self._store.reading():
            return self._store.charges.report(since, until, phone_number_id)

    def currency(self, waba_id: str | None = None) -> str:
        """The currency that a WABA (default: the first) pays in, as ISO 4217."""
        with self._store.reading():
            return lookup.waba(self._store.accounts, waba_id).currency

    def rates(self) -> RateCard:
        """The amounts of money that were given for messages; empty when none were."""
        with self._store.reading():
            return self._services.terms.rates()

    def set_rates(self, rates: RateCard) -> None:
        """Give amounts for messages, by category and then by country, market or ``*``."""
        with self._core.command():
            self._services.terms.set_rates(rates)

    def charge_abroad(self, eligibility: Eligibility, waba_id: str | None = None) -> Waba:
        """Have a WABA (default: the first) pay the authentication-international rate from an instant on.

        Raises :class:`LookupError` for a WABA that is not there.
        """
        with self._core.command():
            return self._services.terms.charge_abroad(eligibility, waba_id)

    def locate(self, country: str, waba_id: str | None = None) -> Waba:
        """Set the primary business location of a WABA: the country of its business (ISO 3166, two letters).

        Raises :class:`ValueError` for what is no country, :class:`LookupError` for a WABA that is not there.
        """
        with self._core.command():
            return self._services.terms.locate(country, waba_id)
