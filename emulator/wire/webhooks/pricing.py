"""Of the field ``account_update``: what changes the rates that a WABA pays."""

from __future__ import annotations

from emulator.domain.events.accounts import InternationalRateStarted, PrimaryLocationFound
from emulator.domain.pricing.authentication_international import as_json


def eligibility(event: InternationalRateStarted) -> dict[str, object]:
    """Since when codes that go abroad cost the international rate."""
    return {
        "auth_international_rate_eligibility": as_json(event.eligibility),
        "event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
    }


def primary_location(event: PrimaryLocationFound) -> dict[str, object]:
    """In which country the business was found to be."""
    return {"country": event.country, "event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"}
