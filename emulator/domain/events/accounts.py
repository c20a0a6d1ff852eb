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
    """It may do less, for a violation or without a word about it."""

    restrictions: tuple[Restriction, ...]
    violation: str | None


@dataclass(frozen=True, slots=True)
class AccountRestrictionsLifted(AccountEvent):
    """Restrictions of these types were taken back."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountRestrictionsEnded(AccountEvent):
    """Restrictions of these types have expired."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountReviewed(AccountEvent):
    """Its review came to a decision."""

    decision: str


@dataclass(frozen=True, slots=True)
class PaymentMethodChanged(AccountEvent):
    """It has a payment method now, or has none."""


@dataclass(frozen=True, slots=True)
class InternationalRateStarted(AccountEvent):
    """It pays the authentication-international rate."""

    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class PrimaryLocationFound(AccountEvent):
    """The platform knows in which country the business is."""

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
    """It may reach so many people now: the tier that it has."""


@dataclass(frozen=True, slots=True)
class MessagingLimitNotRaised(PortfolioEvent):
    """Its limits cannot be increased."""

    outcome: str
    """``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``."""


@dataclass(frozen=True, slots=True)
class BusinessVerificationDecided(PortfolioEvent):
    """The verification of its business came to a decision."""
