"""Restrictions of an account that violated a policy, and their end.

Source: D/policy-enforcement and D/webhooks/reference/account_update (April 2026). A restriction ends by
itself at its expiration; a lock and a ban last until they are lifted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from emulator.domain.instants import iso
from emulator.domain.values import dataclass

BIZ_INITIATED = "RESTRICTED_BIZ_INITIATED_MESSAGING"
"""No templates outside an open customer service window (368)."""
CUSTOMER_INITIATED = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"
"""No messages inside an open customer service window (368)."""
ADD_NUMBERS = "RESTRICTED_ADD_PHONE_NUMBER_ACTION"
TYPES = (
    ADD_NUMBERS,
    BIZ_INITIATED,
    CUSTOMER_INITIATED,
    "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
    "RESTRICTED_BUSINESS_INITIATED_CALLING",
    "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES",
    "RESTRICTED_USER_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
    "RESTRICTED_UTILITY_TEMPLATES",
)
"""The types that webhooks name."""
LOCKED, DISABLED, COUNTRIES = "LOCKED", "DISABLED", "COUNTRIES"
"""A locked account, a banned one, and one that may not write to some countries: names of our own."""
EVERY_TYPE = (*TYPES, LOCKED, DISABLED, COUNTRIES)
VIOLATIONS = (
    "ADULT",
    "ALCOHOL",
    "ANIMALS",
    "BODY_PARTS_FLUIDS",
    "DATING",
    "DIGITAL_SERVICES_PRODUCTS",
    "DRUGS",
    "GAMBLING",
    "HEALTHCARE",
    "ILLEGAL_PRODUCTS",
    "MISLEADING",
    "OVERTLY_SEXUALIZED_POSITIONING",
    "REAL_FAKE_CURRENCY",
    "SCAM",
    "SPAM",
    "SUPPLEMENTS",
    "THIRD_PARTY_INFRINGEMENTS",
    "TOBACCO",
    "UNAUTHORIZED_MEDIA",
    "WEAPONS",
)


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing an account may not do, until it expires or is lifted."""

    type: str
    expires_at: datetime | None = None
    """The first instant at which it is over; ``None``: it lasts until it is lifted."""
    countries: tuple[str, ...] = ()
    """The ISO codes of the countries that may not be written to, of the type :data:`COUNTRIES`."""
    remediation: str | None = None
    """The platform's advice, as webhooks carry it."""

    def holds(self, at: datetime) -> bool:
        """Say whether it is in force at the instant ``at``; at exactly its expiration it is not any more."""
        return self.expires_at is None or at < self.expires_at


def restriction(
    kind: str,
    expires_at: datetime | None = None,
    countries: Iterable[str] = (),
    remediation: str | None = None,
) -> Restriction:
    """Check and build a restriction of the type ``kind``.

    Raises :class:`ValueError` for an unknown type, for countries with another type than :data:`COUNTRIES` or
    none with it, and for a type of webhooks without an end.
    """
    if kind not in EVERY_TYPE:
        raise ValueError(f"there is no restriction {kind!r}; there are {', '.join(EVERY_TYPE)}")
    listed = tuple(countries)
    if (kind == COUNTRIES) is not bool(listed):
        raise ValueError(f"countries are named with {COUNTRIES}, and with nothing else")
    wrong = [code for code in listed if not (len(code) == 2 and code.isascii() and code.isupper())]
    if wrong:
        raise ValueError(f"a country is an ISO code of two letters, not {wrong[0]!r}")
    if kind in TYPES and expires_at is None:
        raise ValueError(f"{kind} ends by itself; say when")
    return Restriction(kind, expires_at, listed, remediation)


def merged(known: Iterable[Restriction], new: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """Add restrictions to ``known`` ones; of two of the same type the ``new`` one stays."""
    return tuple({each.type: each for each in (*known, *new)}.values())


def restrictions_as_json(held: Iterable[Restriction]) -> list[dict[str, Any]]:
    """Write restrictions as the control API shows them: instants in ISO 8601, ``null`` for none."""
    return [
        {
            "type": each.type,
            "expires_at": each.expires_at and iso(each.expires_at),
            "countries": list(each.countries),
            "remediation": each.remediation,
        }
        for each in held
    ]


def restrictions_from_json(shown: Iterable[Mapping[str, Any]]) -> tuple[Restriction, ...]:
    """Read back restrictions that :func:`restrictions_as_json` wrote."""
    return tuple(
        Restriction(
            each["type"],
            each["expires_at"] and datetime.fromisoformat(each["expires_at"]),
            tuple(each["countries"]),
            each["remediation"],
        )
        for each in shown
    )
