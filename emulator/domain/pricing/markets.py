"""The markets of the price list: a country of its own, or the rest of a region.

Source: the table of country calling codes of D/pricing (10 December 2025); the countries that became markets
of their own in 2026 are from rate cards that others have copied (July 2026) and from reports (October 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

OTHER = "Other"
_OWN = {
    "AR": "Argentina",
    "BR": "Brazil",
    "CL": "Chile",
    "CO": "Colombia",
    "EG": "Egypt",
    "FR": "France",
    "DE": "Germany",
    "IN": "India",
    "ID": "Indonesia",
    "IL": "Israel",
    "IT": "Italy",
    "MY": "Malaysia",
    "MX": "Mexico",
    "NL": "Netherlands",
    "NG": "Nigeria",
    "PK": "Pakistan",
    "PE": "Peru",
    "RU": "Russia",
    "KZ": "Russia",
    "SA": "Saudi Arabia",
    "ZA": "South Africa",
    "ES": "Spain",
    "TR": "Turkey",
    "AE": "United Arab Emirates",
    "GB": "United Kingdom",
}
_REGIONS = {
    "North America": "US CA",
    "Rest of Africa": (
        "DZ AO BJ BW BF BI CM TD CG ER ET GA GM GH GW CI KE LS LR LY MG MW ML MR MA MZ NA NE RW SN SL SO SS "
        "SD SZ TZ TG TN UG ZM ZW"
    ),
    "Rest of Asia Pacific": "AF AU BD KH CN HK JP LA MN NP NZ PG PH SG LK TW TJ TH TM UZ VN",
    "Rest of Central & Eastern Europe": "AL AM AZ BY BG HR CZ GE GR HU LV LT MD MK PL RO RS SK SI UA",
    "Rest of Western Europe": "AT BE DK FI IE NO PT SE CH",
    "Rest of Latin America": "BO CR DO EC SV GT HT HN JM NI PA PY PR UY VE",
    "Rest of Middle East": "BH IQ JO KW LB OM QA YE",
}
_MARKETS: Mapping[str, str] = _OWN | {
    country: region for region, countries in _REGIONS.items() for country in countries.split()
}
_LATER: Mapping[str, tuple[date, str]] = {
    "HK": (date(2026, 7, 1), "Hong Kong"),
    "HU": (date(2026, 7, 1), "Hungary"),
    "PL": (date(2026, 7, 1), "Poland"),
    "QA": (date(2026, 7, 1), "Qatar"),
    "RO": (date(2026, 7, 1), "Romania"),
    "SG": (date(2026, 7, 1), "Singapore"),
    "BD": (date(2026, 10, 1), "Bangladesh"),
    "IQ": (date(2026, 10, 1), "Iraq"),
    "KZ": (date(2026, 10, 1), "Kazakhstan"),
    "KW": (date(2026, 10, 1), "Kuwait"),
    "LK": (date(2026, 10, 1), "Sri Lanka"),
    "MA": (date(2026, 10, 1), "Morocco"),
    "NP": (date(2026, 10, 1), "Nepal"),
    "OM": (date(2026, 10, 1), "Oman"),
    "UA": (date(2026, 10, 1), "Ukraine"),
}


def market_of(country: str, day: date) -> str:
    """Find the market that a country (ISO 3166) belongs to on a ``day``; ``Other`` for one not listed."""
    since, own = _LATER.get(country, (date.max, OTHER))
    return own if day >= since else _MARKETS.get(country, OTHER)
