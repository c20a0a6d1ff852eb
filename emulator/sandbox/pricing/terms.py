"""What a WABA pays by: where it is, since when codes abroad cost more, and somebody's own rates."""

from __future__ import annotations

import re

from emulator.domain.accounts.wabas import Waba
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.pricing.costs import RateCard, rate_card_as_json, rate_card_from_json
from emulator.sandbox.accounts import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.webhooks.publisher import Publisher
from emulator.wire.webhooks import pricing as told
from emulator.wire.webhooks.envelope import ACCOUNT

_COUNTRY = re.compile(r"[A-Z]{2}")


class PricingTerms:
    """Decisions of the platform over what a WABA pays."""

    def __init__(self, core: Core, outbox: Publisher) -> None:
        self._core, self._store, self._outbox = core, core.store, outbox

    def charge_abroad(self, eligibility: Eligibility, waba_id: str | None) -> Waba:
        """Make a WABA pay the international rate; its app hears since when."""
        waba = lookup.waba(self._store.accounts, waba_id).changed(authentication_abroad=eligibility)
        return self._put(waba, told.eligibility(eligibility), "pays authentication-international")

    def locate(self, country: str, waba_id: str | None) -> Waba:
        """Settle the primary location of a business. Raises :class:`ValueError` for no country."""
        if not _COUNTRY.fullmatch(country):
            raise ValueError(f"a country is two letters such as IN, not {country!r}")
        waba = lookup.waba(self._store.accounts, waba_id).changed(primary_business_location=country)
        return self._put(waba, told.primary_location(country), f"is in {country}")

    def rates(self) -> RateCard:
        return rate_card_from_json(self._store.facts.get("rates") or {})

    def set_rates(self, rates: RateCard) -> None:
        self._store.facts.put("rates", rate_card_as_json(rates))

    def _put(self, waba: Waba, value: dict[str, object], summary: str) -> Waba:
        now = self._core.clock.now()
        self._store.accounts.put_waba(waba)
        self._core.note("account", waba.id, f"{waba.name} {summary}", cause=waba.id)
        self._outbox.publish(ACCOUNT, waba.id, lambda _: value, now, cause=waba.id)
        return waba
