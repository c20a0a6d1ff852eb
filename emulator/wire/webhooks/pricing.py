"""Payloads of the field ``account_update`` about the rates that a WABA pays."""

from __future__ import annotations

from emulator.domain.events.accounts import InternationalRateStarted, PrimaryLocationFound
from emulator.domain.pricing.authentication_international import as_json


def eligibility(event: InternationalRateStarted) -> dict[str, object]:
    """Build ``AUTH_INTL_PRICE_ELIGIBILITY_UPDATE``: when the authentication-international rate begins."""
    return {
        "auth_international_rate_eligibility": as_json(event.eligibility),
        "event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
    }


def primary_location(event: PrimaryLocationFound) -> dict[str, object]:
    """Build ``BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE``: the country the business was verified to be in."""
    return {"country": event.country, "event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"}
