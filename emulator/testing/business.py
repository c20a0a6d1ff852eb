"""What a test makes of the business: its portfolio, its account and its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import BIZ_INITIATED, DISABLED, LOCKED, Restriction
from emulator.domain.accounts.wabas import Waba
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.people import PersonHandle


class Business:
    """The portfolio, the account and the numbers of a sandbox; acts of the platform, each at the present."""

    def __init__(self, sandbox: Sandbox, phone_number_id: str) -> None:
        self._sandbox, self._number = sandbox, phone_number_id

    @property
    def portfolio(self) -> Portfolio:
        """Its ``tier``, and whether it is verified."""
        return self._sandbox.accounts.portfolio()

    @property
    def account(self) -> Waba:
        """Its ``review``, its ``restrictions``, and whether it ``has_payment_method``."""
        return self._sandbox.accounts.waba()

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """What the account may not do."""
        return self._sandbox.accounts.waba().restrictions

    def number(self, phone_number_id: str | None = None) -> BusinessNumber:
        """A business number (default: the first), as it stands now. Raises :class:`LookupError`."""
        __tracebackhide__ = True
        return self._sandbox.accounts.number(phone_number_id or self._number)

    def verify(self, verification: str = "verified") -> Portfolio:
        """Decide over business verification; passed, it leaves the lowest tier at once."""
        __tracebackhide__ = True
        return self._sandbox.accounts.change_portfolio(verification=verification)

    def give_tier(self, tier: str) -> Portfolio:
        """Give the portfolio a messaging tier, such as ``TIER_10K``."""
        __tracebackhide__ = True
        return self._sandbox.accounts.change_portfolio(tier=tier)

    def review(self, decision: str) -> Waba:
        """Decide over the account: ``APPROVED``, ``REJECTED``, ``PENDING`` or ``DEFERRED``."""
        __tracebackhide__ = True
        return self._sandbox.accounts.change_waba(review=decision)

    def pays(self, has_payment_method: bool = True) -> Waba:
        """Give the account a payment method, or take it away."""
        return self._sandbox.accounts.change_waba(payment_method=has_payment_method)

    def restrict(
        self,
        *kinds: str,
        days: float | None = None,
        until: datetime | None = None,
        violation: str | None = None,
        countries: Iterable[str] = (),
    ) -> tuple[Restriction, ...]:
        """Restrict the account for some days or until an instant; default: no templates outside a window.

        Raises :class:`ValueError` for a restriction that makes no sense.
        """
        __tracebackhide__ = True
        ends = until if days is None else self._sandbox.clock.now() + timedelta(days=days)
        return self._sandbox.accounts.restrict(
            *(kinds or (BIZ_INITIATED,)), expires_at=ends, violation=violation, countries=countries
        )

    def lock(self, violation: str = "SCAM") -> None:
        """Lock the account: nothing can be sent until it is lifted."""
        self._sandbox.accounts.restrict(LOCKED, violation=violation)

    def disable(self) -> None:
        """Ban the account until that is lifted."""
        self._sandbox.accounts.restrict(DISABLED)

    def lift(self, kind: str | None = None) -> tuple[Restriction, ...]:
        """Take one restriction back, or all with locks and bans; returns what is left."""
        __tracebackhide__ = True
        return self._sandbox.accounts.lift(kind)

    def change_number(self, phone_number_id: str | None = None, **facts: object) -> BusinessNumber:
        """Set ``status``, ``name_status``, ``quality_rating``, ``throughput`` or ``on_business_app``."""
        __tracebackhide__ = True
        return self._sandbox.accounts.change_number(phone_number_id or self._number, **facts)

    def review_name(
        self, decision: str, reason: str | None = None, *, phone_number_id: str | None = None
    ) -> BusinessNumber:
        """Decide over the display name that is asked for, or else over the present one."""
        __tracebackhide__ = True
        return self._sandbox.accounts.review_name(phone_number_id or self._number, decision, reason)

    def allow(self, phone_number_id: str, *people: PersonHandle | str) -> list[str]:
        """Make these the people a test number may write to."""
        __tracebackhide__ = True
        numbers = [each.wa_id if isinstance(each, PersonHandle) else each for each in people]
        return self._sandbox.accounts.allow(phone_number_id, numbers)

    def __repr__(self) -> str:
        portfolio, held = self.portfolio, ", ".join(each.type for each in self.restrictions)
        return f"<Business {portfolio.name}: {portfolio.tier}, {held or 'not restricted'}>"
