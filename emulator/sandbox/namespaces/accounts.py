"""``sandbox.accounts``: apps, portfolios, WABAs and numbers, and what the platform does to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emulator.domain.accounts.apps import MANAGEMENT, MESSAGING, App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import Restriction, restriction
from emulator.domain.accounts.wabas import Waba
from emulator.domain.facts import changes
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.phones import digits_of
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace


class AccountsNamespace(Namespace):
    """What an integrator owns.

    Where an id is left out, the first of its kind is meant. Raises :class:`LookupError` for an id that is not
    there, and :class:`ValueError` for a value that the platform does not know.
    """

    # apps

    def app(self, app_id: str | None = None) -> App:
        """An app; without an id the one whose token and secret the sandbox's identity names."""
        with self._store.reading():
            return lookup.app(self._store.accounts, app_id)

    def has_app(self, app_id: str) -> bool:
        """Whether there is an app with this id."""
        with self._store.reading():
            return self._store.accounts.app(app_id) is not None

    def apps(self) -> list[App]:
        """Every app."""
        with self._store.reading():
            return self._store.accounts.apps()

    def find_token(self, text: str) -> Token | None:
        """The access token with this text; ``APP_ID|SECRET`` is the token of that app."""
        with self._store.reading():
            if self._store.database.is_closed:
                return None
            found = self._store.accounts.token(text)
            app_id, bar, secret = text.partition("|")
            app = self._store.accounts.app(app_id) if bar and found is None else None
        if app is not None and app.secret == secret:
            return Token(text, app.id, "app", (MANAGEMENT, MESSAGING))
        return found

    # portfolios

    def portfolios(self) -> list[Portfolio]:
        """Every business portfolio."""
        with self._store.reading():
            return self._store.accounts.portfolios()

    def portfolio(self, portfolio_id: str | None = None) -> Portfolio:
        """One business portfolio."""
        with self._store.reading():
            return lookup.portfolio(self._store.accounts, portfolio_id)

    def portfolio_of(self, waba: Waba) -> Portfolio | None:
        """The portfolio that owns a WABA, if one does."""
        with self._store.reading():
            return self._store.accounts.portfolio(waba.portfolio_id) if waba.portfolio_id else None

    def change_portfolio(
        self,
        portfolio_id: str | None = None,
        *,
        name: str | None = None,
        verification: str | None = None,
        tier: str | None = None,
    ) -> Portfolio:
        """Rename a portfolio, decide over its verification, or give it a messaging limit.

        A verified one leaves the lowest tier at once (D/messaging-limits).
        """
        asked = {"name": name, "verification": verification, "tier": tier}
        changes(Portfolio, {fact: value for fact, value in asked.items() if value is not None}, "portfolio")
        with self._core.command():
            portfolio, now = lookup.portfolio(self._store.accounts, portfolio_id), self._core.clock.now()
            if name is not None:
                portfolio = portfolio.changed(name=name)
                self._store.accounts.put_portfolio(portfolio)
            if verification is not None:
                portfolio = self._services.messaging_limit.verify(portfolio, verification, now)
            if tier is not None:
                portfolio = self._services.messaging_limit.raise_to(portfolio, Tier(tier), now)
            return portfolio

    # WABAs

    def wabas(self, portfolio_id: str | None = None) -> list[Waba]:
        """Every WhatsApp Business Account, of one portfolio or of all."""
        with self._store.reading():
            return self._store.accounts.wabas(portfolio_id)

    def waba(self, waba_id: str | None = None) -> Waba:
        """One WhatsApp Business Account, with what it may not do."""
        with self._store.reading():
            return lookup.waba(self._store.accounts, waba_id)

    def restrict(
        self,
        *kinds: str,
        waba_id: str | None = None,
        expires_at: datetime | None = None,
        violation: str | None = None,
        countries: Iterable[str] = (),
        remediation: str | None = None,
    ) -> tuple[Restriction, ...]:
        """Restrict a WABA until an instant; a lock and a ban last until they are lifted.

        Returns every restriction that holds now.
        """
        if not kinds:
            raise ValueError("name at least one restriction")
        asked = [restriction(kind, expires_at, countries, remediation) for kind in kinds]
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            return self._services.enforcement.restrict(waba, asked, violation, now).restrictions

    def lift(self, kind: str | None = None, *, waba_id: str | None = None) -> tuple[Restriction, ...]:
        """Take one restriction of a WABA back, or all; returns what is left."""
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            return self._services.enforcement.lift(waba, kind, now).restrictions

    def change_waba(
        self, waba_id: str | None = None, *, review: str | None = None, payment_method: bool | None = None
    ) -> Waba:
        """Decide over the review of a WABA, or give it a payment method or take that away."""
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            if review is not None:
                waba = self._services.enforcement.review(waba, review, now)
            if payment_method is not None:
                waba = self._services.enforcement.pay(waba, payment_method, now)
            return waba

    # business phone numbers

    def numbers(self, waba_id: str | None = None) -> list[BusinessNumber]:
        """Every business phone number, of one WABA or of all, in the order of the seed."""
        with self._store.reading():
            return self._store.accounts.numbers(waba_id)

    def number(self, phone_number_id: str | None = None) -> BusinessNumber:
        """One business phone number."""
        with self._store.reading():
            if phone_number_id is None:
                return lookup.number(self._store.accounts)
            return lookup.number_by_id(self._store.accounts, phone_number_id)

    def allowed(self, phone_number_id: str) -> list[str]:
        """The people a test number may write to, by ``wa_id``."""
        with self._store.reading():
            return self._store.accounts.allowed(phone_number_id)

    def change_number(self, phone_number_id: str, **facts: object) -> BusinessNumber:
        """Set ``status``, ``name_status``, ``quality_rating``, ``throughput`` or ``on_business_app``."""
        with self._core.command():
            number = lookup.number_by_id(self._store.accounts, phone_number_id)
            return self._services.enforcement.change(number, self._core.clock.now(), **facts)

    def ask_for_name(self, phone_number_id: str, name: str) -> BusinessNumber:
        """Ask for another display name; it waits for :meth:`review_name`."""
        with self._core.command():
            number = lookup.number_by_id(self._store.accounts, phone_number_id)
            return self._services.enforcement.ask_for_name(number, name)

    def review_name(self, phone_number_id: str, decision: str, reason: str | None = None) -> BusinessNumber:
        """Decide over the display name that is asked for, or else over the present one."""
        with self._core.command():
            number, now = lookup.number_by_id(self._store.accounts, phone_number_id), self._core.clock.now()
            return self._services.enforcement.review_name(number, decision, reason, now)

    def allow(self, phone_number_id: str, people: Iterable[str]) -> list[str]:
        """Make these the people a test number may write to; returns their ``wa_id``."""
        with self._core.command():
            found = [digits_of(person) for person in people]
            return self._services.enforcement.allow(
                lookup.number_by_id(self._store.accounts, phone_number_id), found
            )

    def register(self, number: BusinessNumber, pin: str) -> None:
        """Register a number for the Cloud API.

        Raises 133005 for a wrong PIN and 133016 for too many attempts in 72 hours.
        """
        self._services.registration.register(number, pin)

    def deregister(self, number: BusinessNumber) -> None:
        """End a registration: nothing can be sent until the next one. Raises 133010 and 133016."""
        self._services.registration.deregister(number)

    def set_pin(self, number: BusinessNumber, pin: str) -> None:
        """Give a number another PIN of two-step verification."""
        self._services.registration.set_pin(number, pin)
