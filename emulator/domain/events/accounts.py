"""What happens to business portfolios and WhatsApp Business Accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import Restriction
from emulator.domain.accounts.wabas import Waba
from emulator.domain.events.event import Event
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuseChange


@dataclass(frozen=True, slots=True)
class AccountEvent(Event):
    """Something that happened to an account, as it is since then."""

    waba: Waba

    @property
    def subject(self) -> str:
        return self.waba.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.waba.id,)


@dataclass(frozen=True, slots=True)
class AccountRestricted(AccountEvent):
    """An account may do less, for a violation or without a word about it."""

    restrictions: tuple[Restriction, ...]
    violation: str | None


@dataclass(frozen=True, slots=True)
class AccountRestrictionsLifted(AccountEvent):
    """Restrictions of an account were taken back; webhooks tell only of a ban."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountRestrictionsEnded(AccountEvent):
    """Restrictions of an account have expired."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountReviewed(AccountEvent):
    """The review of an account came to a decision."""

    decision: str


@dataclass(frozen=True, slots=True)
class PaymentMethodChanged(AccountEvent):
    """An account has a payment method now, or has none."""


@dataclass(frozen=True, slots=True)
class InternationalRateStarted(AccountEvent):
    """An account pays the authentication-international rate."""

    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class PrimaryLocationFound(AccountEvent):
    """The platform knows in which country the business of an account is."""

    country: str


@dataclass(frozen=True, slots=True)
class UtilityAbuseChanged(Event):
    """An account was warned, capped, restricted or freed for what its utility templates are."""

    waba_id: str
    change: UtilityAbuseChange
    until: datetime | None = None
    """When what has begun ends."""

    @property
    def subject(self) -> str:
        return self.waba_id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.waba_id,)


@dataclass(frozen=True, slots=True)
class PortfolioEvent(Event):
    """Something that happened to a business portfolio, as it is since then."""

    portfolio: Portfolio
    accounts: tuple[str, ...]
    """The ids of its accounts: each of them hears of it."""

    @property
    def subject(self) -> str:
        return self.portfolio.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return self.accounts


@dataclass(frozen=True, slots=True)
class MessagingLimitRaised(PortfolioEvent):
    """A portfolio was given a messaging limit: the tier that it has."""


@dataclass(frozen=True, slots=True)
class MessagingLimitNotRaised(PortfolioEvent):
    """The limits of a portfolio cannot be increased."""

    outcome: str
    """``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``."""


@dataclass(frozen=True, slots=True)
class BusinessVerificationDecided(PortfolioEvent):
    """The verification of a business came to a decision."""
