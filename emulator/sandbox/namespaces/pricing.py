"""``sandbox.pricing``: what messages cost, and what a WABA pays by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.wabas import Waba
    from emulator.domain.pricing.authentication_international import Eligibility
    from emulator.domain.pricing.costs import CostReport, RateCard


class PricingNamespace(Namespace):
    """What the messages of a sandbox cost: counts of what was charged, and money where amounts are given.

    The emulator knows what is billed and why something is free; amounts are whoever's who gives them.
    """

    def costs(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        phone_number_id: str | None = None,
    ) -> CostReport:
        """Report what was charged from ``since`` until just before ``until``; ``None`` leaves that end open.

        Of one business number, or with ``None`` of all. A message is charged when it is delivered, so one
        that was only sent is not in it. Free messages are counted with the reason. Raises
        :class:`LookupError` for a phone number id that is not there.
        """
        with self._store.reading():
            if phone_number_id is not None:
                lookup.number_by_id(self._store.accounts, phone_number_id)
            return self._store.charges.report(since, until, phone_number_id)

    def currency(self, waba_id: str | None = None) -> str:
        """Say in which currency a WABA (default: the first) pays, as ISO 4217, such as ``USD``.

        Raises :class:`LookupError` for a WABA that is not there.
        """
        with self._store.reading():
            return lookup.waba(self._store.accounts, waba_id).currency

    def rates(self) -> RateCard:
        """Read the amounts of money for messages, by category and then by country, market or ``*``.

        Empty when neither the seed nor :meth:`set_rates` has given any; the emulator knows no prices of its
        own.
        """
        with self._store.reading():
            return self._services.terms.rates()

    def set_rates(self, rates: RateCard) -> None:
        """Replace the amounts of money for messages, by category and then by country, market or ``*``.

        Reports of the past are reckoned by them as well: charges are kept as counts. They hold until a reset.
        """
        with self._core.command():
            self._services.terms.set_rates(rates)

    def charge_abroad(self, eligibility: Eligibility, waba_id: str | None = None) -> Waba:
        """Have a WABA (default: the first) pay the authentication-international rate from an instant on.

        ``eligibility`` has that instant, and the countries it does not hold for or holds later. Reported at
        once by ``account_update``. Raises :class:`LookupError` for a WABA that is not there.
        """
        with self._core.command():
            return self._services.terms.charge_abroad(eligibility, waba_id)

    def locate(self, country: str, waba_id: str | None = None) -> Waba:
        """Set the primary business location of a WABA (default: the first); returns the WABA.

        ``country`` is ISO 3166, two capital letters; codes to people there cost the domestic rate. Reported
        by ``account_update``. Raises :class:`ValueError` for what is no country, :class:`LookupError` for the
        WABA.
        """
        with self._core.command():
            return self._services.terms.locate(country, waba_id)
