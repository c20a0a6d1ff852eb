"""Authentication-international: another rate for authentication messages abroad, in some countries.

Source: D/pricing/authentication-international-rates (14 November 2025). A business becomes eligible by
750,000 such messages in 30 days; here a user decides. Eligibility is never taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from typing import Any

from emulator.domain.values import dataclass

CATEGORY = "authentication-international"
_FIRST = date(2024, 6, 1)
COUNTRIES: Mapping[str, date] = (
    dict.fromkeys(("IN", "ID"), _FIRST)
    | dict.fromkeys(("EG", "MY", "NG", "PK", "SA", "ZA", "AE"), date(2025, 2, 1))
    | dict.fromkeys(("BD", "IQ", "NP", "LK", "KZ", "KW", "MA", "OM", "UA"), date(2026, 10, 1))
)
"""The countries that have the rate, and the first day it holds there."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The instant from which a business pays the rate: ``start_time``, or that of the country's exception.

    Both are inclusive; a country of the list begins no earlier than its own day in :data:`COUNTRIES`.
    """

    start_time: datetime
    exceptions: Mapping[str, datetime] = field(default_factory=dict)

    def begins(self, country: str) -> datetime:
        """Find the first instant at which the rate holds in ``country`` (ISO 3166) for this business."""
        return self.exceptions.get(country, self.start_time)


def applies(
    eligibility: Eligibility | None, home: str | None, country: str, delivered_at: datetime, day: date
) -> bool:
    """Say whether an authentication message delivered to ``country`` costs the international rate.

    ``home`` is the primary location of the business, ``None`` while it is not verified: then every country of
    the list is abroad. ``delivered_at`` is compared with the eligibility, ``day`` (the delivery's in the
    WABA's time zone) with the day the rate came to the country; both beginnings are inclusive.
    """
    since = COUNTRIES.get(country)
    return (
        eligibility is not None
        and since is not None
        and day >= since
        and country != home
        and delivered_at >= eligibility.begins(country)
    )


def as_json(eligibility: Eligibility) -> dict[str, Any]:
    """Write an eligibility as the WABA's node and the webhook do: instants in whole seconds since 1970."""
    return {
        "exception_countries": [
            {"country_code": country, "start_time": int(at.timestamp())}
            for country, at in eligibility.exceptions.items()
        ],
        "start_time": int(eligibility.start_time.timestamp()),
    }


def from_json(value: Mapping[str, Any]) -> Eligibility:
    """Read an eligibility from JSON, as :func:`as_json` writes it.

    Raises :class:`ValueError` for unknown members, countries without the rate, and instants that are no
    seconds.
    """
    if not isinstance(value, Mapping) or set(value) - {"start_time", "exception_countries"}:
        raise ValueError("an eligibility has a start_time and exception_countries")
    exceptions = value.get("exception_countries") or []
    if not isinstance(exceptions, list):
        raise ValueError("exception_countries is a list")
    found: dict[str, datetime] = {}
    for each in exceptions:
        if not isinstance(each, Mapping) or set(each) != {"country_code", "start_time"}:
            raise ValueError("each of exception_countries has a country_code and a start_time")
        if each["country_code"] not in COUNTRIES:
            raise ValueError(f"{each['country_code']!r} has no such rate; {', '.join(COUNTRIES)} have")
        found[each["country_code"]] = _instant(each["start_time"])
    return Eligibility(_instant(value.get("start_time")), found)


def _instant(seconds: object) -> datetime:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds < 1 << 33:
        raise ValueError(f"start_time is in seconds since 1970, not {seconds!r}")
    return datetime.fromtimestamp(seconds, UTC)
