"""What it cost, and what a WABA pays by."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.wabas import Waba
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.costs import CostReport, RateCard
from emulator.sandbox.core import Core
from emulator.sandbox.pricing.terms import PricingTerms
from emulator.sandbox.store import Store


class CostActs:
    """Looking at costs, and changing what they depend on."""

    core: Core
    store: Store
    rating: PricingTerms

    def costs(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        phone_number_id: str | None = None,
    ) -> CostReport:
        """What was charged from ``since`` until just before ``until``, by one number or all."""
        with self.store.reading():
            return self.store.charges.report(since, until, phone_number_id)

    def charge_abroad(self, eligibility: Eligibility, waba_id: str | None = None) -> Waba:
        """Have a WABA (default: the first) pay the authentication-international rate.

        Raises :class:`LookupError` for a WABA that is not there.
        """
        with self.core.command():
            return self.rating.charge_abroad(eligibility, waba_id)

    def locate(self, country: str, waba_id: str | None = None) -> Waba:
        """Have the platform find out in which country a business is (ISO 3166, two letters)."""
        with self.core.command():
            return self.rating.locate(country, waba_id)

    def rates(self) -> RateCard:
        """The amounts that were given for messages; empty when none were."""
        with self.store.reading():
            return self.rating.rates()

    def set_rates(self, rates: RateCard) -> None:
        """Give amounts for messages, by category and then by country, market or ``*``."""
        with self.core.command():
            self.rating.set_rates(rates)
