"""What a WABA pays by.

Its business's location, the authentication-international rate, and amounts somebody gave.
"""

from __future__ import annotations

import re

from emulator.domain.accounts.wabas import Waba
from emulator.domain.events.accounts import AccountEvent, InternationalRateStarted, PrimaryLocationFound
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.costs import RateCard, rate_card_as_json, rate_card_from_json
from emulator.sandbox import lookup
from emulator.sandbox.core import Core

_COUNTRY = re.compile(r"[A-Z]{2}")


class PricingTerms:
    """What a WABA pays by: the international rate, the location of its business, and somebody's own amounts.

    Decisions of the platform, at the present time and inside the caller's transaction.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def charge_abroad(self, eligibility: Eligibility, waba_id: str | None) -> Waba:
        """Have a WABA (``None``: the first) pay the authentication-international rate.

        Reported by ``account_update``. ``eligibility`` says from which instant on, and for which countries
        otherwise. Raises :class:`LookupError` for an unknown WABA.
        """
        waba = lookup.waba(self._store.accounts, waba_id).changed(authentication_abroad=eligibility)
        return self._put(InternationalRateStarted(waba, eligibility, at=self._core.clock.now()))

    def locate(self, country: str, waba_id: str | None) -> Waba:
        """Set the primary location of a WABA's business (``None``: the first).

        Reported by ``account_update``. Raises :class:`ValueError` for what is no country of two capital
        letters, :class:`LookupError` for an unknown WABA.
        """
        if not _COUNTRY.fullmatch(country):
            raise ValueError(f"a country is two letters such as IN, not {country!r}")
        waba = lookup.waba(self._store.accounts, waba_id).changed(primary_business_location=country)
        return self._put(PrimaryLocationFound(waba, country, at=self._core.clock.now()))

    def rates(self) -> RateCard:
        """Read the amounts of money for messages, by category and place; empty where none were given."""
        return rate_card_from_json(self._store.facts.get("rates") or {})

    def set_rates(self, rates: RateCard) -> None:
        """Replace the amounts of money for messages, by category and place, until a reset."""
        self._store.facts.put("rates", rate_card_as_json(rates))

    def _put(self, event: AccountEvent) -> Waba:
        self._store.accounts.put_waba(event.waba)
        self._core.happen(event)
        return event.waba
