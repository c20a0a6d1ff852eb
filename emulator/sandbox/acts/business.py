"""What becomes of a business: its portfolio, its account and its numbers, and how its limits stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import VERIFICATIONS, Portfolio
from emulator.domain.accounts.restrictions import Restriction, restriction
from emulator.domain.accounts.wabas import Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.limits.policies import Policies
from emulator.domain.limits.status import LimitStatus
from emulator.domain.phones import digits_of
from emulator.sandbox.accounts.enforcement import Enforcement
from emulator.sandbox.core import Core
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.status import LimitQuery
from emulator.sandbox.store import Store


class BusinessActs:
    """Acts of the platform towards a business."""

    core: Core
    store: Store
    reaching: MessagingLimit
    enforcing: Enforcement

    # limits

    def limits(self, wa_id: str | None = None, phone_number_id: str | None = None) -> list[LimitStatus]:
        """How every limit stands, of all numbers or of one; with ``wa_id`` also those of this person.

        Raises :class:`LookupError` for a number that there is not.
        """
        with self.core.command():
            numbers = self.store.accounts.numbers()
            if phone_number_id is not None:
                numbers = [self._number(phone_number_id)]
            asked = LimitQuery(tuple(numbers), wa_id and digits_of(wa_id), self.core.clock.now())
            return [each for lister in self.core.standings for each in lister(asked)]

    def set_limits(self, **policies: str | int) -> Policies:
        """Change the policy of some limits: ``off``, ``on``, ``always``, or how much there is.

        Raises :class:`ValueError` for a limit or a policy that there is not.
        """
        with self.core.command():
            changed = self.core.settings.limits.changed(policies)
            self.core.change_settings(self.core.settings.changed(limits=changed))
            return changed

    # the portfolio

    def portfolio(self) -> Portfolio:
        with self.store.reading():
            return self.store.accounts.portfolios()[0]

    def change_portfolio(
        self, *, name: str | None = None, verification: str | None = None, tier: str | None = None
    ) -> Portfolio:
        """Rename the portfolio, decide over its verification, or give it a tier.

        A verified one leaves the lowest tier at once. Raises :class:`ValueError`.
        """
        if verification is not None and verification not in VERIFICATIONS:
            raise ValueError(f"verification is one of {', '.join(VERIFICATIONS)}; got {verification!r}")
        if tier is not None and tier not in list(Tier):
            raise ValueError(f"tier is one of {', '.join(Tier)}; got {tier!r}")
        with self.core.command():
            portfolio, now = self.store.accounts.portfolios()[0], self.core.clock.now()
            if name is not None:
                portfolio = portfolio.changed(name=name)
                self.store.accounts.put_portfolio(portfolio)
            if verification is not None:
                portfolio = self.reaching.verify(portfolio, verification, now)
            if tier is not None:
                portfolio = self.reaching.raise_to(portfolio, Tier(tier), now)
            return portfolio

    # the account

    def account(self) -> Waba:
        """The account with what it may not do."""
        with self.store.reading():
            return self.store.accounts.wabas()[0]

    def restrict(
        self,
        *kinds: str,
        expires_at: datetime | None = None,
        violation: str | None = None,
        countries: Iterable[str] = (),
        remediation: str | None = None,
    ) -> tuple[Restriction, ...]:
        """Restrict the account until an instant; a lock and a ban last until they are lifted.

        Raises :class:`ValueError` for a restriction that makes no sense.
        """
        if not kinds:
            raise ValueError("name at least one restriction")
        asked = [restriction(kind, expires_at, countries, remediation) for kind in kinds]
        with self.core.command():
            waba, now = self.store.accounts.wabas()[0], self.core.clock.now()
            return self.enforcing.restrict(waba, asked, violation, now).restrictions

    def lift(self, kind: str | None = None) -> tuple[Restriction, ...]:
        """Take one restriction back, or all; returns what is left. Raises :class:`LookupError`."""
        with self.core.command():
            waba, now = self.store.accounts.wabas()[0], self.core.clock.now()
            return self.enforcing.lift(waba, kind, now).restrictions

    def change_account(self, *, review: str | None = None, payment_method: bool | None = None) -> Waba:
        """Decide over the review of the account, or over its means to pay. Raises :class:`ValueError`."""
        with self.core.command():
            waba, now = self.store.accounts.wabas()[0], self.core.clock.now()
            if review is not None:
                waba = self.enforcing.review(waba, review, now)
            if payment_method is not None:
                waba = self.enforcing.pay(waba, payment_method, now)
            return waba

    # numbers

    def change_number(self, phone_number_id: str, **facts: object) -> BusinessNumber:
        """Set ``status``, ``name_status``, ``quality_rating``, ``throughput`` or ``on_business_app``.

        Raises :class:`LookupError` for a number that there is not, :class:`ValueError` for a fact.
        """
        with self.core.command():
            return self.enforcing.change(self._number(phone_number_id), self.core.clock.now(), **facts)

    def review_name(self, phone_number_id: str, decision: str, reason: str | None = None) -> BusinessNumber:
        """Decide over the display name that is asked for, or else over the present one."""
        with self.core.command():
            number, now = self._number(phone_number_id), self.core.clock.now()
            return self.enforcing.review_name(number, decision, reason, now)

    def allow(self, phone_number_id: str, people: Iterable[str]) -> list[str]:
        """Make these the people a test number reaches; returns their ``wa_id``."""
        with self.core.command():
            found = [digits_of(person) for person in people]
            return self.enforcing.allow(self._number(phone_number_id), found)

    def _number(self, phone_number_id: str) -> BusinessNumber:
        number = self.store.accounts.number(phone_number_id)
        if number is None:
            raise LookupError(f"there is no business number {phone_number_id}")
        return number
