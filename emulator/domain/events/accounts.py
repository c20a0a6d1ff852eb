"""Events of business portfolios and WhatsApp Business Accounts."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import Restriction
from emulator.domain.accounts.wabas import Waba
from emulator.domain.events.event import Event
from emulator.domain.pricing.authentication_international import Eligibility
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuseChange
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AccountEvent(Event):
    """An event of an account; ``waba`` is the account after it."""

    waba: Waba

    @property
    def subject(self) -> str:
        return self.waba.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.waba.id,)


@dataclass(frozen=True, slots=True)
class AccountRestricted(AccountEvent):
    """An account was restricted, with the policy ``violation`` that webhooks name or without one."""

    restrictions: tuple[Restriction, ...]
    violation: str | None


@dataclass(frozen=True, slots=True)
class AccountRestrictionsLifted(AccountEvent):
    """Restrictions of an account were lifted before their end; a webhook reports only that of a ban."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountRestrictionsEnded(AccountEvent):
    """Restrictions of an account have reached their expiration; ``types`` are which."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountReviewed(AccountEvent):
    """The review of an account was decided; ``decision`` is one of ``REVIEW_DECISIONS``."""

    decision: str


@dataclass(frozen=True, slots=True)
class PaymentMethodChanged(AccountEvent):
    """An account got a payment method, or lost it; without one, messages that are billed fail."""


@dataclass(frozen=True, slots=True)
class InternationalRateStarted(AccountEvent):
    """An account became eligible for the authentication-international rate."""

    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class PrimaryLocationFound(AccountEvent):
    """The platform has verified in which country (ISO 3166) the business of an account is."""

    country: str


@dataclass(frozen=True, slots=True)
class UtilityAbuseChanged(Event):
    """The enforcement against an account for utility template abuse went a step further, or was lifted."""

    waba_id: str
    change: UtilityAbuseChange
    until: datetime | None = None
    """When the rate limit or the restriction that begins ends; ``None`` where none begins."""

    @property
    def subject(self) -> str:
        return self.waba_id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.waba_id,)


@dataclass(frozen=True, slots=True)
class PortfolioEvent(Event):
    """An event of a business portfolio; ``portfolio`` is the portfolio after it."""

    portfolio: Portfolio
    accounts: tuple[str, ...]
    """The ids of its WABAs; the apps of each of them get the webhook."""

    @property
    def subject(self) -> str:
        return self.portfolio.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return self.accounts


@dataclass(frozen=True, slots=True)
class MessagingLimitRaised(PortfolioEvent):
    """A portfolio was given another messaging limit, which is its ``tier`` now."""


@dataclass(frozen=True, slots=True)
class MessagingLimitNotRaised(PortfolioEvent):
    """The messaging limit of a portfolio cannot be raised; ``outcome`` says why."""

    outcome: str
    """``DEFERRED``, ``FAILED`` or ``NEED_MORE_INFO``."""


@dataclass(frozen=True, slots=True)
class BusinessVerificationDecided(PortfolioEvent):
    """The verification of a business was decided; the portfolio has the result."""
