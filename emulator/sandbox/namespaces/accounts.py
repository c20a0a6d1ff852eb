"""``sandbox.accounts``: apps, portfolios, WABAs and numbers, and what the platform does to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from emulator.domain.accounts.apps import MANAGEMENT, MESSAGING, Token
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import restriction
from emulator.domain.facts.facts import changes
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.phones import digits_of
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.apps import App
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.domain.accounts.restrictions import Restriction
    from emulator.domain.accounts.wabas import Waba


class AccountsNamespace(Namespace):
    """The apps, portfolios, WABAs and business numbers of a sandbox, and what the platform does to them.

    Where an id is left out, the first of its kind by the order of the seed is meant. Every method raises
    :class:`LookupError` for an id that is not there; acts raise :class:`ValueError` for a value that the
    platform does not know, and then nothing has changed.
    """

    # apps

    def app(self, app_id: str | None = None) -> App:
        """Find an app by its id.

        Without an id it is the first one, whose token and secret :meth:`Sandbox.identity` shows. Raises
        :class:`LookupError` for an id that no app of this sandbox has.
        """
        with self._store.reading():
            return lookup.app(self._store.accounts, app_id)

    def has_app(self, app_id: str) -> bool:
        """Say whether this sandbox has an app with this id.

        Used to find the sandbox that a call about an app belongs to.
        """
        with self._store.reading():
            return self._store.accounts.app(app_id) is not None

    def apps(self) -> list[App]:
        """List every app of the sandbox in the order of the seed.

        The first is the one of :meth:`Sandbox.identity`.
        """
        with self._store.reading():
            return self._store.accounts.apps()

    def credentials(self) -> frozenset[str]:
        """List what leads to this sandbox among many: every access token, and the id of every app."""
        with self._store.reading():
            accounts = self._store.accounts
            tokens, apps = accounts.tokens(), accounts.apps()
        return frozenset((*(token.text for token in tokens), *(app.id for app in apps)))

    def find_token(self, text: str) -> Token | None:
        """Find the access token with this text, expired ones too.

        ``None`` when there is none or the sandbox is closed. ``APP_ID|SECRET`` is the app token of that app,
        with both permissions; it is not stored, and the secret has to be the app's.
        """
        with self._store.reading():
            if self._core.closing.has_begun:
                return None
            found = self._store.accounts.token(text)
            app_id, bar, secret = text.partition("|")
            app = self._store.accounts.app(app_id) if bar and found is None else None
        if app is not None and app.secret == secret:
            return Token(text, app.id, "app", (MANAGEMENT, MESSAGING))
        return found

    # portfolios

    def portfolios(self) -> list[Portfolio]:
        """List every business portfolio in the order of the seed, each with its verification and tier."""
        with self._store.reading():
            return self._store.accounts.portfolios()

    def portfolio(self, portfolio_id: str | None = None) -> Portfolio:
        """Find a business portfolio by its id (default: the first).

        It has the verification and the messaging limit tier as they stand now. Raises :class:`LookupError`
        for an id that is not there.
        """
        with self._store.reading():
            return lookup.portfolio(self._store.accounts, portfolio_id)

    def portfolio_of(self, waba: Waba) -> Portfolio | None:
        """Find the portfolio that owns a WABA, whose messaging limit its numbers share.

        ``None`` when none does.
        """
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
        """Rename a portfolio (default: the first), decide over its verification, or give it a tier.

        ``verification`` is one of :data:`~emulator.domain.accounts.portfolios.VERIFICATIONS`, ``tier`` a name
        such as ``TIER_10K``; what is ``None`` stays. A verified portfolio leaves the lowest tier at once
        (D/messaging-limits). A tier is reported by ``business_capability_update``, a failed verification in
        the lowest tier by ``account_alerts``, on every WABA. Raises :class:`ValueError` for another word,
        :class:`LookupError` for the id.
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
        """List the WhatsApp Business Accounts in the order of the seed.

        Those of the portfolio with ``portfolio_id`` (an unknown one has none), or with ``None`` all of them.
        """
        with self._store.reading():
            return self._store.accounts.wabas(portfolio_id)

    def waba(self, waba_id: str | None = None) -> Waba:
        """Find a WhatsApp Business Account by its id (default: the first).

        It has its review, payment method and restrictions as they stand now. Raises :class:`LookupError` for
        an id that is not there.
        """
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
        """Restrict a WABA (default: the first) by one or more types, from now on.

        Returns every restriction it has then. ``kinds`` are
        :data:`~emulator.domain.accounts.restrictions.EVERY_TYPE`; ``expires_at`` is the first instant at
        which they are over, and ``None`` for a lock and a ban, which last until :meth:`lift`. ``violation``
        is the policy that was violated, ``countries`` ISO codes for the type ``COUNTRIES``, ``remediation``
        the platform's advice. Reported by ``account_update``, but for a lock and countries without a
        violation. Raises :class:`ValueError` for an unknown word or an end that has passed.
        """
        if not kinds:
            raise ValueError("name at least one restriction")
        asked = [restriction(kind, expires_at, countries, remediation) for kind in kinds]
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            return self._services.enforcement.restrict(waba, asked, violation, now).restrictions

    def lift(self, kind: str | None = None, *, waba_id: str | None = None) -> tuple[Restriction, ...]:
        """Lift one type of restriction of a WABA (default: the first), or with ``None`` all.

        Returns those that are left. Only the end of a ban (``DISABLED``) is reported, by ``account_update``.
        Raises :class:`LookupError` for a type that the WABA is not restricted by.
        """
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            return self._services.enforcement.lift(waba, kind, now).restrictions

    def change_waba(
        self, waba_id: str | None = None, *, review: str | None = None, payment_method: bool | None = None
    ) -> Waba:
        """Decide the review of a WABA (default: the first), or say whether it has a payment method.

        ``None`` leaves it. ``review`` is ``APPROVED``, ``REJECTED``, ``PENDING`` or ``DEFERRED``, and is
        reported by ``account_review_update``; only an approved WABA can send. A missing payment method makes
        billable messages fail, and is not reported.
        """
        with self._core.command():
            waba, now = lookup.waba(self._store.accounts, waba_id), self._core.clock.now()
            if review is not None:
                waba = self._services.enforcement.review(waba, review, now)
            if payment_method is not None:
                waba = self._services.enforcement.pay(waba, payment_method, now)
            return waba

    # business phone numbers

    def numbers(self, waba_id: str | None = None) -> list[BusinessNumber]:
        """List the business phone numbers in the order of the seed.

        Those of the WABA with ``waba_id`` (an unknown one has none), or with ``None`` all of them.
        """
        with self._store.reading():
            return list(self._store.accounts.numbers(waba_id))

    def number(self, phone_number_id: str | None = None) -> BusinessNumber:
        """Find a business phone number by its phone number id (default: the first); digits are no id here.

        It has its status, display name and quality as they stand now. Raises :class:`LookupError` for an id
        that is not there.
        """
        with self._store.reading():
            if phone_number_id is None:
                return lookup.number(self._store.accounts)
            return lookup.number_by_id(self._store.accounts, phone_number_id)

    def allowed(self, phone_number_id: str) -> list[str]:
        """List the ``wa_id`` of the people on the allow-list of a test number; empty for any other number.

        A test number can write to nobody else; a message to others is refused with 131030.
        """
        with self._store.reading():
            return self._store.accounts.allowed(phone_number_id)

    def change_number(self, phone_number_id: str, **facts: object) -> BusinessNumber:
        """Set facts of a number; the journal notes them. Returns the number as it is then.

        A decided display name is reported by ``phone_number_name_update``, the higher throughput, and until
        February 2026 the status ``FLAGGED`` and its end, by ``phone_number_quality_update``; no webhook tells
        of the others. ``facts`` are ``status``, ``name_status``, ``quality_rating``, ``throughput``
        (``STANDARD`` or ``HIGH``) and ``on_business_app``. Raises :class:`ValueError` for another fact or
        value, :class:`LookupError` for the id.
        """
        with self._core.command():
            number = lookup.number_by_id(self._store.accounts, phone_number_id)
            changed = self._services.enforcement.change(number, self._core.clock.now(), **facts)
            if changed.on_business_app and not number.on_business_app:
                self._services.business_app.connect(changed)
            return changed

    def ask_for_name(self, phone_number_id: str, name: str) -> BusinessNumber:
        """Request another display name for a number.

        The present one stays until :meth:`review_name` approves it. Its status is ``PENDING_REVIEW``
        meanwhile. Raises :class:`LookupError` for an id that is not there.
        """
        with self._core.command():
            number = lookup.number_by_id(self._store.accounts, phone_number_id)
            return self._services.enforcement.ask_for_name(number, name)

    def review_name(self, phone_number_id: str, decision: str, reason: str | None = None) -> BusinessNumber:
        """Decide the review of the display name that was requested for a number, or else of the present one.

        ``decision`` is ``APPROVED``, ``REJECTED``, ``DEFERRED`` or ``PENDING``; ``reason`` is one of
        :data:`~emulator.domain.accounts.numbers.NAME_REJECTIONS`. Reported by ``phone_number_name_update``.
        Raises :class:`ValueError` for another word.
        """
        with self._core.command():
            number, now = lookup.number_by_id(self._store.accounts, phone_number_id), self._core.clock.now()
            return self._services.enforcement.review_name(number, decision, reason, now)

    def allow(self, phone_number_id: str, people: Iterable[str]) -> list[str]:
        """Replace the allow-list of a test number by these people, at most five; returns their ``wa_id``.

        ``people`` are phone numbers in any way of writing them; nobody has to have them. Raises
        :class:`ValueError` for too many people and for a number that is no test number, :class:`LookupError`
        for an id that is not there.
        """
        with self._core.command():
            found = [digits_of(person) for person in people]
            return self._services.enforcement.allow(
                lookup.number_by_id(self._store.accounts, phone_number_id), found
            )

    def register(self, number: BusinessNumber, pin: str) -> None:
        """Register a number for the Cloud API, as ``POST /{phone_number_id}/register`` does.

        Its first PIN becomes its own. Raises 133016 after ten attempts in 72 hours and 133005 for a PIN that
        is not the number's; a wrong PIN counts as an attempt.
        """
        self._services.registration.register(number, pin)

    def deregister(self, number: BusinessNumber) -> None:
        """End the registration of a number: sends are refused with 133010 until it is registered again.

        It counts as an attempt. Raises 133010 for a number that is not registered, and 133016 after ten
        attempts in 72 hours.
        """
        self._services.registration.deregister(number)

    def set_pin(self, number: BusinessNumber, pin: str) -> None:
        """Give a number another PIN of two-step verification, reported by ``security``.

        The caller has checked that it has six digits. The next registration has to name it, or is refused
        with 133005.
        """
        self._services.registration.set_pin(number, pin)
